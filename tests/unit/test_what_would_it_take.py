"""What it would take: exact where there is no noise, right where the truth is known, else words."""

from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import ineqlib as iq
from ineqlib.briefings.what_would_it_take.done import CANNOT, NEVER, SELDOM, WITHIN, verdict_of
from ineqlib.briefings.what_would_it_take.facts import takes
from ineqlib.briefings.what_would_it_take.words import who_did
from ineqlib.document.model import Document
from ineqlib.errors import InputError, ParameterError, UnknownIndicator
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.facts.tier_series import read_tier_series
from ineqlib.measures.panel import Panel
from ineqlib.measures.rates_of_progress import RatesOfProgress, rates_of_progress
from ineqlib.measures.required_change import required_change
from ineqlib.measures.segments import segments
from ineqlib.measures.variance_components import variance_components
from ineqlib.pack import Pack

from .simulated.moving_areas import Country, held

AREA = "X07000001"
YEARS = np.arange(10.0)
RATES = np.linspace(-1, 1, 21)
"""Change a year of areas that move evenly."""


def even(width: float = 1.0) -> Panel:
    return Panel(RATES[:, None] * YEARS, YEARS, width)


def noise_alone(seed: int, areas: int = 60, width: int = 1) -> Panel:
    years = np.random.default_rng(seed).normal(0, width**0.5, (areas, len(YEARS) + width - 1))
    pooled = np.lib.stride_tricks.sliding_window_view(years, width, axis=1).mean(axis=2)
    return Panel(50 + pooled, YEARS, float(width))


def test_the_required_change_is_the_gap_over_the_years_with_students_interval() -> None:
    change = required_change(20.0, 15.0, years=5, se=1.25)
    assert change.value == -1.0
    assert change.se == pytest.approx(1.25 / 5)
    assert [change.lower, change.upper] == pytest.approx([-1 - 1.96 * 0.25, -1 + 1.96 * 0.25], 1e-4)
    wider = required_change(20.0, 15.0, years=5, se=1.0, freedom=4)
    assert (wider.upper - wider.value) * 5 == pytest.approx(2.776, abs=1e-3)
    with pytest.raises(ParameterError, match="years=0"):
        required_change(20.0, 15.0, years=0)


@pytest.mark.parametrize(("required", "did"), [(0.85, 2), (0.25, 8), (-2.0, 21), (1.05, 0)])
def test_without_noise_the_count_is_the_count(required: float, did: int) -> None:
    done = rates_of_progress(even(), run=5)
    assert done
    number = done.number(required)
    assert (number.value, number.lower, number.upper) == (did, did, did)
    assert done.ever.value == pytest.approx(RATES, abs=1e-3)


def test_where_low_is_good_a_fall_is_the_achievement() -> None:
    done = rates_of_progress(even(), run=5, higher_is_better=False)
    assert done
    assert done.ever.value == pytest.approx(-RATES, abs=1e-3)


def test_noise_alone_is_no_achievement() -> None:
    panel = noise_alone(1)
    by_eye = ((panel.value[:, 5:] - panel.value[:, :-5]) / 5).max(axis=1) >= 0.3
    done = rates_of_progress(panel, run=5)
    assert done
    assert by_eye.sum() > 20
    assert done.number(0.3).value <= 2


@pytest.mark.parametrize("width", [1, 3])
def test_noise_is_told_from_figures_that_share_years_or_not(width: int) -> None:
    told = [
        variance_components(noise_alone(seed, 150, width)).noise[:, 0].mean() for seed in range(6)
    ]
    assert np.mean(told) == pytest.approx(1.0, abs=0.15)


def test_an_interval_is_never_narrowed_by_calm_figures() -> None:
    panel = even()
    se = np.full(panel.value.shape, 0.5)
    assert (variance_components(Panel(panel.value, YEARS, 1.0, se)).noise >= 0.25).all()


