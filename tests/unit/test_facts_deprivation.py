"""Shares of people are claimed only where the people of every neighbourhood are known."""

import pytest

from ineqlib.facts.deprivation import national_spread
from ineqlib.facts.profile import read_profile
from ineqlib.narrative import area as words
from ineqlib.pack import Pack

AREA = "X07000001"


def test_one_neighbourhood_without_people_makes_it_a_share_of_neighbourhoods(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = demo_pack.small_areas(AREA)
    rows.loc[rows.index[0], "population"] = None
    monkeypatch.setattr(Pack, "small_areas", lambda *_: rows)
    profile = read_profile(demo_pack, AREA, comparators=[], indicator_set="headline")
    spread = national_spread(profile)
    assert spread is not None
    assert spread.unit == "neighbourhoods"
    assert [group["count"] for group in spread.groups] == [
        (rows["decile"] == decile).sum() for decile in range(1, 11)
    ]
    sentence = words.spread(spread, "Brackenhythe", "Lindermark")
    assert "neighbourhoods are among" in sentence
    assert "people" not in sentence
