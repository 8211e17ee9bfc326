"""One indicator by deprivation over all years: the truth found, breaks kept, scales told apart."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from ineqlib import open_indicator_gradient
from ineqlib.briefings.indicator_gradient.asked import Asked, read_asked
from ineqlib.briefings.indicator_gradient.cut import Cut, Slice
from ineqlib.briefings.indicator_gradient.cut_words import (
    breaks,
    one_period,
    points_of_dispute,
    today,
)
from ineqlib.briefings.indicator_gradient.cuts import cuts_of
from ineqlib.briefings.indicator_gradient.document import over_time
from ineqlib.briefings.indicator_gradient.followed import followed
from ineqlib.briefings.indicator_gradient.shown import trends
from ineqlib.briefings.indicator_gradient.words import answer, next_step, verdict
from ineqlib.demo import make_country
from ineqlib.demo.groups import make_groups
from ineqlib.demo.mortality import pooled_periods
from ineqlib.document.model import Document
from ineqlib.errors import ParameterError, UnknownIndicator
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import group_points
from ineqlib.facts.rows import Row, read_rows
from ineqlib.measures import REGISTRY, sii, slope_trend
from ineqlib.narrative.sentence import sentence
from ineqlib.observations import group_label
from ineqlib.pack import Pack

from .demo_truth import true_life_expectancy

COUNTRY, COUNTY, DISTRICT = "X92000001", "X10000001", "X07000001"
RANKS = np.array([-0.4, -0.2, 0, 0.2, 0.4])


@pytest.fixture(scope="module")
def asked(demo_pack: Pack) -> Asked:
    return read_asked(demo_pack, COUNTRY, indicator="smoking_adults")


def of_years(
    averages: list[float],
    slopes: list[float],
    *,
    se: float | None = 0.2,
    index: str = "demo2024",
    stretches: list[int] | None = None,
) -> Cut:
    """A cut into five equal groups that lie on a line, one period a year from 2010."""
    made = []
    for at, (average, slope) in enumerate(zip(averages, slopes, strict=True)):
        value, year = average + slope * RANKS, 2010 + at
        facts = [
            Fact(
                id=f"{index}-{year}-{order}",
                value=float(one),
                text=f"{one:.1f}%",
                decimals=1,
                unit="%",
                indicator_id="smoking_adults",
                area_name="Lindermark",
                period=str(year),
                source="demo",
            )
            for order, one in enumerate(value)
        ]
        labels = [group_label(order, 5) for order in range(1, 6)]
        made.append(
            Slice(
                str(year),
                datetime(year, 1, 1),
                datetime(year, 12, 31),
                stretches[at] if stretches else 0,
                group_points(labels, ["ok"] * 5, np.ones(5), facts),
                value,
                np.ones(5),
                None if se is None else np.full(5, se),
            )
        )
    key = f"national_deprivation_quintile:{index}"
    return Cut(key, "fifth", "Lindermark's neighbourhoods", tuple(made), 1.0)


def test_the_demonstration_country_is_told_rightly(demo_pack: Pack) -> None:
    """Deaths were drawn from rates whose gap widens by 0.6% a year."""
    country = make_country(2024)
    groups = make_groups(country)
    tenths = groups[(groups.frame["area_type"] == "country") & groups.by("national", 10)]
    spans = [years for _, years in pooled_periods(country)]
    truth = np.stack([true_life_expectancy(country, tenths, years) for years in spans])
    people = [tenths.sum(country.population[years].sum(axis=0)).sum(axis=-1) for years in spans]
    starts = np.arange(len(spans)) + 2015.0
    for sex, name in enumerate(("Male", "Female")):
        put_in = slope_trend(truth[..., sex], np.stack(people)[..., sex], starts, span=3)
        assert put_in.verdict == "wider"
        found = read_asked(demo_pack, COUNTRY, indicator="life_expectancy", sex=name)
        absolute, relative = followed(found, cuts_of(found)[0]).now
        assert absolute.change is not None and absolute.change.limits is not None
        low, high = absolute.change.limits
        assert low < float(put_in.change.value) < high
        # Of men it is sure; of women chance is larger than what was put in, and that is said.
        expected = {"Male": "wider", "Female": "no clear change"}[name]
        assert (absolute.verdict, relative.verdict) == (expected, expected)
        now = sii(truth[-1, :, sex], people[-1][:, sex]).value
        newest = followed(found, cuts_of(found)[0]).newest
        assert newest is not None
        slope = newest.measures["sii"]
        assert slope.limits is not None and slope.limits[0] < float(now) < slope.limits[1]


def test_a_smaller_gap_on_a_still_smaller_average_is_larger_in_proportion(asked: Asked) -> None:
    fall = 0.9 ** np.arange(8)
    cut = of_years(list(20 * fall**2), list(-10 * fall))
    found = followed(asked, cut)
    absolute, relative = found.now
    assert (absolute.verdict, relative.verdict) == ("narrower", "wider")
    assert verdict(found) == "The gap shrank in percentage points, yet grew in proportion"
    said = today(found).text
    assert "what is left of the gap is a larger share of a smaller average" in said
    assert found.gap_moved and found.average_moved
    assert found.gap_moved.value > found.average_moved.value
    assert found.gap_moved.text.lstrip("−") in said and found.average_moved.text.lstrip("−") in said
    [why, *_] = points_of_dispute([found])
    assert why.text.startswith("Why they part")


def test_all_falling_alike_is_a_gap_that_only_shrinks_absolutely(asked: Asked) -> None:
    fall = 0.9 ** np.arange(8)
    found = followed(asked, of_years(list(20 * fall), list(-10 * fall)))
    assert [one.verdict for one in found.now] == ["narrower", "no clear change"]
    assert "the two moved together" in today(found).text


def test_growth_is_above_zero_where_the_gap_widens_whichever_end_is_higher(asked: Asked) -> None:
    for way in (-1, 1):
        slopes = [way * (5.0 + 0.5 * year) for year in range(6)]
        found = followed(asked, of_years([40] * 6, slopes))
        for trend in found.now:
            assert trend.verdict == "wider"
            assert trend.change is not None and trend.change.value > 0
        absolute, relative = found.now
        assert absolute.change is not None and absolute.change.value == pytest.approx(0.5, rel=1e-4)
        assert [fact.value > 1 for fact in relative.times] == [True, True]
        higher = "most" if way < 0 else "least"
        assert f"the {higher} deprived end was" in today(found).text


def test_no_line_and_no_test_leads_across_a_break(asked: Asked) -> None:
    slopes = [-10, -9, -8, -7, -16, -15, -14, -13.0]
    cut = of_years([40] * 8, slopes, stretches=[0, 0, 0, 0, 1, 1, 1, 1])
    found = followed(asked, cut)
    assert [one.periods for one in found.trends] == [("2010", "2013")] * 2 + [("2014", "2017")] * 2
    assert {one.verdict for one in found.trends} == {"narrower"}
    joined_up = followed(asked, of_years([40] * 8, slopes))
    assert joined_up.now[0].verdict != "narrower"
    assert breaks(found) == ["2014"]
    assert "The series breaks: the answer is of the periods since 2014." in today(found).text
    [absolute, _] = trends(asked, found)
    runs = {row["run"] for rows in absolute.datasets.values() for row in rows if "run" in row}
    assert len(runs) == 2


def test_a_period_off_the_line_is_drawn_alone_and_not_tested(asked: Asked) -> None:
    cut = of_years([40] * 7, [-10, -9.5, -9, -30, -8, -7.5, -7], stretches=[0, 0, 0, -1, 0, 0, 0])
    found = followed(asked, cut)
    assert found.now[0].count is not None and found.now[0].count.value == 6
    [absolute, _] = trends(asked, found)
    alone = [row for rows in absolute.datasets.values() for row in rows if row.get("alone")]
    assert len(alone) == 1


def test_periods_each_cut_by_the_index_of_its_time_are_not_compared(asked: Asked) -> None:
    found = followed(asked, of_years([40] * 6, [-5, -6, -7, -8, -9, -10], index="imd_trend"))
    assert {one.verdict for one in found.trends} == {"cannot tell"}
    assert "the index of its own time" in found.now[0].why_not
    said = answer(asked, [found]).text
    assert "No test of change is possible" in said
    # The newest gap is known all the same, and is what there is to work on.
    assert "In 2015 it was 10.0 percentage points (95% interval 9.4 to 10.6) from end" in said


def test_of_one_period_nothing_is_drawn_over_time_and_both_gaps_are_told(asked: Asked) -> None:
    alone = followed(asked, of_years([40], [-8]))
    said = one_period(alone).text
    assert said.startswith("One period is known, so nothing is drawn over time. From end to end")
    assert "in 2010 is 8.0 percentage points (95% interval" in said
    assert "the relative index is 0.82" in said
    section = over_time(asked, [alone])
    assert section.title == "The gap, absolute beside relative"
    drawn = [figure.labels.id for figure in section.figures]
    assert len(drawn) == 1 and drawn[0].startswith("groups-2010"), "the groups themselves"
    assert one_period(followed(asked, of_years([40] * 2, [-8, -9]))) == sentence()


def test_the_gap_in_proportion_is_told_as_the_chart_beside_it_tells_it(asked: Asked) -> None:
    found = followed(asked, of_years([40] * 5, [-10, -7.5, -11.5, -9.5, -12]))
    _, relative = found.now
    measured = [found.tested[end].measures["rii"] for end in (0, -1)]
    assert [fact.value for fact in relative.times] == [1 / fact.value for fact in measured]
    assert relative.first is not None and relative.first.value != measured[0].value, "off the line"
    said = today(found).text
    assert f"was {relative.times[0].text} times as high as the other in 2010" in said
    assert "line through" not in said
    # Where first and last period go against the line that was tested, no pair is told beside it.
    against = followed(asked, of_years([40] * 5, [-10, -4, -5.5, -7.5, -9.9]))
    assert against.now[1].times == ()


def test_two_editions_of_an_index_are_two_series(asked: Asked) -> None:
    both = [
        followed(asked, of_years([40] * 4, [-5, -6, -7, -8.0], index=index))
        for index in ("imd2015", "imd2019")
    ]
    figures = [trends(asked, one) for one in both]
    ids = [figure.labels.id for own in figures for figure in own]
    assert len(set(ids)) == 4
    assert [len(one.periods) for one in both] == [4, 4]
    assert "All ways to cut" in points_of_dispute(both)[-1].text


@pytest.mark.parametrize(("se", "expected"), [(0.3, "no clear change"), (6.0, "cannot tell")])
def test_what_cannot_be_told_is_not_called_no_change(
    asked: Asked, se: float, expected: str
) -> None:
    found = followed(asked, of_years([40] * 6, [-10, -10.2, -9.9, -10.1, -9.8, -10], se=se))
    assert found.now[0].verdict == expected


def test_two_periods_are_too_few_and_the_newest_stretch_decides(asked: Asked) -> None:
    found = followed(asked, of_years([40] * 2, [-5, -50]))
    assert "three periods" in found.now[0].why_not
    cut = of_years([40] * 6, [-10, -9, -8, -7, -20, -19], stretches=[0, 0, 0, 0, 1, 1])
    found = followed(asked, cut)
    assert found.now[0].verdict == "cannot tell"
    assert found.trends[0].verdict == "narrower"


def test_a_slope_and_the_two_ends_may_disagree(asked: Asked) -> None:
    cut = of_years([40] * 5, [-10] * 5)
    moving = [np.array([45.0 - n, 43 + n, 40, 37 - n, 35 + n]) for n in np.linspace(0, 0.5, 5)]
    slices = tuple(replace(one, value=value) for one, value in zip(cut.slices, moving, strict=True))
    found = followed(asked, replace(cut, slices=slices))
    first, last = (found.tested[end].measures for end in (0, -1))
    assert abs(last["difference"].value) < abs(first["difference"].value)
    moved = abs(last["sii"].value) - abs(first["sii"].value)
    told = [item.text for item in points_of_dispute([found])]
    assert any("only the two outermost" in text for text in told) == (moved > 0)


def test_every_measure_of_the_registry_is_shown_or_says_why_not(asked: Asked) -> None:
    cut = of_years([10, 10, 10], [-30, -30, -30])
    found = followed(asked, cut)
    assert [made.measure for made in found.fits] == list(REGISTRY)
    assert all(bool(made.fact) != bool(made.why_not) for made in found.fits)
    relative = next(made for made in found.fits if made.measure == "rii")
    assert relative.why_not.startswith("needs")
    assert found.now[1].why_not == "its line does not stay above zero"


def texts(document: Document, section: str) -> str:
    return document.markdown(section)


def test_a_county_is_cut_by_its_own_neighbourhoods_and_its_districts(demo_pack: Pack) -> None:
    found = read_asked(demo_pack, COUNTY, indicator="year_6_obesity")
    cuts = cuts_of(found)
    assert [cut.is_of_areas for cut in cuts] == [False, True]
    districts = cuts[1].slices[-1].groups
    scores = demo_pack.area_deprivation().set_index("area_code")["average_score"]
    by_score = [scores[point.fact.area_code] for point in districts if point.fact]
    assert by_score == sorted(by_score, reverse=True) and len(by_score) == 10


def test_groups_of_areas_are_the_same_areas_in_all_years(demo_pack: Pack) -> None:
    found = read_asked(demo_pack, COUNTRY, indicator="infant_mortality")
    [cut] = [cut for cut in cuts_of(found) if cut.is_of_areas]
    assert cut.left_out
    rows = {row.row: row.area_code for row in found.rows}
    members = [
        tuple({rows[row] for row in point.fact.rows} for point in one.groups if point.fact)
        for one in cut.slices
    ]
    assert all(own == members[0] for own in members)
    assert cut.areas is not None and sum(map(len, members[0])) == cut.areas.value


def test_a_group_of_areas_is_their_mean_by_people(demo_pack: Pack) -> None:
    found = read_asked(demo_pack, COUNTRY, indicator="smoking_adults", dimension="areas")
    [cut] = cuts_of(found)
    most = cut.slices[-1].groups[0].fact
    assert most is not None
    rows = [row for row in found.rows if row.row in most.rows]
    people = sum(row.denominator for row in rows)
    assert most.value == pytest.approx(sum(row.value * row.denominator for row in rows) / people)
    assert len(rows) == 7


def test_a_place_without_groups_says_what_would_be_needed(demo_pack: Pack) -> None:
    document = open_indicator_gradient(demo_pack, DISTRICT, indicator="smoking_adults")
    said = texts(document, "answer")
    assert "Cannot tell" in said and "What would be needed" in said
    assert len(document.facts) == 0


def test_years_and_groups_can_be_chosen(demo_pack: Pack) -> None:
    document = open_indicator_gradient(
        demo_pack, COUNTRY, indicator="smoking_adults", dimension="demo2024", since=2018, until=2021
    )
    assert "2018" in texts(document, "answer") and "2016" not in texts(document, "measures")


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"indicator": "smoking_adult"}, UnknownIndicator, "smoking_adults"),
        ({"sex": "Men"}, ParameterError, "Male"),
        ({"level": "district"}, ParameterError, "lower"),
        ({"dimension": "demo2023"}, ParameterError, "demo2024"),
        ({"since": 2020, "until": 2019}, ParameterError, "earlier year first"),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(
    demo_pack: Pack, wrong: dict[str, object], error: type[Exception], words: str
) -> None:
    asked_for = {"indicator": "smoking_adults", **wrong}
    with pytest.raises(error, match=words):
        open_indicator_gradient(demo_pack, COUNTRY, **asked_for)


def test_the_how_to_names_every_parameter(repo: Path) -> None:
    text = (repo / "docs" / "how-to-indicator-gradient.md").read_text(encoding="utf-8")
    for name in ("indicator", "dimension", "level", "sex", "since", "until"):
        assert f"`{name}`" in text


def test_a_newer_index_of_the_gap_is_told_where_the_groups_are_old(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The briefing of the place has it: two pages would tell two gaps, and neither why."""
    life = {"indicator": "life_expectancy", "sex": "Male"}
    assert read_asked(demo_pack, DISTRICT, **life).newer_index is None, "it is of the same years"
    index = "life_expectancy_inequality"

    def read_later(pack: Pack, ids: tuple[str, ...], *roles: tuple[str, str]) -> list[Row]:
        rows = read_rows(pack, ids, *roles)
        if ids != (index,):
            return rows
        return [row._replace(period_end=row.period_end.replace(year=2030)) for row in rows]

    monkeypatch.setattr("ineqlib.briefings.indicator_gradient.asked.read_rows", read_later)
    found = read_asked(demo_pack, DISTRICT, **life)
    men = [row for row in read_rows(demo_pack, (index,), (DISTRICT, "")) if row.sex == "Male"]
    assert found.newer_index is not None
    assert found.newer_index.value == men[-1].value
    said = next_step(found, [followed(found, cut) for cut in cuts_of(found)]).text
    assert f"index of this gap is newer ({found.newer_index.text} in" in said
    assert read_asked(demo_pack, DISTRICT, until=2024, **life).newer_index is None
