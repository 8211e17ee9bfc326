"""Titles say what the figures bear and no more; alternatives say the message with its number."""

from dataclasses import replace
from typing import Any, cast

import pytest

from ineqlib.briefings.area.spine_figures import rank_text, spine_figures, verdict_text
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.briefings.area.within_area_figures import (
    deprivation_line_figure,
    gradient_figures,
    most_deprived_figures,
    spread_figure,
)
from ineqlib.charts.figure import Figure
from ineqlib.charts.layout import CUT
from ineqlib.facts.area import AreaFacts, Trend, area_facts
from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import JUDGED, LIKELY, SLOPE, recent
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.area import compared
from ineqlib.pack import Pack

from .chart_records import Limits, a_fact


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> AreaFacts:
    profile = read_profile(
        demo_pack, "X07000001", comparators=list(COMPARATORS), indicator_set="marmot"
    )
    return area_facts(profile)


def title_of(
    facts: AreaFacts,
    direction: str,
    first: Limits,
    last: Limits,
    furthest: Fact | None = None,
    months: int = 12,
) -> str:
    """Return the title of a trend from 9.4% to 3.2% with these intervals."""
    change = Change(
        a_fact(9.4, "%", limits=first, period="2015"),
        a_fact(3.2, "%", limits=last, period="2020"),
        a_fact(-6.2, "percentage points"),
        a_fact(5, "", 0),
        a_fact(15.0, "%"),
        a_fact(14.0, "%"),
        cast(Any, direction),
        "",
        None,
        0.5,
        0.5,
        furthest,
    )
    trend = next(trend for trend in facts.trends if trend.comparison.series.months == months)
    shown = replace(trend, comparison=replace(trend.comparison, change=change))
    title = trend_figures(facts.profile, [shown])[0].labels.title
    return title.removeprefix(f"{shown.comparison.series.name}: ")


def test_a_direction_is_told_with_both_figures_the_years_and_the_country(facts: AreaFacts) -> None:
    country = f"{facts.profile.country_name} 15.0% then 14.0%"
    down = title_of(facts, "falling", (8.0, 11.0), (2.0, 5.0))
    assert down == f"down from 9.4% to 3.2% in 5 years; {country}"
    assert title_of(facts, "rising", None, None).startswith("up from 9.4% to 3.2% in 5 years")
    turned = title_of(facts, "falling", None, None, a_fact(1.2, "%", period="2018"))
    assert turned == f"down from 9.4% to 3.2% in 5 years, but up since 2018; {country}"


def test_what_may_be_chance_is_not_called_a_change(facts: AreaFacts) -> None:
    overlapping = title_of(facts, "no clear change", (2.0, 17.0), (1.0, 9.0))
    assert overlapping.startswith("no clear change since 2015 (9.4% then 3.2%)")
    assert title_of(facts, "no clear change", None, None) == overlapping
    early = title_of(facts, "too early to say", (8.0, 11.0), (2.0, 5.0))
    assert early.startswith("9.4% then 3.2% since 2015, too little to judge by;")


def test_years_that_jump_about_are_said_to(facts: AreaFacts) -> None:
    title = title_of(facts, "no clear change", (8.0, 11.0), (2.0, 5.0))
    assert title.startswith("9.4% then 3.2% (single years jump about);")
    pooled = title_of(facts, "no clear change", (8.0, 11.0), (2.0, 5.0), months=36)
    assert pooled.startswith("9.4% then 3.2% (single periods jump about);")


def test_a_chart_of_money_says_that_prices_are_not_taken_out(facts: AreaFacts) -> None:
    """A chart is copied without the sentence that says so."""
    subtitles = {
        shown.comparison.indicator.unit: trend_figures(facts.profile, [shown])[0].labels.subtitle
        for shown in facts.trends
    }
    assert {"£", "%"} <= set(subtitles)
    for unit, subtitle in subtitles.items():
        assert ("(£, not adjusted for inflation)" in subtitle) == (unit == "£")


def test_a_gap_inside_an_area_is_not_left_beside_the_countrys_without_a_word(
    facts: AreaFacts,
) -> None:
    """The country's slope spans the whole country: a smaller one inside an area is no success."""
    slopes = [shown for shown in facts.trends if shown.comparison.indicator.value_type == SLOPE]
    assert slopes
    for shown in facts.trends:
        comparison = shown.comparison
        note = trend_figures(facts.profile, [shown])[0].labels.note
        is_slope = shown in slopes
        assert ("cannot be compared" in note) is is_slope
        assert ("cannot be compared" in compared(comparison).text) is is_slope


def test_a_trend_without_change_is_still_titled(facts: AreaFacts) -> None:
    trend = facts.trends[0]
    shown = replace(trend, comparison=replace(trend.comparison, change=None))
    assert shown.comparison.period in trend_figures(facts.profile, [shown])[0].labels.title


def cut(figure: Figure) -> bool:
    return CUT in figure.labels.subtitle


