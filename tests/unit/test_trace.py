"""A number on a page is followed to its file and publisher; one altered byte breaks the chain."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from ineqlib.briefings.area.document import open_briefing
from ineqlib.cli import main
from ineqlib.document.page import document_page
from ineqlib.document.verify.page import problems
from ineqlib.errors import ChainError, ParameterError
from ineqlib.files import file_sha256
from ineqlib.pack import Pack, Read, open_pack, write_pack
from ineqlib.pack.build import build
from ineqlib.pack.model import TABLES
from ineqlib.publish.manifest import READY, Entry, Manifest
from ineqlib.publish.staleness import inputs_of
from ineqlib.trace import Trace, open_tracer
from ineqlib.trace.figure import formula_of
from ineqlib.trace.page import read_traced_page

from .made_pages import report_on

FIGURE = "life-expectancy-e07000243-female-2021-2023"
OWN = """area_code,area_name,indicator,period,sex,value,lower_ci,upper_ci
E07000101,Stevenage,life_expectancy,2020 to 2022,Female,81.9,81.0,82.8
E07000101,Stevenage,life_expectancy,2021 to 2023,Female,82.2,81.3,83.1
E92000001,England,life_expectancy,2020 to 2022,Female,82.9,82.8,83.0
E92000001,England,life_expectancy,2021 to 2023,Female,83.1,83.0,83.2
"""
STATED = """own.csv:
  source: Joint needs figures
  publisher: Anytown Council
  url: https://example.org/own.csv
  accessed: 2026-11-03
