"""The page shows our verdict, and says where the publisher's own label is another."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ineqlib.briefings.area.data_notes import labels_that_differ, publishers_notes
from ineqlib.facts.area import area_facts
from ineqlib.facts.comparisons import OVERLAP, Comparison
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Pack

OTHER = {"better": "worse", "worse": "similar", "similar": "better"}


@pytest.fixture(scope="module")
def facts(demo_pack: Pack):
    return area_facts(
        read_profile(demo_pack, "X07000001", comparators=["country"], indicator_set="marmot")
    )


@pytest.fixture(scope="module")
def compared(facts) -> Comparison:
    judged = (each for each in facts.comparisons if each.basis == OVERLAP)
    return next(each for each in judged if each.verdict in OTHER)


def labelled(compared: Comparison, **labels: str) -> Comparison:
    return replace(compared, newest=compared.newest._replace(**labels))


def told(*comparisons: Comparison) -> Iterator[str]:
    return [sentence.text for sentence in labels_that_differ(comparisons, {"demo": "Fingertips"})]


def test_a_label_that_agrees_is_not_told(compared: Comparison) -> None:
    assert told(compared, labelled(compared, comparison=compared.verdict)) == []
    side = {"favourable": {"better": "higher", "worse": "lower"}}
    side["adverse"] = {"better": "lower", "worse": "higher"}
    on_its_side = side[compared.indicator.polarity].get(compared.verdict, "similar")
    assert told(labelled(compared, comparison=on_its_side)) == []


def test_a_label_that_differs_is_told_beside_our_verdict(compared: Comparison) -> None:
    other = OTHER[compared.verdict]
    (words,) = told(labelled(compared, comparison=other))
    assert words == (
        f"Fingertips calls {compared.series.name}, {compared.period}, “{other}”; by the limits "
        f"published beside it, it is {compared.verdict}."
    )


def test_a_verdict_that_rests_on_the_label_itself_is_not_told(compared: Comparison) -> None:
    by_label = labelled(replace(compared, basis="the publisher's own"), comparison="lower")
    assert told(by_label) == []


def test_a_trend_that_differs_is_told_with_ours(compared: Comparison) -> None:
    rising = replace(compared, recent_trend="increasing")
    label = "decreasing and getting better"
    (words,) = told(labelled(rising, trend=label))
    assert words.startswith("Fingertips calls the recent trend of ")
    assert words.endswith(
        "“decreasing and getting better”; by its figures and the published rule: increasing."
    )
    assert told(labelled(rising, trend="increasing and getting worse")) == []
    assert told(labelled(rising, trend="cannot be calculated")) == []
    assert told(labelled(replace(rising, recent_trend="cannot be calculated"), trend=label)) == []


def test_the_data_notes_list_the_labels_that_differ(facts, compared: Comparison) -> None:
    assert "labels-that-differ" not in [block.id for block in publishers_notes(facts).blocks]
    wrong = labelled(compared, comparison=OTHER[compared.verdict])
    section = publishers_notes(replace(facts, comparisons=(wrong,)))
    assert [block.id for block in section.blocks][-1] == "labels-that-differ"
