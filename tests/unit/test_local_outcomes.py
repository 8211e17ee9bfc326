"""The Local Outcomes Framework: every metric mapped or listed, and told as a briefing tells it."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

import ineqlib as iq
from ineqlib.briefings.local_outcomes.facts import ELSEWHERE, SHOWN, STATUSES, WIDER, lens_facts
from ineqlib.catalogue import load_catalogue, load_local_outcomes
from ineqlib.catalogue.local_outcomes import FILE, read_local_outcomes
from ineqlib.document.blocks import Note
from ineqlib.document.model import Document
from ineqlib.errors import InputError
from ineqlib.pack import Pack

COUNTY, DISTRICT = "X10000001", "X07000001"
FRAMEWORK = load_local_outcomes()


def spoilt(path: Path, change) -> Path:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_the_packaged_file_lists_every_outcome_and_metric_of_its_edition() -> None:
    per_outcome = {outcome.id: len(outcome.metrics) for outcome in FRAMEWORK.outcomes}
    assert per_outcome == {
        "housing_supply": 0,
        "housing_quality": 4,
        "homelessness": 5,
        "multiple_disadvantage": 3,
        "best_start": 5,
        "every_child": 14,
        "children_social_care": 15,
        "health": 14,
        "adult_care_quality": 6,
        "adult_care_independence": 8,
        "adult_care_integration": 2,
        "neighbourhoods": 10,
        "environment": 5,
        "transport": 7,
        "prosperity": 16,
        "child_poverty": 1,
    }
    for outcome in FRAMEWORK.outcomes:
        names = [metric.name for metric in outcome.metrics]
        assert len(names) == len(set(names)), outcome.id


def test_every_metric_is_measured_or_says_where_it_is_published() -> None:
    indicators = load_catalogue().indicators
    for metric in FRAMEWORK.metrics:
        ways = [bool(metric.indicator), metric.placeholder, bool(metric.open_data)]
        assert sum(ways) == ("(unmet need)" not in metric.name), metric.name
        if metric.indicator:
            assert metric.indicator in indicators
            assert bool(metric.differs) == (metric.fit == "near"), metric.name


def test_the_how_to_counts_the_metrics_as_they_are(repo: Path) -> None:
    how_to = (repo / "docs" / "how-to-local-outcomes.md").read_text(encoding="utf-8")
    ways = Counter(
        metric.fit or ("elsewhere" if metric.open_data else "nowhere")
        for metric in FRAMEWORK.metrics
    )
    for row, way in (
        ("that is the same", "same"),
        ("beside it what differs", "near"),
        ("| published elsewhere", "elsewhere"),
        ("under two outcomes", "nowhere"),
    ):
        assert f"{row} | {ways[way]} |" in how_to
    assert f"{ways['same'] + ways['near']} of the framework's 115 metrics" in how_to


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["outcomes"][1]["metrics"][0].pop("open_data"), "is not valid|under any"),
        (lambda c: c["outcomes"][1]["metrics"][1].update(fit="near"), "is not valid|under any"),
        (
            lambda c: c["outcomes"][1]["metrics"][1].update(indicator="homes"),
            "not in the catalogue",
        ),
        (lambda c: c["outcomes"][0].pop("without"), "say why in 'without'"),
        (lambda c: c["outcomes"].append(c["outcomes"][0]), "is there twice"),
        (lambda c: c["outcomes"][0].update(ambitoin="x"), "Did you mean 'ambition'"),
        (lambda c: c["outcomes"][1]["metrics"].pop(), "has 115 metrics and 114 are listed"),
        (lambda c: c["outcomes"].pop(), "has 16 outcomes and 15 are listed"),
    ],
)
def test_a_fault_in_the_file_is_told(tmp_path: Path, change, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_local_outcomes(spoilt(tmp_path / "lof.yml", change))


def lists(page: Document) -> dict[str, list[str]]:
    """Return what is said of metrics without a figure, by the line each list is folded behind."""
    notes = [block for block in page.section("without").blocks if isinstance(block, Note)]
    return {note.folded.summary.text: [item.text for item in note.folded.items] for note in notes}


def test_each_metric_is_above_or_in_the_list_of_its_outcome(demo_pack: Pack) -> None:
    lens = lens_facts(demo_pack, COUNTY)
    said = lists(iq.open_local_outcomes(demo_pack, COUNTY))
    shown = [measured.metric.name for measured in lens.of(SHOWN)]
    assert shown
    for outcome in FRAMEWORK.outcomes:
        rest = [metric.name for metric in outcome.metrics if metric.name not in shown]
        numbers = f": {len(rest)} of {len(outcome.metrics)} metric"
        items = [
            items
            for summary, items in said.items()
            if summary.startswith(outcome.name) and (numbers in summary or not outcome.metrics)
        ]
        assert len(items) == bool(rest or outcome.without), outcome.id
        for name in rest:
            assert sum(item.startswith(f"{name}: ") for item in items[0]) == 1, name


def test_the_metrics_are_counted_whole(demo_pack: Pack) -> None:
    counts = lens_facts(demo_pack, COUNTY).counts
    assert sum(counts[status].value for status in STATUSES) == counts["metrics"].value == 115
    assert counts[ELSEWHERE].value == 82
    answer = iq.open_local_outcomes(demo_pack, COUNTY).section("answer").blocks[0].words.text
    assert (
        f"{counts[SHOWN].text} of 115 metrics have a figure; 82 are published elsewhere" in answer
    )


def test_what_is_best_known_stands_first(demo_pack: Pack) -> None:
    lens = lens_facts(demo_pack, DISTRICT)
    for outcome in FRAMEWORK.outcomes:
        order = [STATUSES.index(measured.status) for measured in lens.without(outcome)]
        assert order == sorted(order), outcome.id
    of_health = lists(iq.open_local_outcomes(demo_pack, DISTRICT))
    health = next(items for summary, items in of_health.items() if summary.startswith("Health"))
    assert "Fingertips" not in health[0]
    assert health[-1].endswith("nowhere, as far as is known.")


def test_figures_and_verdicts_are_those_of_the_briefing(demo_pack: Pack) -> None:
    briefing = iq.open_briefing(demo_pack, COUNTY)
    lens = lens_facts(demo_pack, COUNTY)
    figures = {(f["indicator"], f["sex"]): f for f in briefing.figures}
    assert lens.comparisons
    for comparison in lens.comparisons:
        there = figures[comparison.indicator.id, comparison.series.sex]
        assert there["value"] == comparison.facts["area"].value
        assert there["period"] == comparison.period
    verdicts = ("worse", "probably worse", "similar", "probably better", "better", "not judged")
    counted = sum(lens.counts[verdict].value for verdict in verdicts)
    assert counted == lens.counts["figures"].value


def test_what_is_published_for_the_county_alone_is_told_as_such(demo_pack: Pack) -> None:
    wider = lens_facts(demo_pack, DISTRICT).of(WIDER)
    assert {fact.area_name for measured in wider for fact in measured.wider} == {"Wendlemere"}
    said = lists(iq.open_local_outcomes(demo_pack, DISTRICT))
    assert any(": for a wider area alone: Wendlemere" in item for x in said.values() for item in x)


def test_the_two_other_lenses_are_those_of_the_catalogue(demo_pack: Pack) -> None:
    cells = iq.open_local_outcomes(demo_pack, COUNTY).section("lenses").blocks[0].cells
    catalogue = load_catalogue()
    metrics = [metric for metric in FRAMEWORK.metrics if metric.indicator]
    assert cells["Metric"] == [metric.name for metric in metrics]
    assert cells["Marmot objective"] == [
        catalogue.objectives[catalogue[metric.indicator].objective].public_name
        for metric in metrics
    ]