def test_runs_share_no_year_and_do_not_cross_a_break() -> None:
    assert rates_of_progress(even(width=3.0), run=2) is None
    parts = np.array([0] * 5 + [1] * 5)
    done = rates_of_progress(Panel(even().value, YEARS, 1.0, None, parts), run=4)
    assert done
    assert list(zip(done.starts, done.ends, strict=True)) == [(0, 4), (5, 9)]


def test_a_break_and_an_odd_year_are_told_by_all_areas_at_once() -> None:
    value = RATES[:, None] * YEARS / 10
    assert segments(value).tolist() == [0] * 10
    assert segments(value + 30 * (YEARS >= 6)).tolist() == [0] * 6 + [1] * 4
    assert segments(value + 30 * (YEARS == 6)).tolist() == [0] * 6 + [-1] + [0] * 3


def test_of_too_few_areas_nothing_is_told() -> None:
    with pytest.raises(InputError, match="12 areas"):
        variance_components(Panel(even().value[:11], YEARS))


def test_intervals_hold_the_truth() -> None:
    """A small part of what benchmarks/targets.py does."""
    country = Country("few", areas=60, periods=10)
    results = [held(country, seed) for seed in range(8)]
    assert 0.9 < np.mean([one["required"] for one in results]) <= 1
    assert 0.9 < np.mean([one["usual"] for one in results]) <= 1
    told = np.mean([one["similar told"] - one["similar did"] for one in results])
    seen = np.mean([one["similar seen"] - one["similar did"] for one in results])
    assert abs(told) < abs(seen)


def judged(run: int, value: float, se: float = 0.0) -> str:
    done = rates_of_progress(even(), run=run)
    assert done
    change = required_change(0.0, 5 * value, years=5, se=5 * se)
    return verdict_of(done, np.ones(21, dtype=bool), change)[0]


def test_the_verdict_is_by_shares_of_the_similar_areas() -> None:
    assert [judged(4, value) for value in (0.4, 0.75, 1.2)] == [WITHIN, SELDOM, NEVER]


def test_where_chance_or_few_years_decide_there_is_no_verdict() -> None:
    assert judged(4, 0.75, se=0.5) == CANNOT
    # Ten years hold one run of five: nobody having done it says little of other times,
    assert judged(5, 1.2) == CANNOT
    assert judged(5, 1.6) == NEVER  # unless it is beyond what even those would bring.


@cache
def document(pack: Pack, target: str, by: int = 2028, indicator: str = "adults who smoke"):
    return iq.open_what_would_it_take(pack, AREA, indicator=indicator, target=target, by=by)


def message(made: Document) -> str:
    return made.section("answer").blocks[0].words.text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("2", "Never done"),  # all of the county falls by half a point a year: this asks for two
        ("10.5", "Within what similar areas did"),
        ("20", "Already there"),
        ("country", "11.5%"),
    ],
)
def test_on_the_demonstration_county_the_answer_is_right(
    demo_pack: Pack, target: str, says: str
) -> None:
    assert says in message(document(demo_pack, target))


def test_half_the_gap_is_half_way_to_the_country(demo_pack: Pack) -> None:
    series = read_tier_series(demo_pack, AREA, indicator_named(demo_pack, "smoking_adults"), "")
    assert series
    asked = takes(series, "half_the_gap", 2028)
    assert asked.now
    assert asked.country
    assert asked.target
    middle = (asked.now.value + asked.country.value) / 2
    assert asked.target.fact.value == pytest.approx(middle)
    whole = takes(series, "country", 2028)
    assert whole.required
    assert asked.required
    assert whole.required.value == pytest.approx(2 * asked.required.value)


def test_the_best_similar_area_is_named(demo_pack: Pack) -> None:
    assert "the best of the similar areas" in message(document(demo_pack, "best_similar"))


def test_events_are_those_of_the_people_counted(demo_pack: Pack) -> None:
    facts = document(demo_pack, "7").facts.values()
    events, people, fewer = (
        next(fact for fact in facts if fact.id.startswith(name))
        for name in ("events-", "people-", "fewer-")
    )
    assert events.value - fewer.value == pytest.approx(0.07 * people.value)