"""


def make_pack(folder: Path, own: str = OWN) -> None:
    (folder / "downloads").mkdir(parents=True, exist_ok=True)
    (folder / "downloads" / "own.csv").write_text(own, encoding="utf-8")
    (folder / "stated.yml").write_text(STATED, encoding="utf-8")
    day = date(2026, 11, 29)
    build(folder / "downloads", folder / "pack", describe=folder / "stated.yml", today=day)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of one file written by hand, and the page of it."""
    folder = tmp_path_factory.mktemp("made")
    make_pack(folder)
    page = document_page(open_briefing(folder / "pack", "Stevenage"))
    (folder / "page.html").write_text(page, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Path:
    """A copy of it to alter."""
    return shutil.copytree(made, tmp_path / "own")


def followed(folder: Path, figure: str = FIGURE) -> Trace:
    return open_tracer(folder / "page.html", folder / "pack", folder / "downloads").trace(figure)


def ineq_trace(folder: Path, *words: str) -> Result:
    places = ["--pack", str(folder / "pack"), "--downloads", str(folder / "downloads")]
    return CliRunner().invoke(main, ["trace", *words, str(folder / "page.html"), *places])


def alter(path: Path, before: bytes, after: bytes) -> None:
    """Change one byte."""
    content = path.read_bytes()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    assert before in content
    path.write_bytes(content.replace(before, after, 1))


def test_a_figure_is_followed_to_row_file_address_day_and_licence(made: Path) -> None:
    trace = followed(made)
    assert [(step.name, step.outcome) for step in trace.steps] == [
        (name, "holds")
        for name in ("page", "pack", "figure", "rows", "file", "download", "publisher")
    ]
    steps = {step.name: step for step in trace.steps}
    assert steps["file"].details["sha256"] == file_sha256(made / "downloads" / "own.csv")
    [[found]] = steps["file"].details["found"].values()
    assert found == {"number": 3, "sheet": "", "value": 82.2, "agrees": True}
    assert steps["download"].details == {
        "url": "https://example.org/own.csv",
        "accessed": "2026-11-03",
    }
    assert steps["publisher"].details["publisher"] == "Anytown Council"
    assert "licence is not stated: ask" in steps["publisher"].words
    assert trace.as_text().endswith("The chain holds: every step was proved.")


def test_the_command_tells_it_to_people_and_to_machines(made: Path) -> None:
    told = ineq_trace(made, FIGURE)
    assert told.exit_code == 0, told.output
    assert "82.2 years" in told.output
    assert "row 3 says 82.2, the same" in told.output
    as_json = json.loads(ineq_trace(made, FIGURE, "--json").output)
    assert as_json["outcome"] == "holds"
    assert as_json["figure"]["id"] == FIGURE
    assert as_json["steps"] == json.loads(json.dumps(followed(made).as_json()["steps"]))


def in_words(folder: Path) -> None:
    number = re.search(rb'value="82.2" data-fact="%s">82.2' % FIGURE.encode(), page_of(folder))
    assert number
    alter(folder / "page.html", number[0], number[0][:-1] + b"3")


def in_table(folder: Path) -> None:
    row = b'<tr id="fact-%s"><th scope="row">82.2' % FIGURE.encode()
    alter(folder / "page.html", row, row[:-1] + b"3")


def in_file_of_figures(folder: Path) -> None:
    alter(folder / "page.html", FIGURE.encode() + b",82.2,", FIGURE.encode() + b",82.3,")


def in_period(folder: Path) -> None:
    alter(folder / "page.html", b"Stevenage,2021 to 2023,Female", b"Stevenage,2021 to 2024,Female")


def in_pack_table(folder: Path) -> None:
    path = folder / "pack" / "observations.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def in_source_file(folder: Path) -> None:
    alter(folder / "downloads" / "own.csv", b"83.1,83.0", b"83.1,83.2")


def page_of(folder: Path) -> bytes:
    return (folder / "page.html").read_bytes()


@pytest.mark.parametrize(
    ("change", "breaks_at", "words"),
    [
        (in_words, "page", "“82.3 years” stands for 82.2"),
        (in_table, "page", "its table of figures shows 82.3 years, its file of figures 82.2 years"),
        (in_file_of_figures, "page", "its fact says"),
        (in_period, "figure", "period is 2021 to 2023, on the page 2021 to 2024"),
        (in_pack_table, "pack", "observations.parquet should have SHA-256"),
        (in_source_file, "file", "own.csv was changed after the pack was built from it"),
    ],
)
def test_one_altered_byte_breaks_the_chain_where_it_lies(
    own: Path, change: Callable[[Path], None], breaks_at: str, words: str
) -> None:
    change(own)
    trace = followed(own)
    last = trace.steps[-1]
    assert (last.name, last.outcome) == (breaks_at, "breaks")
    assert words in last.words
    assert {step.outcome for step in trace.steps[:-1]} <= {"holds"}
    result = ineq_trace(own, FIGURE)
    assert result.exit_code == 11
    assert "The chain breaks here: " in result.output
    with pytest.raises(ChainError, match=breaks_at):
        trace.require_whole()


def test_a_byte_anywhere_in_a_published_page_breaks_the_chain(own: Path) -> None:
    page = own / "page.html"
    record = {"sha256": file_sha256(page), "bytes": page.stat().st_size}
    entry = Entry("briefing", "E07000243", "Stevenage", READY, files={page.name: record})
    Manifest({entry.key: entry}).write(own)
    assert "byte for byte" in followed(own).steps[0].words
    alter(page, b"color-scheme", b"color_scheme")
    [step] = followed(own).steps
    assert "page.html is not what was published" in step.words


def test_of_another_edition_a_figure_holds_while_it_is_the_same(own: Path) -> None:
    make_pack(own, OWN.replace("82.9,82.8,83.0", "82.8,82.7,82.9"))
    trace = followed(own)
    assert trace.outcome == "holds"
    assert "names another edition" in trace.steps[1].words
    changed = followed(own, "life-expectancy-e92000001-female-2020-2022")
    assert changed.steps[-1].name == "figure"
    assert "value is 82.8, on the page 82.9" in changed.steps[-1].words


@pytest.mark.parametrize(
    ("note", "code", "outcome", "words"),
    [
        ("", "E07000103", "breaks", "in none of the files that the pack says it was built from"),
        (
            "Added up of two districts",
            "E07000103",
            "open",
            "made from others, as its note says: Add",
        ),
        ("Added up of two districts", "E07000243", "breaks", "says is in none of the files"),
    ],
)
def test_a_row_that_no_file_has_breaks_the_chain_unless_it_says_how_it_was_made(
    own: Path, note: str, code: str, outcome: str, words: str
) -> None:
    pack = open_pack(own / "pack")
    tables = {name: pack.table(name) for name in pack.meta.tables}
    rows = tables["observations"]
    is_made = (rows["area_code"] == "E07000243") & (rows["period"] == "2021 to 2023")
    tables["observations"] = rows.assign(
        area_code=rows["area_code"].mask(is_made, code),
        value=rows["value"].mask(is_made, 82.0),
        note=rows["note"].mask(is_made, note),
    ).drop(columns="row")
    areas = tables["areas"]
    tables["areas"] = areas.assign(area_code=areas["area_code"].replace("E07000243", code))
    write_pack(own / "pack", tables, pack.meta)
    page = document_page(open_briefing(own / "pack", code))
    (own / "page.html").write_text(page, encoding="utf-8", newline="")
    steps = followed(own, FIGURE.replace("e07000243", code.lower())).steps
    [step] = [step for step in steps if step.outcome != "holds" and step.name == "file"]
    assert step.outcome == outcome
    assert words in step.words


def test_what_is_not_at_hand_is_named_with_what_would_be_needed(own: Path) -> None:
    shutil.rmtree(own / "downloads")
    result = ineq_trace(own, FIGURE)
    assert result.exit_code == 0
    assert "(open) own.csv is not at hand" in result.output
    told = " ".join(result.output.split())
    assert f"the file with SHA-256 {hashlib.sha256(OWN.encode()).hexdigest()}" in told


def test_an_id_with_a_slip_is_taken_for_the_nearest_and_words_find_ids(made: Path) -> None:
    assert followed(made, f"#fact-{FIGURE}").figure["id"] == FIGURE
    slipped = followed(made, FIGURE.replace("expectancy", "expectency"))
    assert slipped.figure["id"] == FIGURE
    assert "(the nearest to 'life-expectency-e07000243" in slipped.as_text()
    with pytest.raises(ParameterError, match="has no figure 'obesity' among its"):
        followed(made, "obesity")
    page = read_traced_page(made / "page.html")
    assert [figure["id"] for figure in page.listed("Stevenage 2023 published")] == [FIGURE]
    listed = CliRunner().invoke(main, ["trace", "--list", "published", str(page.path)])
    assert FIGURE in listed.output
    slip = CliRunner().invoke(main, ["trace", "--list", "life expectency", str(page.path)])
    assert slip.output.endswith("each of: life expectency. Did you mean 'expectancy'?\n")


def test_a_page_names_its_pack_and_the_pack_is_found_by_it(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(own / "pack", own / "data" / "packs" / "mine")
    monkeypatch.chdir(own)
    result = CliRunner().invoke(main, ["trace", FIGURE, "page.html"])
    assert result.exit_code == 0, result.output
    assert "row 3 says 82.2, the same" in result.output  # downloads/ is looked into by itself
    shutil.rmtree(own / "data")
    result = CliRunner().invoke(main, ["trace", FIGURE, "page.html"])
    assert result.exit_code == 3
    assert "Say with --pack where it is" in result.output


def test_the_page_names_publisher_file_and_day_of_its_figures(made: Path) -> None:
    page = page_of(made).decode()
    files = page.partition("The files behind these figures")[2].partition("</table>")[0]
    assert "<td>Anytown Council<td>own.csv<td>accessed 3 November 2026" in files
    row = page.partition(f'<tr id="fact-{FIGURE}">')[2].partition("<tr")[0].partition("</table>")[0]
    assert row.endswith("<td>file 1")


def test_the_sources_of_a_page_have_licence_and_day_and_a_missing_licence_is_said(
    made: Path,
) -> None:
    words = open_briefing(made / "pack", "Stevenage").markdown("sources")
    assert "| Joint needs figures | Anytown Council | not stated |" in words
    assert "accessed 3 November 2026" in words
    assert "The licence of 1 source is not stated: Joint needs figures." in words
    short = open_briefing(made / "pack", "Stevenage", annex="none").markdown("annex")
    assert "Joint needs figures (licence not stated, accessed 3 November 2026)" in short


def test_a_page_that_names_another_pack_or_hides_its_files_is_not_published(made: Path) -> None:
    pack = open_pack(made / "pack")
    document = open_briefing(pack, "Stevenage")
    page = page_of(made).decode()
    report = report_on(page, document)
    assert problems(page, document, pack, report=report, others={}) == []
    renamed = page.replace(pack.id, "0" * 64)
    [problem] = problems(renamed, document, pack, report=report, others={})
    assert problem.startswith("The page says it is made from the pack 0000000000000000;")
    hidden = page.replace("<td>own.csv<td>", "<td>other.csv<td>")
    [problem] = problems(hidden, document, pack, report=report, others={})
    assert problem == ("Of 1 file behind the figures, the page does not name 1: own.csv.")


def test_figures_are_followed_with_the_indicators_that_a_file_beside_the_page_chose(
    own: Path,
) -> None:
    chosen = own / "chosen.yml"
    chosen.write_text("name: one\ntitle: One\nindicators: [life_expectancy]\n", encoding="utf-8")
    document = open_briefing(own / "pack", "Stevenage", indicator_set=str(chosen))
    page = document_page(document)
    assert str(own) not in page
    (own / "page.html").write_text(page, encoding="utf-8", newline="")
    counted = "count-judged-e07000243"
    assert followed(own, counted).outcome == "holds"
    chosen.unlink()
    [step] = [step for step in followed(own, counted).steps if step.outcome != "holds"]
    assert (step.name, step.outcome) == ("figure", "open")
    assert "It cannot be computed again: the document cannot be built again" in step.words


def test_a_row_is_found_again_in_an_archive_and_in_a_sheet(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    with zipfile.ZipFile(downloads / "own.zip", "w") as archive:
        archive.writestr("own.csv", OWN.replace("life_expectancy", "smoking_adults"))
    with pd.ExcelWriter(downloads / "own.xlsx") as book:
        table = pd.read_csv(io.StringIO(OWN))
        table.iloc[:2].to_excel(book, sheet_name="Districts", index=False, startrow=2)
        table.iloc[2:].to_excel(book, sheet_name="Countries", index=False)
    build(downloads, tmp_path / "pack", today=date(2026, 11, 29))
    page = document_page(open_briefing(tmp_path / "pack", "Stevenage"))
    (tmp_path / "page.html").write_text(page, encoding="utf-8", newline="")
    rows = {}
    for figure in (FIGURE, FIGURE.replace("life-expectancy", "smoking-adults")):
        files = [step for step in followed(tmp_path, figure).steps if step.name == "file"]
        [step] = [step for step in files if any(step.details["found"].values())]
        [[found]] = step.details["found"].values()
        rows[step.details["file"]] = found["sheet"], found["number"]
        assert found["agrees"]
    assert rows == {"own.xlsx/Districts": ("Districts", 5), "own.zip/own.csv": ("", 3)}


def test_every_figure_of_a_page_is_followed(small_pack: Pack, tmp_path: Path) -> None:
    document = open_briefing(small_pack, "X06000001", annex="none")
    page = tmp_path / "page.html"
    page.write_text(document_page(document), encoding="utf-8", newline="")
    tracer = open_tracer(page, small_pack.path)
    assert set(tracer.page.figures) == set(document.facts)
    wrong = {
        name: trace.outcome
        for name in document.facts
        if (trace := tracer.trace(name)).outcome != "holds"
    }
    assert wrong == {}


def test_a_computed_figure_has_its_formula_and_citation() -> None:
    sii = formula_of("SII across 5 groups: slope index of inequality, 5 groups, linear scale")
    assert sii is not None
    assert sii.source.startswith("Low and Low 2004")
    arriaga = formula_of("cancer: Arriaga's decomposition, from the most to the least deprived")
    assert arriaga is not None
    assert arriaga.name == "arriaga"
    assert formula_of("lowest of 15 neighbours") is None


def test_the_id_of_a_pack_tells_contents_apart(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    make_pack(again)
    assert open_pack(again / "pack").id == open_pack(made / "pack").id
    make_pack(again, OWN.replace("82.9", "82.8"))
    assert open_pack(again / "pack").id != open_pack(made / "pack").id


def test_a_page_that_looked_in_vain_for_a_table_is_made_again_when_there_is_one(
    made: Path, tmp_path: Path
) -> None:
    without = open_pack(made / "pack")
    assert not without.has("neighbours")
    assert Read("neighbours") in without.reads
    tables = {name: without.table(name) for name in without.meta.tables}
    near = ("E07000243", 1, "E07000103", "economic")
    tables["neighbours"] = pd.DataFrame([near], columns=list(TABLES["neighbours"]))
    write_pack(tmp_path / "with", tables, without.meta)
    before = inputs_of(without.reads, without)
    now = inputs_of(without.reads, open_pack(tmp_path / "with"))
    assert [name for name in before if now[name] != before[name]] == ["neighbours/"]
    absent = Read("observations", "smoking_adults")  # a part of a table that is there
    assert inputs_of([absent], without) == {"observations/smoking_adults": ""}
