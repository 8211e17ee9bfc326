"""What an area of one's own is made of: parts found, overlaps refused, ways to put it together."""

import pandas as pd
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.geography.changes import COLUMNS
from ineqlib.geography.ground import Ground
from ineqlib.geography.own_areas import OwnArea, require_known_parents

AREAS = pd.DataFrame(
    [
        ("E07000001", "Ashthorpe", "lad", "E10000001", False, ""),
        ("E07000002", "Beford", "lad", "E10000001", False, ""),
        ("E06000003", "Ceford", "lad", "", False, ""),
        ("E07000009", "Oldham-on-Sea", "lad", "", True, "E06000003"),
        ("E10000001", "Shire", "utla", "", False, ""),
        ("E05000001", "Ashthorpe North", "ward", "E07000001", False, ""),
    ],
    columns=["area_code", "area_name", "area_type", "parent_code", "ended", "successors"],
).assign(region_code="E12000001", country_code="E92000001")


def small(code: str, name: str, district: str, index: str, ward: str = "") -> tuple:
    return code, name, district, index, 1, ward and "Ashthorpe North", ward


NORTH = "E05000001"
SMALL = pd.DataFrame(
    [
        small("E01000001", "Ashthorpe 001A", "E07000001", "iod2025", NORTH),
        small("E01000002", "Ashthorpe 001B", "E07000001", "iod2025", NORTH),
        small("E01000003", "Ashthorpe 002A", "E07000001", "iod2025"),
        small("E01000011", "Beford 001A", "E07000002", "iod2025"),
        small("E01000021", "Ceford 001A", "E06000003", "iod2025"),
        small("E01000001", "Ashthorpe 001A", "E07000001", "imd2019", NORTH),
        small("E01000090", "Ashthorpe 001Z", "E07000001", "imd2019"),
        small("E01000011", "Beford 001A", "E07000002", "imd2019"),
        small("E01000021", "Ceford 001A", "E06000003", "imd2019"),
    ],
    columns="small_area_code small_area_name area_code index decile locality locality_code".split(),
)
SPLIT = pd.DataFrame(
    [("E01000090", "E01000002", "S"), ("E01000090", "E01000003", "S")], columns=COLUMNS
)


def made(*parts: tuple[str, str], changes: pd.DataFrame = SPLIT, small_areas: pd.DataFrame = SMALL):
    return Ground(AREAS, small_areas, changes).make(OwnArea("X-A", "Mine", parts))


def test_districts_are_found_by_code_and_name_and_are_the_county_together():
    mine = made(("lad", "E07000001"), ("lad", "beford"))
    assert mine.covers == (
        ("E10000001",),
        ("E07000001", "E07000002"),
        tuple(sorted({"E01000001", "E01000002", "E01000003", "E01000011"})),
    )
    assert mine.members["imd2019"] == {"E01000001", "E01000090", "E01000011"}
    assert mine.without == {}


def test_all_neighbourhoods_of_a_district_are_the_district():
    codes = ("E01000001", "E01000002", "E01000003")
    mine = made(*(("lsoa", code) for code in codes))
    assert mine.covers[0] == ("E07000001",)
    assert mine.members == {"iod2025": set(codes), "imd2019": {"E01000001", "E01000090"}}


def test_a_mixture_of_whole_parts_is_put_together_from_the_largest():
    mine = made(("lad", "Beford"), ("ward", "Ashthorpe North"), ("msoa", "Ceford 001"))
    assert mine.covers[0] == ("E06000003", "E07000002", NORTH)
    assert mine.members["iod2025"] == {"E01000001", "E01000002", "E01000011", "E01000021"}


def test_a_part_of_a_split_neighbourhood_has_no_earlier_deprivation():
    mine = made(("msoa", "Ashthorpe 001"))
    assert "only a part of what was split" in mine.without["imd2019"]
    assert "imd2019" not in mine.members


def test_without_the_lookup_of_changes_it_is_asked_for():
    mine = made(("lsoa", "E01000002"), changes=SPLIT.iloc[:0])
    assert "give the ONS lookup of LSOAs 2011 to 2021" in mine.without["imd2019"]


def test_a_neighbourhood_of_2011_stands_for_those_it_was_split_into():
    mine = made(("lsoa", "E01000090"))
    assert mine.members["iod2025"] == {"E01000002", "E01000003"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([("lad", "Ashthorpe"), ("lsoa", "E01000001")], "would be counted twice"),
        ([("lad", "Ashthorpe"), ("ward", "Ashthorpe North")], "share 2 neighbourhood"),
        ([("ward", "Ashthorpe North"), ("msoa", "Ashthorpe 001")], "share 2 neighbourhood"),
        ([("lad", "Ashthorpe"), ("lad", "E07000001")], "would be counted twice"),
        ([("lad", "Ashthrope")], "Did you mean 'Ashthorpe'"),
        ([("lad", "Oldham-on-Sea")], "is no more; it is now E06000003"),
        ([("msoa", "Ashthorpe 00l")], "Did you mean 'Ashthorpe 00"),
        ([("lsoa", "E01000004")], "there is no LSOA 'E01000004'"),
    ],
)
def test_what_cannot_be_meant_is_refused(parts, said):
    with pytest.raises(ParameterError) as refused:
        made(*parts)
    assert said in str(refused.value)
    assert "Mine (X-A)" in str(refused.value)


def test_overlaps_are_seen_where_no_neighbourhoods_are_known():
    with pytest.raises(ParameterError, match="overlap"):
        made(("lad", "Ashthorpe"), ("ward", "E05000001"), small_areas=SMALL.iloc[:0])


def test_a_parent_is_an_area_of_the_pack_or_one_of_ones_own():
    mine = OwnArea("X-A", "Mine", (), parent="Shire")
    inner = OwnArea("X-B", "Inner", (), parent="Mine")
    assert require_known_parents([mine, inner], AREAS) == {"X-A": "E10000001", "X-B": "X-A"}
    with pytest.raises(InputError, match="Did you mean 'Shire'"):
        require_known_parents([OwnArea("X-A", "Mine", (), parent="Shrie")], AREAS)
