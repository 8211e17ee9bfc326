"""The real files beside the project become a pack that agrees with what was published."""

import csv
import gzip
from itertools import takewhile

import pandas as pd
import pytest
import shapely

from ineqlib.sources.layouts.lookups import known_changes
from ineqlib.sources.recognise import read_content, recognise

pytestmark = pytest.mark.real

NOT_DATA = ("README.md", "who/", "phe_methods_reference/", "fingertips_next/", ".json", "masi_")
"""Reference values for methods, service metadata and deaths by single year of age."""

DATA_FOLDERS = (
    "ons_els",
    "imd",
    "boundaries",
    "lookups",
    "fingertips",
    "fingertips_derived",
    "population",
)
METADATA = (".json", ".json.gz")
"""Descriptions beside the data; boundaries are .geojson and .topojson."""


def test_everything_but_reference_material_is_read(report):
    unexpected = [
        file.name
        for file in report.not_read
        if not any(part in file.name for part in NOT_DATA)
        and not any("Left out, as its description says" in remark for remark in file.remarks)
    ]
    assert unexpected == []


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_every_file_of_a_folder_of_data_is_recognised(report, real_data, folder):
    """Listed on disk, so that a file the build never came across is missed too."""
    on_disk = {
        path.relative_to(real_data).as_posix()
        for path in (real_data / folder).rglob("*")
        if path.is_file() and not path.name.endswith(METADATA)
    }
    assert on_disk
    assert on_disk - {file.name for file in report.read} == set()


def test_a_file_that_is_read_says_what_became_of_its_rows(report):
    silent = [
        file.name
        for file in report.read
        if not file.rows_kept and not file.set_aside and not file.remarks
    ]
    assert silent == []


def test_a_file_that_is_not_read_says_why(report, real_data):
    on_disk = {
        path.relative_to(real_data).as_posix() for path in real_data.rglob("*") if path.is_file()
    }
    assert {file.name for file in report.files} == on_disk
    for file in report.not_read:
        assert file.remarks, file.name
        counts = f", {file.counts}" if file.counts else ""
        _, is_there, below = report.as_text().partition(f"{file.name}: not read{counts}\n")
        assert is_there
        said = list(takewhile(lambda line: line.startswith("    "), below.splitlines()))
        assert f"    {file.remarks[0].splitlines()[0]}" in said


def test_the_pack_is_small(pack):
    assert sum(file.stat().st_size for file in pack.path.iterdir()) < 60_000_000


def test_every_current_authority_has_its_place(pack):
    areas = pack.areas
    current = areas[~areas["ended"]]
    assert current["area_type"].value_counts()[["lad", "utla", "region"]].tolist() == [296, 21, 9]
    lads = current[current["area_type"] == "lad"]
    assert (lads["region_code"] != "").all()
    districts = lads["area_code"].str.startswith("E07")
    assert (lads["parent_code"] != "").eq(districts).all()
    assert len(pack.districts("Hertfordshire")) == 10
    assert pack.area("E07000097").name == "East Hertfordshire"
    assert pack.area("Sheffield").code == "E08000039"


def test_a_figure_is_the_one_in_the_raw_file(pack, real_data):
    path = real_data / "ons_els" / "healthy-life-expectancy.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        raw = [
            row
            for row in csv.DictReader(file)
            if row["areacd"] == "E10000015" and row["period"].startswith("2022")
        ]
    assert raw
    found = pack.observations("healthy_life_expectancy", "Hertfordshire", dimension="")
    found = found[found["period_start"] == "2022-01-01"]
    expected = sorted(
        (float(row["observation"]), float(row["lci_95"]), float(row["uci_95"])) for row in raw
    )
    assert sorted(zip(found["value"], found["lower_ci"], found["upper_ci"], strict=True)) == [
        tuple(pytest.approx(number, abs=0.0501) for number in row) for row in expected
    ]


def test_every_figure_has_its_source_and_indicator(pack):
    rows = pack.observations()
    assert set(rows["source"]) <= set(pack.sources["source_id"])
    assert set(rows["indicator_id"]) == set(pack.indicators["indicator_id"])
    assert set(rows["area_code"]) <= set(pack.areas["area_code"])


def test_no_figure_of_the_pack_is_there_twice(pack):
    key = "indicator_id area_code period_start period_end sex age dimension subgroup".split()
    assert not pack.observations().duplicated(key).any()


@pytest.mark.parametrize(("index", "count"), [("imd2019", 32_844), ("iod2025", 33_755)])
def test_every_neighbourhood_lies_in_a_current_authority_and_has_a_shape(pack, index, count):
    small = pack.table("small_areas", [("index", "==", index)])
    areas = pack.areas
    current = areas[(areas["area_type"] == "lad") & ~areas["ended"]]["area_code"]
    assert len(small) == count
    assert small["area_code"].isin(current).all()
    assert set(small["area_code"]) == set(current)
    shapes = pack.boundaries("small_area", index=index)
    assert set(shapes["code"]) == set(small["small_area_code"])
    assert shapes.geometry.is_valid.all()


def test_the_official_summary_agrees_with_the_neighbourhoods(pack):
    """The published share most deprived is the share of deciles 1, for authorities unchanged."""
    small = pack.table("small_areas", [("index", "==", "iod2025")])
    share = (small["decile"] == 1).groupby(small["area_code"]).mean()
    official = pack.table("area_deprivation", [("index", "==", "iod2025")])
    official = official.set_index("area_code")["share_most_deprived"]
    assert len(official) == 296
    assert (share - official).abs().max() < 0.0001


def test_shapes_of_one_district_are_small_enough_for_a_page(pack):
    liverpool = pack.boundaries("small_area", area_code="Liverpool", index="iod2025")
    assert len(liverpool) > 290
    assert len(shapely.to_geojson(liverpool.geometry.union_all())) < 100_000
    assert shapely.get_num_coordinates(liverpool.geometry.to_numpy()).sum() < 300 * 24


def test_the_known_changes_of_codes_are_those_the_ons_publishes(real_data):
    known = set(known_changes()[["old_code", "new_code"]].itertuples(index=False, name=None))
    path = real_data / "lookups" / "lad_code_history_2016_2024_uk.csv"
    content = read_content(path)
    published = recognise(content).parse(content, {}).frame
    pairs = set(published[["old_code", "new_code"]].itertuples(index=False, name=None))
    since = known_changes()
    since = since[since["date"].between("2017-01-01", "2024-12-31")]
    since = since[~since["old_code"].str.startswith("E10")]
    assert pairs <= known
    assert pairs == set(since[["old_code", "new_code"]].itertuples(index=False, name=None))


def test_the_dates_of_changes_are_those_of_the_ons_lookups(real_data):
    path = real_data / "lookups" / "lad_code_history_2016_2024_uk.csv"
    content = read_content(path)
    columns = ["old_code", "new_code", "date", "kind"]
    published = recognise(content).parse(content, {}).frame[columns]
    both = published.merge(known_changes()[columns], on=["old_code", "new_code"])
    assert (both["kind_x"] == both["kind_y"]).all()
    assert (pd.to_datetime(both["date_x"]) == pd.to_datetime(both["date_y"])).all()