def ends(figure: Figure) -> list[float]:
    (value,) = (p["value"] for p in figure.spec["params"] if p["name"] == "ends")
    return list(value)


def test_men_and_women_share_a_scale_and_a_cut_is_said(facts: AreaFacts) -> None:
    both: dict[str, list[Trend]] = {}
    for shown in facts.trends:
        both.setdefault(shown.comparison.indicator.id, []).append(shown)
    pair = next(trends for trends in both.values() if len(trends) == 2)
    for figures in (
        trend_figures(facts.profile, pair),
        gradient_figures(facts.profile, facts.gradients[:2]),
        most_deprived_figures(facts.profile, facts.most_deprived[:2]),
    ):
        men, women = figures
        assert ends(men) == ends(women)
        assert cut(men) == cut(women) == (ends(men)[0] > 0)


def test_every_row_of_the_spine_has_a_verdict_in_words(facts: AreaFacts) -> None:
    for comparison in facts.comparisons:
        assert verdict_text(comparison) not in ("", "not compared")
        if comparison.standing:
            rank = rank_text(comparison.standing)
            assert rank.startswith(f"rank {comparison.standing.rank.text} of ")


def test_a_figure_without_interval_is_higher_or_lower_and_not_judged(facts: AreaFacts) -> None:
    comparison = next(
        each for each in facts.comparisons if each.verdict == "similar" and each.standing
    )
    unsure = replace(comparison, verdict="not compared")
    assert unsure.evidence
    history = replace(unsure.evidence, basis="unrest", side="lower", p=0.01, one_sided=True)
    polar = replace(unsure, evidence=history)
    side = {"favourable": "worse", "adverse": "better"}[unsure.indicator.polarity]
    assert verdict_text(polar) == f"probably {side}"
    for change in ({"p": 0.2}, {"one_sided": False}):
        restless = replace(unsure, evidence=replace(history, **change))
        assert verdict_text(restless) == "about the same"
    assert verdict_text(replace(unsure, evidence=None)) == "the same"
    alone = replace(unsure, facts={"area": unsure.facts["area"]})
    assert verdict_text(alone) == "no figure of the country's"
    assert verdict_text(replace(unsure, facts={})) == "no figure"


def test_rows_are_sorted_by_gap_and_what_cannot_be_placed_comes_last(facts: AreaFacts) -> None:
    of_late = {each.series.name for each in recent(facts.comparisons)}
    gaps = {
        each.series.name: each.distance
        for each in facts.comparisons
        if each.indicator.value_type != SLOPE and each.indicator.polarity != "neutral"
    }
    rows = 0
    for figure in spine_figures(facts, facts.comparisons):
        for _, table in figure.table.groupby("Objective", sort=False):
            names = [
                name
                for shown in table["Indicator"]
                for name in [next((n for n in gaps if shown.startswith(n)), "")]
                if name in of_late
            ]
            placed = [gaps[name] for name in names if gaps[name] == gaps[name]]
            assert placed == sorted(placed)
            rows += len(placed)
    assert rows > 15


def test_gaps_inside_the_area_are_not_plotted_as_better_or_worse(facts: AreaFacts) -> None:
    slopes = [each for each in facts.comparisons if each.indicator.value_type == SLOPE]
    assert slopes
    (figure, *_) = spine_figures(facts, slopes)
    rows = figure.datasets[figure.spec["data"]["name"]]
    assert len(rows) == len(slopes)
    assert not any("position" in row for row in rows)
    assert all("gap inside the area" in cell for cell in figure.table.iloc[:, 6])


def test_the_spines_title_counts_its_verdicts(facts: AreaFacts) -> None:
    figures = spine_figures(facts, facts.comparisons)
    titles = " ".join(figure.labels.title for figure in figures)
    counts = facts.tally_by_objective.values()
    for verdict in JUDGED:
        total = sum(int(count[verdict].value) for count in counts)
        assert total == int(facts.tally[verdict].value)
    assert all(
        f"{count[verdict].text} {verdict}" in titles
        for count in counts
        for verdict in (*JUDGED, *LIKELY)
        if count[verdict].value
    )


def test_the_spines_alternative_names_what_is_worse_with_its_figures(facts: AreaFacts) -> None:
    figures = spine_figures(facts, facts.comparisons)
    worse = [each for each in recent(facts.comparisons) if each.verdict == "worse"]
    assert worse
    furthest = max(worse, key=lambda each: abs(each.distance))
    area, country = (furthest.facts[role].text for role in ("area", "country"))
    alts = " ".join(figure.labels.alt for figure in figures)
    assert f"{furthest.series.name}, {area} against {country}" in alts


