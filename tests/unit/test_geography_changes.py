"""Neighbourhoods of 2011 and 2021: counts are carried over exactly or refused."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.geography.changes import COLUMNS, SmallAreaChanges, small_area_changes

PAIRS = pd.DataFrame(
    [
        ("S", "S1", "S"),
        ("S", "S2", "S"),
        ("M1", "M", "M"),
        ("M2", "M", "M"),
        ("X1", "Y1", "X"),
        ("X1", "Y2", "X"),
        ("X2", "Y2", "X"),
    ],
    columns=COLUMNS,
)


@pytest.fixture
def changes() -> SmallAreaChanges:
    return SmallAreaChanges(PAIRS)


@pytest.mark.parametrize(
    ("codes", "to", "carried", "left"),
    [
        ({"U", "S"}, "new", {"U", "S1", "S2"}, ()),
        ({"S1", "S2"}, "old", {"S"}, ()),
        ({"S1"}, "old", set(), ("S1",)),
        ({"M1", "M2"}, "new", {"M"}, ()),
        ({"M1"}, "new", set(), ("M1",)),
        ({"M"}, "old", {"M1", "M2"}, ()),
        ({"X1", "X2"}, "new", set(), ("X1", "X2")),
    ],
)
def test_the_same_ground_or_nothing(changes, codes, to, carried, left):
    result = changes.carry(codes, to)
    assert (set(result.codes), result.left) == (carried, left)
    assert bool(result.reason) == bool(left)


def test_only_changes_are_kept_of_the_lookup():
    published = pd.DataFrame(
        {"lsoa11cd": ["A", "S"], "LSOA21CD": ["A", "S1"], "CHGIND": ["U", "S"]}
    )
    assert small_area_changes(published).to_numpy().tolist() == [["S", "S1", "S"]]
    with pytest.raises(InputError, match="holds 'Q'"):
        small_area_changes(published.assign(CHGIND=["U", "Q"]))
