"""`ineq build --areas`: areas of one's own are in the pack that a folder of files gives."""

import pandas as pd
import pytest
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.errors import InputError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build

FIGURES = (
    "area_code,area_name,indicator,period,value,unit,polarity,count,denominator\n"
    "E07000243,Stevenage,Visits,2023,10,%,favourable,10,100\n"
    "E07000099,North Hertfordshire,Visits,2023,5,%,favourable,15,300\n"
)
CHANGES = (
    "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n"
    "E01000001,A,E01000001,A,U,E07000243,Stevenage\n"
    "E01000002,B,E01035001,B,S,E07000243,Stevenage\n"
    "E01000002,B,E01035002,C,S,E07000243,Stevenage\n"
)
AREAS = "areas: [{id: X-NORTH, name: The North, districts: [Stevenage, North Hertfordshire]}]"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    (files / "own.csv").write_text(FIGURES, encoding="utf-8")
    (files / "changes.csv").write_text(CHANGES, encoding="utf-8")
    (tmp_path / "areas.yml").write_text(AREAS, encoding="utf-8")
    return files


def the_north(path) -> pd.Series:
    return open_pack(path).observations(area="The North").iloc[0]


def test_own_areas_are_built_with_the_pack(folder, tmp_path):
    result = CliRunner().invoke(
        main, ["build", "files", "--out", "pack", "--areas", "areas.yml"], catch_exceptions=False
    )
    assert "The North (X-NORTH), made of Stevenage, North Hertfordshire: 1 figure" in result.output
    made = the_north(tmp_path / "pack")
    assert (made["count"], made["denominator"], made["value"]) == (25, 400, 6.25)
    listing = CliRunner().invoke(main, ["areas", "--pack", "pack"]).output
    assert "X-NORTH  own      The North" in listing


def test_they_are_found_beside_the_description(folder, tmp_path):
    described = tmp_path / "params" / "describe"
    described.mkdir(parents=True)
    (described / "areas.yml").write_text(AREAS, encoding="utf-8")
    build(folder, tmp_path / "pack")
    assert the_north(tmp_path / "pack")["count"] == 25


def test_a_changed_area_makes_another_pack_and_the_same_ones_the_same(folder, tmp_path):
    out, areas = tmp_path / "pack", tmp_path / "areas.yml"
    assert not build(folder, out, areas=areas).unchanged
    assert build(folder, out, areas=areas).unchanged
    areas.write_text(AREAS.replace(", North Hertfordshire", ""), encoding="utf-8")
    assert not build(folder, out, areas=areas).unchanged
    assert the_north(out)["note"] == "Published for Stevenage, which has the same ground"


def test_a_file_of_areas_that_is_wrong_is_refused_before_any_is_read(folder, tmp_path):
    areas = tmp_path / "areas.yml"
    areas.write_text("areas: [{id: X-A, name: A, distrcts: [B]}]", encoding="utf-8")
    with pytest.raises(InputError, match="Did you mean 'districts'"):
        build(folder, tmp_path / "pack", areas=areas)
    assert not (tmp_path / "pack").exists()


def test_changes_of_neighbourhoods_are_kept_for_areas_of_ones_own(folder, tmp_path):
    report = build(folder, tmp_path / "pack")
    changes = open_pack(tmp_path / "pack").table("small_area_changes")
    assert changes["new_code"].tolist() == ["E01035001", "E01035002"]
    (file,) = [file for file in report.files if file.name == "changes.csv"]
    assert (file.rows_kept, file.rows_set_aside) == (2, 1)