def test_a_gradient_gives_both_ends_and_its_gap(facts: AreaFacts) -> None:
    clear = next(each for each in facts.gradients if each.is_clear)
    assert clear.sii
    (figure,) = gradient_figures(facts.profile, [clear])
    for words in (figure.labels.title, figure.labels.alt):
        assert clear.facts[0].text in words
        assert clear.facts[-1].text in words
    assert clear.sii.size in figure.labels.alt
    assert "no clear gradient" not in figure.labels.title
    assert clear.sii.limits
    unclear = replace(clear, sii=replace(clear.sii, lower_ci=-1.0, upper_ci=1.0))
    (figure,) = gradient_figures(facts.profile, [unclear])
    assert "no clear gradient" in figure.labels.title
    assert "cannot be told from a level one" in figure.labels.note


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ((70.0, 72.0), (73.0, 75.0), ": worse"),
        ((76.0, 78.0), (73.0, 75.0), ": better"),
        ((72.0, 74.0), (73.0, 75.0), ": about the same"),
        (None, (73.0, 75.0), "'s"),
    ],
)
def test_most_deprived_groups_are_judged_by_their_intervals(
    facts: AreaFacts, ours: Limits, theirs: Limits, verdict: str
) -> None:
    pair = next(each for each in facts.most_deprived if each.indicator.polarity == "favourable")

    def with_limits(role: str, limits: Limits) -> Any:
        low, high = limits or (None, None)
        middle = 0.0 if low is None or high is None else (low + high) / 2
        return replace(pair.facts[role], lower_ci=low, upper_ci=high, value=middle)

    changed = {
        "area_most_deprived": with_limits("area_most_deprived", ours),
        "country_most_deprived": with_limits("country_most_deprived", theirs),
    }
    national = replace(pair, like_for_like=True, facts={**pair.facts, **changed})
    (figure,) = most_deprived_figures(facts.profile, [national])
    assert figure.labels.title.endswith(verdict)
    (figure,) = most_deprived_figures(facts.profile, [replace(national, like_for_like=False)])
    assert figure.labels.title.endswith("'s")
    assert "by its own ranking" in figure.labels.note


def test_the_side_that_is_better_is_said(facts: AreaFacts) -> None:
    pair = next(each for each in facts.most_deprived if each.indicator.polarity == "favourable")
    (figure,) = most_deprived_figures(facts.profile, [pair])
    assert "better →" in figure.svg


def test_the_scatter_gives_rank_distance_and_the_areas_near_in_deprivation(
    facts: AreaFacts,
) -> None:
    line = facts.deprivation_lines[0]
    standing = line.comparison.standing
    assert standing
    labels = deprivation_line_figure(facts.profile, line).labels
    rank = f"Rank {standing.rank.text} of {standing.among.text}"
    assert rank in labels.alt
    assert rank in labels.note
    assert line.beyond.size in labels.alt
    assert len(line.nearest) == 4
    assert all(point.area_name in labels.note for point in line.nearest)
    here = next(p.deprivation.value for p in line.points if p.role == "area")
    reach = max(abs(point.deprivation.value - here) for point in line.nearest)
    others = [p for p in line.points if p.role != "area" and p not in line.nearest]
    assert all(abs(point.deprivation.value - here) >= reach for point in others)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((0.1, 200.0), "about as its deprivation suggests"),
        ((300.0, 301.0), "than its deprivation suggests"),
        (None, "where the line through areas as deprived has"),
    ],
)
def test_a_distance_from_the_line_is_a_finding_only_with_an_interval(
    facts: AreaFacts, limits: Limits, words: str
) -> None:
    line = facts.deprivation_lines[0]
    low, high = limits or (None, None)
    area = replace(line.comparison.facts["area"], lower_ci=low, upper_ci=high)
    beyond = replace(line.beyond, value=3.0, text="3.0 years")
    comparison = replace(line.comparison, facts={**line.comparison.facts, "area": area})
    changed = replace(line, comparison=comparison, beyond=beyond)
    assert words in deprivation_line_figure(facts.profile, changed).labels.title


def test_where_people_live_is_told_for_both_ends_of_the_range(facts: AreaFacts) -> None:
    spread = facts.spread
    assert spread
    labels = spread_figure(facts.profile, spread).labels
    for words in (labels.title, labels.alt):
        assert spread.most.text in words
        assert spread.least.text in words


def test_a_chart_names_its_publisher_and_leaves_the_licence_to_the_list(facts: AreaFacts) -> None:
    publishers = set(facts.profile.pack.sources["publisher"])
    for figure in trend_figures(facts.profile, facts.trends[:3]):
        assert figure.labels.source in publishers


def test_nothing_is_called_poorest(facts: AreaFacts) -> None:
    figures = [
        *spine_figures(facts, facts.comparisons),
        *trend_figures(facts.profile, facts.trends),
        *gradient_figures(facts.profile, facts.gradients),
        *most_deprived_figures(facts.profile, facts.most_deprived),
    ]
    words = [
        text
        for each in figures
        for text in (each.labels.title, each.labels.subtitle, each.labels.alt, each.labels.note)
    ]
    assert len(words) > 100
    assert not [text for text in words if "poorest" in text.casefold()]
