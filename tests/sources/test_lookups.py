"""Lookups, code history, neighbours and populations."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.layouts.lookups import WHOLE_COUNTRY, known_changes
from ineqlib.sources.layouts.nested_areas import PARENTS
from ineqlib.sources.ons_columns import LEVELS
from ineqlib.sources.recognise import recognise


def parse(content, described=None):
    content = content.encode()
    return recognise(content).parse(content, described or {})


def test_each_level_is_given_its_parents_of_the_newest_year():
    parsed = parse(
        "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM,LAD21CD,LAD21NM,RGN19CD,RGN19NM\n"
        "E01000001,Marsh 001A,E07000150,Corby,E06000061,North Northamptonshire,E12000004,East\n"
    )
    assert parsed.kind == "area_lookup"
    found = parsed.frame.set_index(["level", "parent_level"])[["code", "parent_code", "vintage"]]
    assert found.loc[("lsoa", "lad")].tolist() == ["E01000001", "E06000061", 2021]
    assert found.loc[("lad", "region")].tolist() == ["E06000061", "E12000004", 2019]


NAMES = {"WD": "E05000001", "LAD": "E07000243", "LTLA": "E07000243", "CTY": "E10000015"} | {
    "UTLA": "E10000015",
    "CTYUA": "E10000015",
    "RGN": "E12000006",
    "LSOA": "E01000001",
    "MSOA": "E02000001",
}


@pytest.mark.parametrize("year", ["11", "26"])
@pytest.mark.parametrize(
    "heads",
    [
        *("{}{}CD {}{}NM", "{}{}cd {}{}nm", "{}{}_code {}{}_name", "{}.{}.CD {}.{}.NM"),
        *("{}20{}CD {}20{}NM", "{}-{}-Code {}-{}-Name", "{}_20{}_code {}_20{}_name"),
    ],
)
@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (child, parent)
        for child in NAMES
        for parent in NAMES
        if LEVELS[parent] in PARENTS.get(LEVELS[child], ())
    ],
)
def test_a_lookup_of_any_two_levels_is_read(child, parent, heads, year):
    columns = heads.format(child, year, child, year).split()
    columns += heads.format(parent, year, parent, year).split()
    rows = parse(f"{','.join(columns)}\n{NAMES[child]},A,{NAMES[parent]},B\n").frame
    assert rows.iloc[0].to_dict() == {
        "code": NAMES[child],
        "name": "A",
        "parent_code": NAMES[parent],
        "parent_name": "B",
        "level": LEVELS[child],
        "parent_level": LEVELS[parent],
        "vintage": 2000 + int(year),
    }


def test_a_lookup_of_two_years_places_the_neighbourhoods_of_both():
    parsed = parse(
        "MSOA11CD,MSOA11NM,MSOA21CD,MSOA21NM,LAD22CD,LAD22NM\n"
        "E02000001,Old name,E02000001,New name,E07000243,Stevenage\n"
        "E02000002,Split,E02000012,A,E07000243,Stevenage\n"
        "E02000002,Split,E02000013,B,E07000243,Stevenage\n"
        "E02000003,Moved,E02000003,Moved,E07000099,North Hertfordshire\n"
    )
    names = dict(zip(parsed.frame["code"], parsed.frame["name"], strict=True))
    assert names == {
        **{"E02000001": "New name", "E02000012": "A", "E02000013": "B", "E02000003": "Moved"},
        "E02000002": "Split",
    }
    assert not parsed.remarks
    assert not parsed.set_aside


def test_codes_in_small_letters_are_codes():
    parsed = parse("LAD23CD,LAD23NM,CTY23CD,CTY23NM\ne07000243,Stevenage,e10000015,Herts\n")
    assert parsed.frame[["code", "parent_code"]].values.tolist() == [["E07000243", "E10000015"]]


def test_blank_and_pseudo_parents_are_no_areas():
    parsed = parse(
        "LAD23CD,LAD23NM,CTY23CD,CTY23NM\nE06000001,A,,\n"
        "E06000002,B,E99999999,(pseudo) England (UA/MD/LB)\nE07000001,C,E10000001,X\n"
    )
    assert parsed.frame["code"].tolist() == ["E07000001"]
    assert parsed.set_aside[0].rows == 2


def test_a_district_lies_in_no_other_district_and_a_ward_in_no_county_for_its_district():
    parsed = parse(
        "WD23CD,WD23NM,LAD23CD,LAD23NM,CTY23CD,CTY23NM\n"
        "E05000001,A,E07000001,C,E07000002,D\n"
        "E05000002,B,E10000001,X,E10000001,X\n"
    )
    pairs = set(zip(parsed.frame["code"], parsed.frame["parent_code"], strict=True))
    assert {("E05000001", "E07000001"), ("E05000002", "E10000001")} <= pairs
    assert ("E07000001", "E07000002") not in pairs
    levels = parsed.frame.set_index(["code", "parent_code"])["parent_level"]
    assert levels["E05000002", "E10000001"] == "utla"
    assert {"another kind of area" in aside.reason for aside in parsed.set_aside} == {True}


@pytest.mark.parametrize("cell", ["", "NA", "*", "[c]"])
def test_a_row_without_a_code_of_its_own_is_set_aside(cell):
    parsed = parse(
        f"LAD23CD,LAD23NM,CTY23CD,CTY23NM\nE07000001,C,E10000001,X\n{cell},D,E10000001,X\n"
    )
    assert parsed.frame["code"].tolist() == ["E07000001"]
    [aside] = parsed.set_aside
    assert (aside.rows, aside.reason) == (1, "its own code is blank or that of no area")


def test_a_column_in_two_spellings_is_refused():
    with pytest.raises(InputError, match=r"1 column\(s\) are there twice: LAD23CD"):
        parse("LAD23CD,lad23cd,LAD23NM,RGN23CD,RGN23NM\na,a,b,c,d\n")


def test_an_area_in_two_parents_is_set_aside():
    parsed = parse(
        "LAD23CD,LAD23NM,CTYUA23CD,CTYUA23NM\n"
        "E07000001,A,E10000001,X\nE07000001,A,E10000002,Y\nE07000002,B,E10000001,X\n"
    )
    assert parsed.frame["code"].tolist() == ["E07000002"]
    assert parsed.set_aside[0].rows == 2


def test_the_many_to_many_change_of_lsoas_is_flagged():
    parsed = parse(
        "LSOA11NM,LSOA11CD,CHGIND,LSOA21NM,LSOA21CD\na,E01000001,U,a,E01000001\n"
        "b,E01000002,S,c,E01000003\nb,E01000002,S,d,E01000004\n"
    )
    assert parsed.kind == "reference"
    assert parsed.attributes["many_to_many"] == "yes"
    assert "1 unchanged, 2 split" in parsed.remarks[0]
    with pytest.raises(InputError, match="holds 'Q'"):
        parse("LSOA11NM,LSOA11CD,CHGIND,LSOA21NM,LSOA21CD\na,E01000001,Q,a,E01000001\n")


def test_the_history_of_codes_tells_renames_mergers_and_splits_apart():
    parsed = parse(
        "ltla22_code,ltla22_name,ltla23_code,ltla23_name,ltla24_code,ltla24_name\n"
        "E07000001,Same,E07000001,Same,E07000001,Same\n"
        "E07000002,A,E06000009,AB,E06000009,AB\n"
        "E07000003,B,E06000009,AB,E06000009,AB\n"
        "E07000004,C,E07000004,C,E07000005,C\n"
        "E07000006,D,E07000007,D1,E07000007,D1\n"
        "E07000006,D,E07000008,D2,E07000008,D2\n"
        "W06000001,Cymru,W06000002,Cymru,W06000002,Cymru\n"
    )
    assert parsed.kind == "area_changes"
    kinds = parsed.frame.set_index(["old_code", "new_code"])["kind"].to_dict()
    assert kinds == {
        ("E07000002", "E06000009"): "merged",
        ("E07000003", "E06000009"): "merged",
        ("E07000004", "E07000005"): "renamed",
        ("E07000006", "E07000007"): "split",
        ("E07000006", "E07000008"): "split",
    }
    renamed = parsed.frame[parsed.frame["kind"] == "renamed"]
    assert renamed["date"].tolist() == [pd.Timestamp(2024, 4, 1)]


PARTIAL = "LAD26CD,LAD26NM,LAD27CD,LAD27NM\nE07000207,Elmbridge,{}\n"


def test_a_history_of_upper_tiers_is_read():
    parsed = parse("UTLA21CD,UTLA21NM,UTLA23CD,UTLA23NM\nE10000902,A,E06000902,A\n")
    assert parsed.frame[["old_code", "kind"]].iloc[0].tolist() == ["E10000902", "renamed"]


def test_one_row_of_a_merger_is_not_taken_for_a_renaming():
    (kind,) = parse(PARTIAL.format("E06000099,East Surrey")).frame["kind"]
    assert kind == "unclear"
    (kind,) = parse(PARTIAL.format("E07000299,ELMBRIDGE")).frame["kind"]
    assert kind == "renamed", "the name says that it is the same authority"
    others = "".join(f"E0600{n:04},A,E0600{n:04},A\n" for n in range(WHOLE_COUNTRY))
    whole = parse(PARTIAL.format("E06000999,East Surrey") + others).frame
    assert whole["kind"].tolist() == ["renamed"], "a list of the whole country leaves nothing out"


def test_the_code_history_database_is_read_by_its_predecessors():
    head = "GEOGCD,GEOGNM,GEOGNMW,SI_TITLE,OPER_DATE,GEOGCD_P,GEOGNM_P,ENTITYCD,YEAR\n"
    parsed = parse(
        head
        + "E06000098,AB,,Order,01/04/2023,E07000998,A,E06,2023\n"
        + "E06000098,AB,,Order,01/04/2023,E07000997,B,E06,2023\n"
        + "E07000996,C,,Order,2024-04-01 00:00:00,E07000995,C,E07,2024\n"
        + "E07000994,E,,Order,01/04/2024,E07000993,D,E07,2024\n"
        + "E05000002,Ward,,Order,01/04/2024,E05000001,Ward,E05,2024\n"
    )
    kinds = parsed.frame.set_index("old_code")["kind"].to_dict()
    assert kinds == {
        "E07000998": "merged",
        "E07000997": "merged",
        "E07000995": "renamed",
        "E07000993": "unclear",
    }
    assert parsed.frame["date"].tolist()[1:3] == [
        pd.Timestamp(2023, 4, 1),
        pd.Timestamp(2024, 4, 1),
    ]
    assert parsed.set_aside[0].rows == 1


def test_the_known_changes_hold_together():
    changes = known_changes()
    assert not changes.duplicated(["old_code", "new_code"]).any()
    times = changes.groupby("old_code")["kind"].agg(["size", "first", "nunique"])
    assert (times["nunique"] == 1).all()
    assert (times["size"] > 1).eq(times["first"] == "split").all()
    assert not (set(changes["new_code"][changes["kind"] == "renamed"]) & set(changes["old_code"]))
    hertfordshire = changes[changes["old_code"].isin(["E07000097", "E07000100", "E07000101"])]
    assert sorted(hertfordshire["new_code"]) == ["E07000240", "E07000242", "E07000243"]


@pytest.mark.parametrize("head", ["AREACD", "areacd"])
def test_neighbours_outside_england_are_set_aside_and_the_rest_ranked_again(head):
    content = f"{head},1,2,3\nE06000001,W06000001,E06000002,E06000003\nW06000001,E06000001,,\n"
    parsed = parse(content, {"method": "ONS demographic neighbours"})
    assert parsed.frame["neighbour_code"].tolist() == ["E06000002", "E06000003"]
    assert parsed.frame["rank"].tolist() == [1, 2]
    assert parsed.set_aside[0].rows == 4
    with pytest.raises(InputError, match="method: ONS demographic neighbours"):
        parse(content)


def test_no_area_is_its_own_neighbour_and_none_is_one_twice():
    content = "areacd,areanm,1,2,3,4\nE07000243,Stevenage,E07000243,E07000001,E07000001,E07000002\n"
    parsed = parse(content, {"method": "ONS demographic neighbours"})
    pairs = parsed.frame[["rank", "neighbour_code"]]
    assert pairs.values.tolist() == [[1, "E07000001"], [2, "E07000002"]]
    assert [out.rows for out in parsed.set_aside] == [2]
    with pytest.raises(InputError, match=r"1 area\(s\) are there more than once: E07000243"):
        parse(content + "E07000243,Stevenage,E07000003,,,\n", {"method": "ONS"})


def test_an_area_with_two_populations_is_refused():
    with pytest.raises(InputError, match="1 areas are there more than once: E01000001"):
        parse("LSOA11CD,total_population,0\nE01000001,1500,20\nE01000001,1600,20\n")


def test_populations_are_totals_with_the_date_the_user_states():
    content = "LSOA11CD,LSOA11NM,total_population,0,1-4\nE01000001,Marsh 001A,1500,20,80\n"
    parsed = parse(content, {"period": "mid-2020"})
    assert parsed.kind == "population"
    assert parsed.frame.iloc[0].tolist() == ["E01000001", 1500]
    assert parsed.attributes == {"level": "lsoa", "vintage": "2011", "period": "mid-2020"}
    assert parse(content).remarks == ("the date is not stated",)


@pytest.mark.parametrize(
    "content",
    [
        "AREACD,AREANM,Global,Economic,Demographic\nE06000001,Marsh,B,A,C\n",
        "ltla21_code,ltla21_name,ethnic_group,value\nE06000001,Marsh,White,1\n",
        "MSOA11NM,MSOA11CD,MSOA21NM,MSOA21CD\nMarsh 001,E02000001,Marsh 001,E02000001\n",
    ],
)
def test_tables_no_pack_needs_are_recognised_and_said_so(content):
    parsed = parse(content)
    assert parsed.kind == "reference"
    assert parsed.remarks


def test_a_code_with_two_names_is_told_and_is_not_said_to_lie_in_several_parents():
    parsed = parse(
        "LAD23CD,LAD23NM,CTY23CD,CTY23NM\n"
        "E07000243,Stevenage,E10000015,Hertfordshire\nE07000243,Watford,E10000015,Hertfordshire\n"
        "E07000242,East Hertfordshire,E10000015,Essex\n"
    )
    assert parsed.frame["code"].tolist() == ["E07000243", "E07000242"]
    assert parsed.set_aside == ()
    [remark] = parsed.remarks
    assert "2 code(s) with several names (E07000243 is Stevenage and Watford, " in remark
    assert "E10000015 is Hertfordshire and Essex)" in remark
