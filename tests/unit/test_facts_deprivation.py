"""Shares of people are claimed only where the people of every neighbourhood are known."""

import pytest

from ineqlib.facts.deprivation import Spread, national_spread
from ineqlib.facts.profile import read_profile
from ineqlib.narrative import area as words
from ineqlib.pack import Pack

AREA = "X07000001"


def spread_of(pack: Pack) -> Spread:
    profile = read_profile(pack, AREA, comparators=[], indicator_set="headline")
    spread = national_spread(profile)
    assert spread is not None
    return spread


def test_the_spread_counts_everybody_once(demo_pack: Pack) -> None:
    spread = spread_of(demo_pack)
    assert spread.unit == "people"
    assert [tenth.decile for tenth in spread.tenths] == list(range(1, 11))
    shares = [tenth.share.value for tenth in spread.tenths]
    assert sum(shares) == pytest.approx(100)
    assert (spread.most.value, spread.least.value) == (sum(shares[:2]), sum(shares[8:]))
    rows = demo_pack.small_areas(AREA)
    newest = rows[rows["index"] == spread.index]
    assert sum(tenth.amount.value for tenth in spread.tenths) == newest["population"].sum()
    assert spread.neighbourhoods.value == len(spread.places) == len(newest)


def test_fifths_of_the_area_are_nearly_equal_and_the_most_deprived_is_first(
    demo_pack: Pack,
) -> None:
    spread = spread_of(demo_pack)
    rows = demo_pack.small_areas(AREA)
    rank = rows[rows["index"] == spread.index].set_index("small_area_code")["rank"]
    fifths = [
        [rank[place.code] for place in spread.places if place.fifth == number]
        for number in range(1, 6)
    ]
    sizes = [len(ranks) for ranks in fifths]
    assert max(sizes) - min(sizes) <= 1
    assert all(max(fifths[n]) < min(fifths[n + 1]) for n in range(4))


def test_one_neighbourhood_without_people_makes_it_a_share_of_neighbourhoods(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = demo_pack.small_areas(AREA)
    rows.loc[rows.index[0], "population"] = None
    monkeypatch.setattr(Pack, "small_areas", lambda *_: rows)
    spread = spread_of(demo_pack)
    assert spread.unit == "neighbourhoods"
    assert [tenth.amount.value for tenth in spread.tenths] == [
        (rows["decile"] == decile).sum() for decile in range(1, 11)
    ]
    text = words.spread(spread, "Brackenhythe", "Lindermark").text
    assert text.startswith("Of Brackenhythe's ")
    assert " neighbourhoods, " in text
    assert "people" not in text
