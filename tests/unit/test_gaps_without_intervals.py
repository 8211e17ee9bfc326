"""A gap that is published without an interval is called moved where it did, and rarely else."""

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ineqlib.facts.comparisons import compare_newest
from ineqlib.facts.fact import Fact
from ineqlib.facts.inside import GapOverTime, InsideGap, inside_gaps
from ineqlib.facts.profile import read_profile
from ineqlib.facts.series import series_shown
from ineqlib.narrative.gaps import change_of_gap, gap_and_change
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack
from ineqlib.text import number

from .simulated.gaps import GAP, OTHERS, make_gaps

AREAS = 400
CALLED = ("wider", "narrower", "reversed")
DIRECTOR, MEMBER = AUDIENCES["director"], AUDIENCES["member"]


def gap_of(pack: Pack, code: str) -> InsideGap:
    profile = read_profile(pack, code, comparators=["country"], indicator_set=[GAP.id, *OTHERS])
    [inside] = inside_gaps(
        profile, compare_newest(profile, series_shown(profile), only={GAP.id}), ()
    )
    return inside


def verdict(pack: Pack, code: str) -> str:
    over = gap_of(pack, code).over_time
    assert over is not None
    return over.verdict


def test_level_gaps_are_hardly_ever_called_moved(tmp_path: Path) -> None:
    pack, codes = make_gaps(tmp_path / "pack", areas=AREAS, seed=7)
    said = Counter(map(partial(verdict, pack), codes))
    assert sum(said[way] for way in CALLED) <= 0.015 * AREAS, said
    # In England's districts, the real ones, 19 of 584 may be chance and none is called moved.
    assert 0.01 * AREAS <= said["may be chance"] <= 0.075 * AREAS, said


def test_a_gap_that_grew_by_far_is_not_left_out(tmp_path: Path) -> None:
    moving = range(0, AREAS, 20)
    pack, codes = make_gaps(tmp_path / "pack", areas=AREAS, seed=7, moving=moving, by=14)
    said = Counter(verdict(pack, codes[place]) for place in moving)
    assert said["wider"] + said["may be chance"] >= 0.8 * len(moving), said


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> InsideGap:
    pack, codes = make_gaps(tmp_path_factory.mktemp("one") / "pack", areas=30, seed=7)
    return gap_of(pack, codes[0])


def moved(before: float, after: float, said: str) -> GapOverTime:
    def of(value: float, period: str) -> Fact:
        return Fact(f"gap-{period}", value, f"{number(value, 1)} years", 1, "years", period=period)

    earlier, later = of(before, "2016 to 2018"), of(after, "2022 to 2024")
    return GapOverTime(earlier, later, of(after - before, later.period), said)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (13.4, 17.4, "In 2016 to 2018 it was 13.4 years: it may have grown, or moved so far"),
        (8.1, 3.5, "In 2016 to 2018 it was 8.1 years: it may have narrowed, or moved so far"),
        (-0.2, 3.5, "In 2016 to 2018 it was 0.2 years the other way: it may have turned round"),
    ],
)
def test_what_may_be_chance_is_told_as_that(before: float, after: float, words: str) -> None:
    told = change_of_gap(moved(before, after, "may be chance"), DIRECTOR).text
    assert told.startswith(words)
    assert told.endswith("by chance, as up to one area in twenty does.")


def test_everybody_is_told_in_short_of_a_large_move_and_of_no_small_one(inside: InsideGap) -> None:
    large = replace(inside, is_clear=True, over_time=moved(13.4, 17.4, "may be chance"))
    assert "it was 13.4 years: it may have grown" in gap_and_change(large, DIRECTOR).text
    plain = gap_and_change(large, MEMBER).text
    assert "it was 13 years: it may have grown, or this may be chance." in plain
    sure = replace(large, over_time=moved(13.4, 17.4, "wider"))
    assert "It has grown since 2016 to 2018" in gap_and_change(sure, DIRECTOR).text
    small = replace(large, over_time=moved(13.4, 14.4, "no clear change"))
    assert "2016" not in gap_and_change(small, DIRECTOR).text
    no_gap = replace(large, is_clear=False)
    assert "2016" not in gap_and_change(no_gap, DIRECTOR).text
