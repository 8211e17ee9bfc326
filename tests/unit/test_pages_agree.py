"""What one sentence of a page says, no other sentence or chart of it belies."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.overview import headline
from ineqlib.briefings.area.readers.inside import inside
from ineqlib.briefings.area.readers.member import last_year, questions
from ineqlib.briefings.area.readers.summary import summary
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.briefings.area.within_area import deprivation, most_deprived
from ineqlib.briefings.equity_audit.asked import read_asked
from ineqlib.briefings.equity_audit.facts import audit_facts
from ineqlib.briefings.equity_audit.words import answer
from ineqlib.briefings.neighbourhoods.words import heading
from ineqlib.document.blocks import sentences
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.attribution import sources_in_full
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.gradients import local_gradients
from ineqlib.facts.most_deprived_group import most_deprived_pairs
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.levels import level, level_clause
from ineqlib.narrative.moves import by_place, changed
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack

from .simulated.handmade import Series, facts_of

PELLWATER, COUNTY = "X07000009", "X10000001"
ORDINARY = {"smoking_adults": Series([12.2, 11.8, 12.1], 12.0, half=1.5)}


def told(facts: AreaFacts, audience: str) -> Telling:
    return telling_of(facts, read_options({"audience": audience}))


def texts(section: Section) -> list[str]:
    return [words.text for words in sentences(section.blocks)]


def test_a_difference_too_small_to_lead_is_not_called_one_in_plain_words(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"smoking_adults": Series([12.9] * 3, 12.0, half=0.2)})
    shown = told(facts, "public")
    assert shown.judgement.worse == ()
    (comparison,) = facts.comparisons
    said = level(comparison, None, AUDIENCES["public"]).text
    assert said.startswith("A little worse here: of every 100 adults, 13 smoke. ")
    large = facts_of(tmp_path / "large", {"smoking_adults": Series([20.0] * 3, 12.0, half=0.2)})
    said = level(large.comparisons[0], None, AUDIENCES["public"]).text
    assert said.startswith("Worse here: ")


def test_what_is_told_of_one_service_is_not_told_of_the_whole_area(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, ORDINARY | {"active_adults": Series([60.0] * 3, 60.5, half=3.0)})
    assert "that concerns adult social care" in told(facts, "adults").judgement.nothing
    assert "that concerns" not in told(facts, "director").judgement.nothing


def test_one_neighbourhood_is_told_as_one_and_has_no_shares(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, ORDINARY, deciles=[5])
    shown = told(facts, "member")
    for section in (summary(shown), headline(facts), deprivation(facts)):
        said = " ".join(texts(section))
        assert "There is 1 neighbourhood in Here: nothing inside it can be compared." in said
        assert "fifth" not in said
    assert not any("Which neighbourhoods" in words for words in texts(questions(shown)))
    assert "told first" not in " ".join(texts(summary(shown))), "nothing was"


def test_few_neighbourhoods_are_not_told_as_hundreds(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, ORDINARY, deciles=[1] * 2 + [5] * 18)
    assert facts.spread is not None
    two = replace(facts.spread.most_count, value=2.0, text="2")
    counted = replace(facts, spread=replace(facts.spread, unit="neighbourhoods", most_count=two))
    (said,) = (words for words in texts(summary(told(counted, "public"))) if "fifth" in words)
    assert said.startswith("Of the 20 neighbourhoods here, 2 are in the most deprived fifth")
    assert said.endswith("and none in the least deprived fifth.")


def test_members_ask_whoever_there_is_and_what_fits_the_figure(tmp_path: Path) -> None:
    slipping = Series([14.0, 15.0, 16.0, 17.0, 18.0], 30.0, half=0.2, events=400.0)
    dear = Series([15.0] * 4, 7.0, spread=1.0)
    shown = told(
        facts_of(tmp_path, {"year_6_obesity": slipping, "housing_affordability": dear}), "member"
    )
    asked = texts(questions(shown))
    assert any(words.startswith("To Planning and housing, about") for words in asked)
    (of_children,) = (words for words in asked if "obesity" in words)
    assert of_children.startswith("To the Director of Public Health")
    assert "since it began to get worse" in of_children
    assert "to keep" not in of_children


def test_pay_that_rises_as_prices_do_is_not_called_better(tmp_path: Path) -> None:
    pay = Series([600.0, 650.0], 640.0, half=5.0)
    smoking = Series([20.0, 10.0], 12.0, half=1.0)
    said = texts(last_year(told(facts_of(tmp_path, {"weekly_pay": pay, **ORDINARY}), "member")))
    assert not any("pay" in words for words in said)
    both = facts_of(tmp_path / "both", {"weekly_pay": pay, "smoking_adults": smoking})
    assert [words[:6] for words in texts(last_year(told(both, "member")))] == ["Better"]


def test_a_unit_in_words_is_said_once_in_a_sentence(tmp_path: Path) -> None:
    deaths = Series([230.0, 240.0, 250.0, 260.0, 270.0], 140.0, half=2.0, spread=20.0)
    (comparison,) = facts_of(tmp_path, {"preventable_deaths_under_75": deaths}).comparisons
    said = level(comparison, comparison.change, AUDIENCES["director"]).text
    assert "270.0 per 100,000 (95% interval" in said
    assert "worse than Land's 140.0;" in said
    assert comparison.change is not None
    assert changed(comparison, comparison.change, AUDIENCES["director"]).text.count("per 100") == 1


def test_a_message_without_the_countrys_figure_says_the_place_among_areas(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, {"smoking_adults": Series([30.0] * 3, 12.0, half=0.2)})
    (comparison,) = facts.comparisons
    alone = replace(comparison, facts={"area": comparison.facts["area"]})
    for audience in ("director", "public"):
        said = level_clause(alone, AUDIENCES[audience]).text
        assert said.endswith(", the highest of 31 areas (2024)"), audience


def test_words_for_a_chart_say_days_and_no_change_as_people_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    level_series = Series([7.44, 7.5, 7.6, 7.41], 7.2, half=0.1)
    facts = facts_of(tmp_path, {"life_satisfaction": level_series})
    (shown,) = facts.trends
    days = {"2021": "1 April 2021", "2024": "30 April 2024"}
    points = tuple(
        point._replace(period=days.get(point.period, point.period)) for point in shown.points
    )
    (here, *_) = by_place(points)
    assert here == "Here: 7.4 out of 10 on 1 April 2021 and on 30 April 2024."
    monkeypatch.setattr(Comparison, "period", property(lambda self: "30 April 2024"))
    alt = trend_figures(facts.profile, [shown])[0].labels.alt
    assert " On 30 April 2024 Here is " in alt


@pytest.fixture(scope="module")
def divided(demo_pack: Pack) -> AreaFacts:
    profile = read_profile(demo_pack, PELLWATER, comparators=[*COMPARATORS], indicator_set="marmot")
    return area_facts(profile)


def test_a_gap_wider_than_the_countrys_is_not_called_narrower(divided: AreaFacts) -> None:
    (men,) = (gap for gap in divided.inside if gap.indicator.headline and gap.sex == "Male")
    assert men.comparison is not None
    assert men.gap.value > men.comparison.facts["country"].value
    said = " ".join(texts(inside(told(divided, "director"))))
    assert "cannot be compared with the whole country's." in said
    assert "which is wider" not in said


def test_one_group_alone_is_no_part_of_its_area(demo_pack: Pack) -> None:
    profile = read_profile(demo_pack, PELLWATER, comparators=[*COMPARATORS], indicator_set="marmot")
    assert list(local_gradients(profile))
    # As if the publisher cut the area into its own fifths alone.
    own = [row for row in profile.rows if row.role == "area" and "national" in row.dimension]
    local = [row for row in profile.rows if row.role != "area" or not row.dimension]
    local += [row._replace(dimension=row.dimension.replace("national", "local")) for row in own]
    profile.__dict__["rows"] = local
    assert any(not pair.like_for_like for pair in most_deprived_pairs(profile))
    profile.__dict__["rows"] = [
        row for row in local if row.role != "area" or row.subgroup_order < 2
    ]
    assert list(local_gradients(profile)) == []
    assert list(most_deprived_pairs(profile)) == []


def test_a_deprived_area_is_not_said_to_be_perhaps_affluent(divided: AreaFacts) -> None:
    (own, *_) = (replace(pair, like_for_like=False) for pair in divided.most_deprived)
    assert divided.spread is not None
    for share, is_hedged in ((31.0, False), (4.0, True)):
        spread = replace(divided.spread, most=replace(divided.spread.most, value=share))
        shown = replace(divided, most_deprived=(own,), spread=spread)
        said = " ".join(texts(most_deprived(shown)))
        assert ("need not be deprived" in said) is is_hedged


def test_old_uptake_is_dated_also_where_nobody_can_tell(demo_pack: Pack) -> None:
    asked = read_asked(demo_pack, COUNTY, service="", uptake="", need="deprivation", decisions="")
    audit = audit_facts(demo_pack, asked)
    unsure = replace(audit, judged=replace(audit.judged, verdict="cannot tell", why="too few"))
    assert f"Uptake in {audit.places_period} is " in answer(unsure).text


def test_short_names_keep_their_capitals_in_headings() -> None:
    shown = SimpleNamespace(figures=SimpleNamespace(unit="msoa"))
    assert heading(shown) == "MSOA"  # type: ignore[arg-type]
    shown.figures.unit = "ward"
    assert heading(shown) == "Ward"  # type: ignore[arg-type]


def test_publishers_that_ask_for_several_sentences_are_told_apart() -> None:
    said = "Contains public sector information. Open licence"
    rows = [
        {"source_id": name, "licence": "OGL", "attribution": f"{name}. {said}."}
        for name in ("First", "Second")
    ]
    pack = SimpleNamespace(sources=pd.DataFrame(rows), title="Pack")
    told_apart = f"First. {said}; Second. {said}"
    assert sources_in_full(pack, ["First", "Second"]) == told_apart  # type: ignore[arg-type]


def test_what_one_reader_is_told_stands_is_not_denied_to_another(tmp_path: Path) -> None:
    """Among few figures alone, a difference like this one would not stand."""
    lonely = {"loneliness": Series([26.0, 26.1, 26.0], 24.0, half=1.8)}
    sure = {
        name: Series([30.0, 30.5, 30.0], 12.0, half=1.0)
        for name in ("smoking_at_delivery", "obesity_adults", "year_6_obesity")
    }
    level = {
        name: Series([20.2] * 3, 20.0, half=2.0)
        for name in ("economic_inactivity", "older_people_in_poverty")
    }
    facts = facts_of(tmp_path, lonely | sure | level)
    everything, of_service = (
        [finding.topic for finding in told(facts, name).judgement.worse]
        for name in ("director", "adults")
    )
    assert "loneliness" in everything
    assert of_service == ["loneliness"]