def test_pooled_periods_that_overlap_the_newest_cannot_be_judged(demo_pack: Pack) -> None:
    said = message(document(demo_pack, "country", 2026, "life_expectancy"))
    assert said.startswith("Cannot tell")
    assert "no figure before 2027 shares no year" in said


def test_what_is_not_there_is_refused_in_words(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match="There is no target 'englnd'"):
        document(demo_pack, "englnd")
    with pytest.raises(ParameterError, match="The year 28"):
        document(demo_pack, "country", 28)
    with pytest.raises(UnknownIndicator, match="Did you mean"):
        document(demo_pack, "country", 2028, "smoking_adult")
    with pytest.raises(ParameterError, match="There is no sex 'men'"):
        iq.open_what_would_it_take(demo_pack, AREA, sex="men")


def test_without_figures_the_page_says_so(demo_pack: Pack) -> None:
    made = document(demo_pack, "country", 2028, "good_level_of_development")
    [block, step] = made.section("answer").blocks
    assert "has no figures" in block.words.text  # type: ignore[union-attr]
    assert step.words.text.startswith("What next: ask about the county")  # type: ignore[union-attr]
    assert not made.facts


def test_an_area_that_nobody_has_a_run_for_counts_for_nothing() -> None:
    value = even().value.copy()
    value[0, 3:] = np.nan
    done = rates_of_progress(Panel(value, YEARS), run=5)
    assert isinstance(done, RatesOfProgress)
    assert done.runs[0] == 0
    assert np.isnan(done.ever.value[0])
    assert done.number(-5.0).value == 20


def test_an_old_target_is_judged_by_the_figures_of_then(
    demo_pack: Pack, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(repo / "benchmarks")
    targets = import_module("targets")
    series = read_tier_series(demo_pack, AREA, indicator_named(demo_pack, "smoking_adults"), "")
    assert series
    judged_then = targets.judged(demo_pack, series, 4, 3)
    later = series.panel.value.copy()
    later[:, 5:] = 1.0  # whatever came of them: here everybody gave up
    panel = replace(series.panel, value=later)
    all_true = targets.judged(demo_pack, replace(series, panel=panel), 4, 3)
    assert all(came_true for _, _, came_true in all_true)
    verdicts: list[Counter[str]] = [Counter() for _ in range(2)]
    for counted, result in zip(verdicts, (judged_then, all_true), strict=True):
        for (_, verdict, _), number in result.items():
            counted[verdict] += number
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].total() > 10


def test_that_nobody_did_as_much_is_of_the_years_that_the_pack_has(demo_pack: Pack) -> None:
    series = read_tier_series(demo_pack, AREA, indicator_named(demo_pack, "smoking_adults"), "")
    assert series is not None
    asked = takes(series, "country", 0)
    assert asked.done is not None
    said = who_did(asked, asked.done).text
    assert said.endswith(f" since {series.labels[0]}.")
    assert "ever" not in said


def test_what_some_did_is_of_their_best_years_and_what_none_did_of_any(demo_pack: Pack) -> None:
    """ "All did as much over any 5 years" reads as if none had ever failed to."""
    series = read_tier_series(demo_pack, AREA, indicator_named(demo_pack, "smoking_adults"), "")
    assert series is not None
    asked = takes(series, "country", 0)
    assert asked.done is not None
    for did, words in ((0.0, "over any "), (1.0, "in their best ")):
        done = replace(asked.done, similar_did=replace(asked.done.similar_did, value=did))
        assert f"did as much {words}" in who_did(asked, done).text


def test_too_few_areas_to_draw_from_are_told_and_do_not_fail_the_page(demo_pack: Pack) -> None:
    asked = {"indicator": "breastfeeding_6_8_weeks", "target": "best_similar"}
    page = iq.open_what_would_it_take(demo_pack, "X92000001", **asked)
    assert page.summary == "Cannot tell"
    assert "too few areas have figures in several periods" in page.section("answer").html
