"""Lookups, code history, neighbours and populations."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.layouts.lookups import known_changes
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


def test_the_known_changes_hold_together():
    changes = known_changes()
    assert not changes.duplicated(["old_code", "new_code"]).any()
    times = changes.groupby("old_code")["kind"].agg(["size", "first", "nunique"])
    assert (times["nunique"] == 1).all()
    assert (times["size"] > 1).eq(times["first"] == "split").all()
    assert not (set(changes["new_code"][changes["kind"] == "renamed"]) & set(changes["old_code"]))
    hertfordshire = changes[changes["old_code"].isin(["E07000097", "E07000100", "E07000101"])]
    assert sorted(hertfordshire["new_code"]) == ["E07000240", "E07000242", "E07000243"]


def test_neighbours_outside_england_are_set_aside_and_the_rest_ranked_again():
    content = "AREACD,1,2,3\nE06000001,W06000001,E06000002,E06000003\nW06000001,E06000001,,\n"
    parsed = parse(content, {"method": "ONS demographic neighbours"})
    assert parsed.frame["neighbour_code"].tolist() == ["E06000002", "E06000003"]
    assert parsed.frame["rank"].tolist() == [1, 2]
    assert parsed.set_aside[0].rows == 4
    with pytest.raises(InputError, match="method: ONS demographic neighbours"):
        parse(content)


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
