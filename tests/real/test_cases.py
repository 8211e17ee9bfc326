"""Inputs that went wrong in public, as they were reported: each right, or refused in words."""

from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.pack.report import BuildReport

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"no cases beside the clone: {CASES}")


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Return a function that builds the pack of a case, with what its files leave out stated."""
    monkeypatch.chdir(tmp_path)

    def make(case: str, description: str = "") -> tuple[Pack, BuildReport]:
        stated = None
        if description:
            stated = tmp_path / "stated.yml"
            stated.write_text(description, encoding="utf-8")
        [folder] = CASES.glob(f"{case}*")
        report = build(folder / "input", tmp_path / case, describe=stated)
        for file in report.files:
            assert file.rows_kept + file.rows_set_aside + file.rows_refused == file.rows_found
        return open_pack(report.path), report

    return make


def figures(pack: Pack, **where: object) -> pd.DataFrame:
    """Return the observations of a pack, by area and period."""
    return pack.observations(**where).set_index(["area_code", "period"]).sort_index()


def remarks(report: BuildReport, file: str) -> str:
    """Return what the report says of a file."""
    return next(each for each in report.files if each.name == file).as_text()


def refusal(built, case: str) -> str:
    """Return why a case gives no pack at all."""
    with pytest.raises(InputError) as refused:
        built(case)
    return str(refused.value)


def test_months_of_iso_end_when_they_end(built):
    pack, _ = built("files-01")
    assert pack.meta.vintage == "figures up to 31 March 2024"
    ends = pack.observations()["period_end"].dt.strftime("%Y-%m-%d")
    assert sorted(set(ends)) == ["2024-01-31", "2024-02-29", "2024-03-31"]


def test_a_year_with_a_dash_is_the_financial_year_or_is_asked_about(built):
    pack, report = built("files-02")
    assert "one financial year, or 2 calendar years?" in remarks(report, "own.csv")
    assert set(pack.observations()["value"]) == {68.0, 72.0, 72.5}
    stated, _ = built("files-02", "own.csv: {period_kind: financial_year}")
    rows = stated.observations(area="E07000243", indicator="good_level_of_development")
    assert rows.loc[rows["period_start"] == "2023-04-01", "value"].tolist() == [67.0]


@pytest.mark.parametrize("case", ["files-03a", "files-03d"])
def test_years_run_together_are_read_and_the_file_beside_them_too(built, case):
    pack, report = built(case)
    assert report.not_read == ()
    assert "2023-04-01" in set(pack.observations()["period_start"].dt.strftime("%Y-%m-%d"))


def test_cells_shown_as_percentages_are_what_excel_shows(built):
    pack, _ = built("files-04")
    rows = pack.observations(indicator="smoking_adults")
    assert {11.9} <= set(rows["value"].round(6))
    assert rows["value"].min() > 1


def test_formulas_without_results_are_told_by_cell(built):
    _, report = built("files-06")
    assert "2 cells hold a formula without a saved result" in remarks(report, "visits.xlsx")
    assert "D2, D3" in remarks(report, "visits.xlsx")


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("files-08", "Row 5 has 13 cells, the heading has 27: the file is cut short"),
        ("files-25", "expected the value to be count / denominator × 100,000"),
        ("files-33b", "Row 5: a cell holds 2 line end(s) and 52 separators"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(built, case, words):
    assert words in refusal(built, case)


def test_an_indicator_under_two_names_is_kept_once(built):
    _, report = built("files-09")
    [file] = report.files
    assert (file.rows_read, file.rows_kept, file.rows_set_aside) == (6, 3, 3)


def test_what_fingertips_clients_write_is_read_like_the_download(built):
    pack, _ = built("files-11")
    assert set(pack.observations()["value"]) == {12.4, 15.1, 9.8}


def test_lookups_of_any_two_levels_say_what_lies_where(built):
    pack, report = built("files-12")
    assert report.not_read == ()
    assert [area.name for area in pack.districts("E10000015")] == [
        "East Hertfordshire",
        "Stevenage",
    ]


def test_a_part_of_a_map_is_refused_alone(built):
    _, report = built("files-14")
    assert [file.name for file in report.not_read] == ["lad24.geojson"]
    assert "only the first 2 shapes (exceededTransferLimit)" in remarks(report, "lad24.geojson")


def test_detached_parts_are_one_area(built):
    pack, report = built("files-15")
    shapes = pack.boundaries("lad").set_index("code").geometry
    assert shapes["E07000243"].area / 1e6 == pytest.approx(77.3, abs=0.5)
    assert "4 features used" in remarks(report, "lad24.geojson")
    assert "cannot be accounted for" not in report.as_text()


def test_eastings_and_northings_are_taken_as_such_or_refused(built):
    pack, report = built("files-16")
    assert len(pack.boundaries("lad")) > 0
    assert "longitude and latitude" in remarks(report, "says-wgs84.geojson")


def test_maps_are_read_in_the_portals_formats(built):
    _, report = built("files-17")
    assert [file.name for file in report.not_read] == ["LAD24.shp"]
    assert "into one zip" in remarks(report, "LAD24.shp")


def test_titles_notes_and_covers_are_passed_over(built):
    pack, report = built("files-18")
    assert report.not_read == ()
    assert "the heading is in row 4" in remarks(report, "title-rows.xlsx")
    assert "sheet 'Table_1'" in remarks(report, "cover-sheet.xlsx")
    assert not pack.observations().empty


def test_an_archive_is_read_and_old_workbooks_say_what_to_do(built):
    pack, report = built("files-19")
    assert {12.4, 15.1, 9.8, 13.0} <= set(pack.observations()["value"])
    for name in ("table.ods", "table.xls"):
        assert "save it as .xlsx or CSV" in remarks(report, name)


def test_a_download_saved_as_a_workbook_is_read(built):
    _, report = built("files-21")
    assert report.not_read == ()


def test_of_two_editions_the_later_stands_where_it_is_stated_and_none_where_it_is_not(built):
    pack, report = built("files-22")
    assert pack.observations(area="E07000243")["value"].isna().all()
    assert "nothing says which is the later edition" in report.as_text()
    dates = "a-march-2025.csv: {accessed: March 2025}\nb-november-2026.csv: {accessed: 2026-11-03}"
    stated, _ = built("files-22", dates)
    row = stated.observations(area="E07000243").iloc[0]
    assert (row["value"], row["denominator"]) == (13.6, 3088)


def test_the_count_of_a_withheld_value_is_withheld(built):
    pack, _ = built("files-28")
    rows = pack.observations()
    assert rows.loc[rows["status"] == "suppressed", "count"].isna().all()
    assert (rows["status"] == "suppressed").any()


def test_one_row_of_a_merger_renames_nothing(built):
    pack, _ = built("files-30")
    rows = pack.observations(area="E07000207")
    assert rows["value"].tolist() == [7.1]
    assert "E06000099" not in set(pack.observations()["area_code"])


def test_older_symbols_are_refused_with_what_to_write(built):
    pack, report = built("files-32")
    assert len(report.not_read) == 5
    for file in report.not_read:
        assert "write [c] for withheld, [x] for not available" in file.as_text()
    assert 4.1 in set(pack.observations()["value"])


def test_a_number_for_a_heading_is_refused_with_its_file_alone(built):
    _, report = built("files-36")
    assert [file.name for file in report.not_read] == ["own.xlsx"]
    assert "headed by a period: '2024'" in remarks(report, "own.xlsx")


def test_files_without_an_english_area_are_counted_and_left_out(built):
    _, report = built("files-37")
    assert {file.name for file in report.not_read} == {"fingertips-gp.csv", "wales-only.csv"}
    assert "No row can be kept." in remarks(report, "wales-only.csv")
