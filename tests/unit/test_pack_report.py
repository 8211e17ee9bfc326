"""The report of a build adds up, is kept in the pack, and is the same wherever it is read."""

import json
import random
from pathlib import Path

import pytest

from ineqlib.document.content_rules import broken_promises
from ineqlib.errors import OutputError, ParameterError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.pack.merge_reasons import CONFLICT, LOST_BY, REPEATED, UNDECIDED
from ineqlib.pack.report import BuildReport, FileReport, NothingToBuild
from ineqlib.publish.build_report import write_report
from ineqlib.sources.base import SetAside

ELS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
)
FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal,Time period range\n"
)
NEIGHBOURS = "AREACD,1,2\nE07000101,E07000026,W06000001\n"


def smoked(code, value, *, limits=(1, 99), of="420,3000", name="Smoking", year=2023):
    lower, upper = limits
    return (
        f"92443,{name},E92000001,England,{code},Somewhere,Districts,Persons,18+ yrs,,,{year},"
        f"{value},{lower},{upper},,,{of},,,Not compared,Not compared,{year}0000,,,1y\n"
    )


FILES = {
    "march.csv": FINGERTIPS + smoked("E07000243", 15.1) + smoked("E07000242", 9.8),
    "november.csv": FINGERTIPS + smoked("E07000243", 13.6) + smoked("E07000242", 9.8),
    "twice.csv": FINGERTIPS
    + smoked("E07000241", 8.8)
    + smoked("E07000241", 8.8, name="As another profile calls it"),
    "elsewhere.csv": FINGERTIPS + smoked("W06000001", 9.1) + smoked("A81001", 5.1),
    "els.csv": ELS
    + "E92000001,England,Nation,Cigarette smokers,2020-01-01/P5Y,11.5,Percentage,%,11,12,,\n"
    + "E07000101,Stevenage,LA,Cigarette smokers,2020-01-01/P5Y,lots,Percentage,%,11,17,,\n",
    "neighbours.csv": NEIGHBOURS,
    "unknown<script>.csv": "colour,shape\nred,round\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> BuildReport:
    root = tmp_path_factory.mktemp("report")
    folder = write(root / "received", FILES)
    description = root / "mine.yml"
    description.write_text("neighbours.csv: {method: as asked}\n", encoding="utf-8")
    return build(folder, root / "pack", describe=description)


def of(report: BuildReport, name: str) -> FileReport:
    return next(file for file in report.files if file.name == name)


def test_rows_kept_set_aside_and_refused_add_up_for_every_file(report):
    for file in report.files:
        assert file.rows_kept + file.rows_set_aside + file.rows_refused == file.rows_found
        assert "cannot be accounted for" not in " ".join(file.remarks)
    counted = {file.name: (file.rows_read, file.rows_kept) for file in report.files}
    assert sorted([counted["march.csv"], counted["november.csv"]]) == [(2, 0), (2, 1)]
    assert counted["twice.csv"] == (2, 1)
    assert counted["elsewhere.csv"] == (2, 0)


def test_rows_that_nobody_can_account_for_are_told(report):
    lost = FileReport("a.csv", kind="observations", rows_read=7, rows_found=5, rows_kept=4)
    lost.settle()
    assert lost.remarks[0].startswith("3 rows of the file cannot be accounted for")


def test_a_name_of_an_indicator_does_not_make_two_figures_of_one(report):
    [aside] = of(report, "twice.csv").set_aside
    assert (aside.reason, aside.rows) == (REPEATED, 1)
    assert REPEATED == "the same figure is kept from another row of this file"
    assert aside.examples[0].startswith("row 3: 'E0")


def test_rows_left_out_for_one_reason_at_two_stages_are_told_together():
    file = FileReport("a.csv")
    file.set_rows_aside([SetAside(REPEATED, 2, ("row 3",))])
    file.set_rows_aside([SetAside("why", 1), SetAside(REPEATED, 1)])
    assert file.set_aside == [SetAside("why", 1), SetAside(REPEATED, 3, ("row 3",))]


def test_a_figure_of_two_editions_that_nothing_tells_apart_is_not_shown_and_all_say_so(report):
    for name in ("march.csv", "november.csv"):
        assert CONFLICT in [aside.reason for aside in of(report, name).set_aside]
    assert report.remarks[0].startswith("1 figure ")
    assert "smoking_adults E07000243 2023" in report.remarks[0]
    rows = open_pack(report.path).observations(area="E07000243")
    assert rows["note"].tolist() == [UNDECIDED]
    assert set(rows["source"]) <= set(open_pack(report.path).sources["source_id"])


def test_a_statement_of_when_each_was_downloaded_decides(tmp_path):
    files = {name: FILES[name] for name in ("march.csv", "november.csv")}
    folder = write(tmp_path / "received", files)
    description = tmp_path / "mine.yml"
    description.write_text(
        "march.csv: {accessed: March 2025}\nnovember.csv: {accessed: 3 November 2026}\n", "utf-8"
    )
    made = build(folder, tmp_path / "pack", describe=description)
    assert made.remarks == ()
    pack = open_pack(made.path)
    assert pack.observations(area="E07000243")["value"].tolist() == [13.6]
    assert LOST_BY["accessed"] in [aside.reason for aside in of(made, "march.csv").set_aside]
    assert "accessed 3 November 2026" in pack.sources["attribution"][0]


def test_neither_names_nor_order_of_files_change_the_pack(tmp_path):
    """Of files that say the same, differ, repeat each other and themselves."""
    texts = [text for name, text in FILES.items() if name != "neighbours.csv"]
    texts.append(FILES["march.csv"].replace("Smoking", "Smokers").replace("9.8", "9.84"))
    made = []
    for number in range(3):
        names = [f"{n:02d}.csv" for n in range(len(texts))]
        random.Random(number).shuffle(names)
        folder = write(tmp_path / f"received{number}", dict(zip(names, texts, strict=True)))
        made.append(open_pack(build(folder, tmp_path / f"pack{number}", title="x").path))
    hashes = [{name: table.files for name, table in pack.meta.tables.items()} for pack in made]
    assert hashes[1] == hashes[0] and hashes[2] == hashes[0]


@pytest.mark.parametrize(("decile", "kept"), [(2, ["E01000002"]), (1, ["E01000001", "E01000002"])])
def test_neighbourhoods_that_two_files_rank_differently_are_not_believed(tmp_path, decile, kept):
    imd = "Index of Multiple Deprivation (IMD)"
    head = (
        "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
        f"{imd} Rank (where 1 is most deprived),{imd} Decile (where 1 is most deprived 10% of "
        "LSOAs)\n"
    )
    second = "E01000002,Somewhere 001B,E07000243,2,10\n"
    files = {
        f"{own}.csv": f"{head}E01000001,Somewhere 001A,E07000243,1,{own}\n{second}"
        for own in (1, decile)
    }
    folder = write(tmp_path / "received", {**files, "els.csv": FILES["els.csv"]})
    made = build(folder, tmp_path / "pack")
    assert open_pack(made.path).table("small_areas")["small_area_code"].tolist() == kept
    for file in made.files:
        assert file.rows_kept + file.rows_set_aside == file.rows_found
    description = tmp_path / "mine.yml"
    description.write_text(
        "1.csv: {published: 2025-03-01}\n2.csv: {published: 2019-09-26}\n", encoding="utf-8"
    )
    made = build(folder, tmp_path / "pack", describe=description)
    assert open_pack(made.path).table("small_areas")["decile"].tolist() == [1, 10]


def test_the_pack_keeps_the_report_and_gives_it_back(report):
    assert open_pack(report.path).report == report


def test_a_pack_of_an_earlier_build_gives_what_it_has():
    entry = {"file": "a.csv", "sha256": "", "recognised_as": "x", "rows_kept": 3}
    old = BuildReport.from_json(Path("p"), [{**entry, "set_aside": [], "remarks": []}])
    assert old.files == (FileReport("a.csv", recognised_as="x", rows_kept=3),)


def test_the_page_names_every_file_and_every_reason_and_runs_nothing(report, tmp_path):
    write_report(report, tmp_path / "made" / "build.html")
    page = (tmp_path / "made" / "build.html").read_text(encoding="utf-8")
    assert 'http-equiv="Content-Security-Policy"' in page and "<script" not in page
    assert "unknown&lt;script&gt;.csv" in page
    assert "Figures" in page and "Statistical neighbours" in page
    for file in report.files:
        for aside in file.set_aside:
            assert aside.reason.replace("'", "&#x27;") in page
    fragment = report._repr_html_()
    assert fragment in page, "a notebook shows the same"
    assert broken_promises(fragment, fact_ids=set()) == []


def test_the_report_is_json_too_and_nothing_else(report, tmp_path):
    write_report(report, tmp_path / "build.json")
    told = json.loads((tmp_path / "build.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in told["files"]] == [file.name for file in report.files]
    with pytest.raises(ParameterError, match=r"\.html or \.json"):
        write_report(report, tmp_path / "build.pdf")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="could not be written"):
        write_report(report, tmp_path / "file" / "build.json")


def test_a_folder_that_gives_no_figure_has_its_report(tmp_path):
    folder = write(tmp_path / "received", {"elsewhere.csv": FILES["elsewhere.csv"]})
    with pytest.raises(NothingToBuild) as nothing:
        build(folder, tmp_path / "pack")
    [file] = nothing.value.report.files
    assert (file.rows_read, file.rows_set_aside, file.is_read) == (2, 2, False)


def test_what_a_description_accepts_is_in_the_report_and_in_the_notes_of_the_pack(tmp_path):
    accepted = FileReport("a.csv", accepted="jump", set_aside=[SetAside("why", 1)])
    assert "accepted, as its description states: jump" in accepted.as_text()
    assert "jump" in BuildReport(Path("p"), (accepted,))._repr_html_()


def test_what_the_build_warned_of_can_be_read_again(report):
    told = report.warnings()
    assert REPEATED in told and CONFLICT in told and "unknown<script>.csv: not read" in told
    assert BuildReport(Path("p"), (FileReport("a.csv", recognised_as="x"),)).warnings() == ""
