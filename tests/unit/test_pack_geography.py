"""Which of two stands among shapes, lookups and changes of codes; areas beyond England."""

import json
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import MultiPolygon, box

import ineqlib as iq
from ineqlib.briefings.area.document import open_briefing
from ineqlib.cli import main
from ineqlib.errors import ParameterError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.editions import Edition
from ineqlib.pack.geography import area_changes
from ineqlib.pack.inputs import Input
from ineqlib.pack.model import TABLES
from ineqlib.pack.report import FileReport
from ineqlib.pack.shapes import (
    TOLERANCES,
    VERTICES,
    boundary_tables,
    simplified,
    within_budget,
)
from ineqlib.sources.layouts.lookups import CHANGES
from ineqlib.sources.recognise import recognise

OWN = "area_code,area_name,indicator,period,value\nE07000243,Stevenage,Visits,2023,4\n"
CODES = ("E07000243", "E07000242", "E07000095", "E07000240")
DAY = pd.Timestamp(2026, 11, 30)


def square(east, north=220_000, side=1000):
    return box(east, north, east + side, north + side)


def boundaries(head, shapes, **properties):
    """Write shapes, by code, as the ONS does; a set with a GlobalID is as it was published."""
    columns = {f"{head}CD": list(shapes), f"{head}NM": [f"Area {code}" for code in shapes]}
    frame = gpd.GeoDataFrame({**columns, **properties}, geometry=list(shapes.values()), crs=27700)
    return frame.to_json(to_wgs84=False)


def row_of(codes, start=520_000, step=1000):
    return {code: square(start + step * number) for number, code in enumerate(codes)}


FICTIONAL = (
    "area_code,area_name,indicator,period,value,polarity\n"
    "X07000001,Ambridge,Visits,2023,4,favourable\nX07000002,Borchester,Visits,2023,5,\n"
    "X12000001,Borsetshire,Visits,2023,5,\n"
)
REGIONS = (
    "LAD24CD,LAD24NM,RGN24CD,RGN24NM\nX07000001,Ambridge,X12000001,Borsetshire\n"
    "X07000002,Borchester,X12000001,Borsetshire\n"
)
WARDS = (
    "area_code,area_name,indicator,period,value,polarity,parent_code\n"
    "E07000243,Stevenage,Visits,2023,4,favourable,\n"
    "E05000001,Bedwell,Visits,2023,3,,\nE05000002,Chells,Visits,2023,5,,E07000242\n"
    "E02000001,Stevenage 001,Visits,2023,6,,\nE01000001,Stevenage 001A,Visits,2023,7,,\n"
)
LSOA_WARDS = (
    "LSOA11CD,LSOA11NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n"
    "E01000001,Stevenage 001A,E05000001,Bedwell,E07000101,Stevenage\n"
)
IMD = "Index of Multiple Deprivation (IMD)"
FILE_7 = (
    "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
    f"{IMD} Rank (where 1 is most deprived),{IMD} Decile (where 1 is most deprived 10% of LSOAs)\n"
    "E01000001,Stevenage 001A,E07000101,1,1\n"
)


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Return a function that builds a pack of the texts given by file name."""
    monkeypatch.chdir(tmp_path)

    def built(**files):
        folder = tmp_path / "received"
        folder.mkdir()
        for name, text in {"own_csv": OWN, **files}.items():
            (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
        report = build(folder, tmp_path / "pack")
        return open_pack(report.path), {file.name: file for file in report.files}

    return built


def mapped(figures=(), **files):
    """Return the boundary tables of maps given by file name, and the report on each file."""
    inputs = []
    for name, text in files.items():
        parsed = recognise(text.encode()).parse(text.encode(), {})
        inputs.append(Input(parsed, FileReport(name, set_aside=list(parsed.set_aside)), Edition()))
    small = pd.DataFrame(columns=list(TABLES["small_areas"]))
    history = CodeHistory(area_changes([], DAY))
    tables = boundary_tables(inputs, small, history, figures, DAY.year)
    return tables, {file.report.name: file.report for file in inputs}


def reasons(file):
    return [aside.reason for aside in file.set_aside]


def test_a_partial_newer_set_does_not_replace_a_complete_one():
    tables, files = mapped(
        a25=boundaries("LAD25", row_of(CODES[:2])),
        b24=boundaries("LAD24", row_of(CODES)),
    )
    assert set(tables["boundaries_lad"]["code"]) == set(CODES)
    assert reasons(files["a25"]) == ["the set of 2024 covers 4 of 4 areas, this one 2"]
    assert files["a25"].set_aside[0].rows == 2


def test_a_newer_set_of_reorganised_areas_is_complete():
    """Two districts became one: its code is new, but it lies where they were."""
    merged = {"E06000099": shapely.union_all(list(row_of(CODES[:2]).values()))}
    new = merged | {code: row_of(CODES)[code] for code in CODES[2:]}
    tables, files = mapped(a25=boundaries("LAD25", new), b24=boundaries("LAD24", row_of(CODES)))
    assert set(tables["boundaries_lad"]["code"]) == set(new)
    assert reasons(files["b24"]) == ["the newer set of 2025 is used"]


def test_the_set_that_covers_the_areas_with_figures_is_used_and_what_it_lacks_is_told():
    tables, files = mapped(
        {"E07000243"},
        a25=boundaries("LAD25", row_of(CODES[1:], 521_000)),
        b24=boundaries("LAD24", row_of(CODES[:1])),
    )
    assert tables["boundaries_lad"]["code"].tolist() == ["E07000243"]
    assert reasons(files["a25"]) == ["the set of 2024 covers 1 areas with figures, this one 0"]
    assert any("3 areas are only in sets that are not used" in r for r in files["b24"].remarks)


def test_of_two_editions_of_a_year_the_published_one_is_used_and_then_the_more_detailed():
    coarse = {code: shape.buffer(-10) for code, shape in row_of(CODES).items()}
    fine = {code: shape.segmentize(100) for code, shape in row_of(CODES).items()}
    tables, files = mapped(
        a=boundaries("LAD24", coarse, GlobalID="x"),
        b=boundaries("LAD24", fine, GlobalID="x"),
        c=boundaries("LAD24", fine),
    )
    assert tables["boundaries_lad"].geometry.area.tolist() == [1e6] * 4
    assert reasons(files["a"]) == ["the same shape of another file is used"]
    assert reasons(files["c"]) == ["the set of 2024 as the ONS published it is used"]


def test_shapes_of_a_year_to_come_are_told():
    tables, files = mapped(a=boundaries("LAD27", row_of(CODES)))
    assert tables == {}
    assert reasons(files["a"]) == ["they are of 2027, still to come"]


def test_the_day_of_a_build_decides_what_is_to_come(tmp_path):
    folder = tmp_path / "received"
    folder.mkdir()
    texts = {
        "own.csv": OWN.replace("2023", "2021"),
        "map.geojson": boundaries("LAD23", row_of(CODES)),
        "lookup.csv": lookup(("E07000243", "E10000015"), year=23),
        "changes.csv": SURREY.format(22, 23),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    to_come = {}
    for day in (date(2022, 3, 1), date(2023, 6, 1)):
        report = build(folder, tmp_path / "pack", today=day)
        to_come[day.year] = {
            file.name for file in report.files if "to come" in " ".join(reasons(file))
        }
    assert to_come == {2022: {"map.geojson", "lookup.csv", "changes.csv"}, 2023: set()}


def test_shapes_without_names_take_those_of_other_files(make):
    text = boundaries("LAD24", row_of(CODES[:2])).replace("LAD24NM", "other")
    pack, _ = make(a_geojson=text)
    names = dict(zip(*[pack.boundaries("lad")[name] for name in ("code", "name")], strict=True))
    assert names == {"E07000243": "Stevenage", "E07000242": "E07000242"}


def test_areas_of_other_countries_have_names_and_maps_and_leave_england_as_it_was(make, tmp_path):
    england = {code: shape.segmentize(5) for code, shape in row_of(CODES).items()}
    alone = simplified(gpd.GeoDataFrame(geometry=list(england.values()), crs=27700), "lad")[0]
    scotland = {"S12000033": square(390_000, 800_000).segmentize(1)}
    pack, files = make(
        a_geojson=boundaries("LAD24", england | scotland | {"W06000015": square(318_000, 176_000)}),
        b_geojson=boundaries(
            "LAD23", {"S12000033": square(390_000, 800_000)} | row_of(["N0900001"])
        ),
    )
    shapes = pack.boundaries("lad").set_index("code").geometry
    assert shapely.equals_exact(shapes[list(CODES)].array, alone.geometry.array).all()
    aberdeen = pack.area("S12000033")
    assert (aberdeen.area_type, aberdeen.country_code) == ("council", "S92000003")
    assert pack.area("Scotland").area_type == "country"
    assert files["a.geojson"].rows_kept == 6
    section = open_briefing(pack, "W06000015").section("deprivation")
    assert "indices of deprivation are of England" in str(section.blocks[0])


def test_the_thinning_of_more_islands_than_a_page_can_carry_ends():
    islands = MultiPolygon([square(1000 * n, side=500) for n in range(2 * VERTICES["lad"])])
    shapes, _ = simplified(gpd.GeoDataFrame(geometry=[islands], crs=27700), "lad")
    assert len(shapes.geometry[0].geoms) == 2 * VERTICES["lad"]


def test_the_smallest_tolerance_that_fits_a_page_is_found_in_few_tries(monkeypatch):
    angle = np.linspace(0, 2 * np.pi, 5000)
    far = 50_000 + 2_000 * np.sin(40 * angle)
    before = shapely.polygons([np.column_stack([far * np.cos(angle), far * np.sin(angle)])])
    tolerances, walked = iter(TOLERANCES), before
    while shapely.get_num_coordinates(walked).sum() > 200:
        walked = shapely.coverage_simplify(before, next(tolerances))
    tried = []
    simplify = shapely.coverage_simplify
    monkeypatch.setattr(shapely, "coverage_simplify", lambda *a: tried.append(a) or simplify(*a))
    assert shapely.equals_exact(within_budget(before, 200), walked).all()
    assert len(tried) < len(TOLERANCES) - len(list(tolerances))


SURREY = "LAD{0}CD,LAD{0}NM,LAD{1}CD,LAD{1}NM\nE07000207,Elmbridge,E06000099,East Surrey\n"
ELMBRIDGE = OWN + "E07000207,Elmbridge,Visits,2023,7.1\n"


def elmbridge(pack):
    rows = pack.observations().set_index("area_code")["value"]
    return rows.drop("E07000243").to_dict()


def test_one_row_of_a_merger_moves_no_figure(make):
    pack, files = make(own_csv=ELMBRIDGE, ours_csv=SURREY.format(24, 25))
    assert elmbridge(pack) == {"E07000207": 7.1}
    assert pack.area("Elmbridge").code == "E07000207", "it has not ended either"
    (aside,) = files["ours.csv"].set_aside
    assert "a renaming, or one row of a merger" in aside.reason
    assert aside.examples == ("E07000207 to E06000099",)


def test_a_change_to_come_moves_nothing_yet(make):
    year = date.today().year - 2000
    text = SURREY.format(year, year + 1).replace("East Surrey", "Elmbridge")
    pack, files = make(own_csv=ELMBRIDGE, ours_csv=text)
    assert elmbridge(pack) == {"E07000207": 7.1}
    assert reasons(files["ours.csv"]) == ["a change to come moves nothing yet"]


def test_a_renaming_that_is_over_moves_the_figure(make):
    pack, files = make(
        own_csv=ELMBRIDGE, ours_csv=SURREY.format(24, 25).replace("East Surrey", "Elmbridge")
    )
    assert elmbridge(pack) == {"E06000099": 7.1}
    assert files["ours.csv"].rows_kept == 1


def changes(*rows):
    frame = pd.DataFrame(rows, columns=["old_code", "new_code", "kind"])
    return frame.assign(old_name="A", new_name="A", date=pd.Timestamp(2024, 4, 1))[CHANGES]


def test_files_that_have_a_row_of_a_merger_each_tell_it_together():
    first = changes(("E07000901", "E06000902", "renamed"))
    second = changes(("E07000903", "E06000902", "unclear"))
    both = area_changes([first, second], DAY).set_index("old_code")["kind"]
    assert both[["E07000901", "E07000903"]].tolist() == ["merged", "merged"]


def test_what_is_known_is_not_published_otherwise():
    known = area_changes([], DAY)
    contradicted = area_changes([changes(("E07000101", "E06000902", "renamed"))], DAY)
    pd.testing.assert_frame_equal(contradicted, known, check_dtype=False)
    assert len(area_changes([], pd.Timestamp(2012, 1, 1))) == 0


def test_codes_that_lead_in_a_circle_end():
    around = [("E07000901", "E07000902"), ("E07000902", "E07000901"), ("E07000903", "E07000901")]
    renamed = CodeHistory(changes(*((old, new, "renamed") for old, new in around)))
    codes = pd.Series(["E07000903"])
    assert renamed.renamed(codes).tolist() == ["E07000903"]
    assert (
        CodeHistory(changes(*((old, new, "merged") for old, new in around))).successors("E07000903")
        == []
    )


def lookup(*pairs, year=24):
    rows = "".join(f"{child},A,{parent},B\n" for child, parent in pairs)
    return f"LAD{year}CD,LAD{year}NM,CTYUA{year}CD,CTYUA{year}NM\n{rows}"


def test_of_lookups_of_one_year_the_fuller_stands_whatever_the_files_are_called(make):
    pack, files = make(
        a_csv=lookup(("E07000243", "E10000014")),
        b_csv=lookup(("E07000243", "E10000015"), ("E07000242", "E10000015")),
        c_csv=lookup(("E07000243", "E10000016"), year=date.today().year - 1999),
    )
    assert pack.area("E07000243").parent_code == "E10000015"
    assert reasons(files["a.csv"]) == ["a fuller lookup of the same year gives another parent"]
    assert "still to come" in reasons(files["c.csv"])[0]


def test_of_lookups_of_one_year_that_are_as_full_none_stands(make):
    pack, files = make(
        a_csv=lookup(("E07000243", "E10000014"), ("E07000242", "E10000015")),
        b_csv=lookup(("E07000243", "E10000015"), ("E07000242", "E10000015")),
    )
    assert pack.area("E07000242").parent_code == "E10000015"
    assert pack.area("E07000243").parent_code == ""
    for file in ("a.csv", "b.csv"):
        (reason,) = reasons(files[file])
        assert reason.startswith("another lookup of the same year, as full, gives another parent")


def test_a_district_lies_in_the_region_of_its_county(make):
    region = "UTLA24CD,UTLA24NM,RGN24CD,RGN24NM\nE10000015,Hertfordshire,E12000006,East\n"
    pack, _ = make(a_csv=lookup(("E07000243", "E10000015")), b_csv=region)
    assert pack.area("E07000243").region_code == "E12000006"


@pytest.mark.parametrize("parent", ["E10000015", "E12000006", "E92000001"])
def test_the_areas_within_one_are_listed(make, parent):
    region = "LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000243,Stevenage,E12000006,East\n"
    england = OWN + "E92000001,England,Visits,2023,4\n"
    pack, _ = make(own_csv=england, a_csv=lookup(("E07000243", "E10000015")), b_csv=region)
    listed = CliRunner().invoke(main, ["areas", "--pack", str(pack.path), "--parent", parent])
    assert listed.exit_code == 0
    assert "E07000243" in listed.output


def test_where_no_area_is_known_to_lie_it_is_said(make):
    pack, _ = make()
    asked = ["areas", "--pack", str(pack.path), "--parent", "Stevenage"]
    listed = CliRunner().invoke(main, asked)
    assert listed.exit_code != 0
    assert "No area is known to lie in Stevenage" in (listed.output + str(listed.exception))


def test_a_file_that_is_a_part_is_refused_alone(make):
    part = json.loads(boundaries("LAD24", row_of(CODES))) | {
        "properties": {"exceededTransferLimit": True}
    }
    pack, files = make(a_geojson=json.dumps(part))
    assert files["a.geojson"].recognised_as == "not read"
    assert len(pack.observations()) == 1


def test_a_ward_lies_in_the_district_that_a_lookup_or_its_own_file_says(make) -> None:
    pack, files = make(own_csv=WARDS, lookup_csv=LSOA_WARDS, file7_csv=FILE_7)
    parents = pack.areas.set_index("area_code")["parent_code"]
    assert parents["E05000001"] == "E07000243", "by the lookup, whose code is an old one"
    assert parents["E05000002"] == "E07000242", "by its own file"
    assert parents["E02000001"] == "E07000243", "by the names of the LSOAs in it"
    assert parents["E01000001"] == "E07000243", "by the index of deprivation"
    assert files["own.csv"].rows_kept == 5
    small = pack.table("small_areas").iloc[0]
    assert (small["locality"], small["locality_code"]) == ("Bedwell", "E05000001")
    assert pack.districts("E07000243") == []


def test_without_a_lookup_it_says_which_wards_nobody_sees_and_still_keeps_the_polarity(
    make,
) -> None:
    pack, _ = make(own_csv=WARDS)
    assert (
        "3 ward(s) or neighbourhood(s) with figures that no briefing shows"
        in (pack.report.remarks[0])
    )
    assert "Bedwell (E05000001)" in pack.report.remarks[0]
    [row] = pack.indicators.to_dict("records")
    assert (row["indicator_id"], row["polarity"]) == ("own_figures_visits", "favourable")


def test_areas_whose_name_no_file_says_are_told_of(make) -> None:
    own = "area_code,indicator,period,value\nE07000243,Visits,2023,4\nE92000001,Visits,2023,5\n"
    pack, _ = make(own_csv=own)
    [remark] = pack.report.remarks
    assert remark.startswith("1 area with figures and without a name: E07000243.")


def test_a_lookup_of_wards_names_those_with_figures_and_their_districts_alone(make) -> None:
    own = "area_code,indicator,period,value\nE05000001,Visits,2023,4\nE92000001,Visits,2023,5\n"
    wards = (
        "WD24CD,WD24NM,LAD24CD,LAD24NM\nE05000001,Bedwell,E07000243,Stevenage\n"
        "E05000002,Chells,E07000243,Stevenage\nE05000003,Elsewhere,E07000096,Dacorum\n"
    )
    pack, _ = make(own_csv=own, lookup_csv=wards)
    assert pack.area("E05000001").name == "Bedwell"
    assert pack.area("E07000243").name == "Stevenage"
    assert {"E05000002", "E05000003", "E07000096"}.isdisjoint(pack.areas["area_code"])
    assert pack.report.remarks == ()


def test_areas_that_another_file_names_are_not_told_of(make) -> None:
    own = "area_code,indicator,period,value\nE07000243,Visits,2023,4\nE92000001,Visits,2023,5\n"
    pack, _ = make(own_csv=own, a_geojson=boundaries("LAD24", row_of(CODES)))
    assert pack.area("E07000243").name == "Area E07000243"
    assert not any("without a name" in remark for remark in pack.report.remarks)


@pytest.mark.parametrize("country", ["", "X92000001,Felpersham,Visits,2023,6,\n"])
def test_areas_lie_in_the_fictional_country_that_is_named_or_in_none_but_not_in_england(
    make, country
):
    pack, _ = make(own_csv=FICTIONAL + country, regions_csv=REGIONS)
    assert pack.area("Ambridge").country_code == country[:9]
    compared = iq.compare(pack, "Visits", "Ambridge")
    assert ("Felpersham" in compared.figure.html) == bool(country)
    if country:
        assert iq.trend(pack, "Visits").sentence.text.startswith("Visits: 6 in 2023")
    else:
        with pytest.raises(ParameterError, match="no country"):
            iq.trend(pack, "Visits")


def test_a_list_of_codes_in_which_none_changes_is_read(make):
    same = SURREY.format(24, 25).replace("E06000099", "E07000207")
    pack, files = make(own_csv=ELMBRIDGE, ours_csv=same)
    assert elmbridge(pack) == {"E07000207": 7.1}
    assert files["ours.csv"].as_text().startswith("ours.csv: ONS history of authority codes")
