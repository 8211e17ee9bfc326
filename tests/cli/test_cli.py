"""The command line: one clear message, the right exit code, earlier outputs untouched."""

import csv
import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.cli.screen import is_reader_gone
from ineqlib.errors import UserError, exit_code
from ineqlib.pack import Pack
from ineqlib.publish.manifest import READY, Entry, Manifest


@pytest.fixture
def run_file(tmp_path: Path, repo: Path, demo_pack: Pack) -> Path:
    content = {
        "title": "Test",
        "notebook": str(repo / "notebooks" / "area_briefing.ipynb"),
        "pack": str(demo_pack.path),
        "out": "out",
        "areas": ["X07000001"],
    }
    path = tmp_path / "run.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def ineq(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def change(run_file: Path, **options: object) -> None:
    content = yaml.safe_load(run_file.read_text(encoding="utf-8")) | options
    run_file.write_text(yaml.safe_dump(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ({"aeras": []}, 3, "unknown key"),
        ({"areas": ["Brackenhyth"]}, 3, "Did you mean 'Brackenhythe'"),
        ({"areas": ["Brackenhyth", "Ambersea", "Greywik"]}, 3, "2 of 3 areas cannot be used"),
        ({"parameters": {"comparitors": ["county"]}}, 3, "Did you mean 'comparators'"),
        ({"parameters": {"comparators": ["contry"]}}, 3, "Did you mean"),
        ({"parameters": {"indicator_set": ["smoking_adults"]}}, 3, "something like 'marmot'"),
        ({"parameters": {"indicator_set": "marmott"}}, 3, "marmot"),
        ({"notebook": "none.ipynb"}, 4, "no file"),
        ({"pack": "nowhere"}, 5, "no pack"),
    ],
)
def test_a_mistake_gets_one_message_and_renders_nothing(
    run_file: Path, options: dict[str, object], code: int, message: str
) -> None:
    before = run_file.parent / "out" / "earlier.html"
    before.parent.mkdir()
    before.write_text("kept", encoding="utf-8")
    change(run_file, **options)
    result = ineq("render", run_file, "--quiet")
    assert result.exit_code == code, result.output
    assert message in result.output
    assert "Traceback" not in result.output
    assert [path.name for path in before.parent.iterdir()] == ["earlier.html"]


def test_a_pack_that_was_changed_is_refused(
    run_file: Path, demo_pack: Pack, tmp_path: Path
) -> None:
    copy = tmp_path / "changed"
    shutil.copytree(demo_pack.path, copy)
    table = copy / demo_pack.meta.tables["neighbours"].files[0].file
    table.write_bytes(table.read_bytes() + b" ")
    result = ineq("render", run_file, "--pack", copy, "--quiet")
    assert result.exit_code == 5
    assert "'neighbours'" in result.output
    assert "SHA-256" in result.output


def test_an_abolished_area_names_its_successors(run_file: Path, demo_pack: Pack) -> None:
    ended = demo_pack.areas.query("ended").iloc[0]
    change(run_file, areas=[ended["area_code"]])
    result = ineq("render", run_file, "--quiet")
    assert result.exit_code == 3
    for successor in ended["successors"].split("|"):
        assert successor in result.output


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["brackenhy"], {"X07000001"}),
        (["X0700000"], {f"X0700000{n}" for n in range(1, 10)}),
        (["countries"], None),
        (["Country"], {"X92000001"}),
        (["e", "hy", "--parent", "X10000001"], {"X07000001"}),
    ],
)
def test_areas_are_listed_by_part_of_name_start_of_code_or_type(
    demo_pack: Pack, words: list[str], codes: set[str] | None
) -> None:
    result = ineq("areas", "--pack", demo_pack.path, *words)
    assert {line.split()[0] for line in result.stdout.splitlines()} == (codes or set())
    assert (result.exit_code == 0) is (codes is not None)


def test_a_name_that_no_area_has_is_answered_with_those_near_it_and_the_types(
    demo_pack: Pack,
) -> None:
    result = ineq("areas", "--pack", demo_pack.path, "brakenhythe")
    assert result.exit_code == 3
    told = " ".join(result.stderr.split())
    assert "No area has 'brakenhythe' in its name, code or type. Near it: Brackenhythe." in told
    assert "The types are country, " in told


def test_areas_indicators_and_check_say_what_a_pack_holds(demo_pack: Pack) -> None:
    listing = ineq("areas", "--pack", demo_pack.path, "--parent", "X10000001")
    assert listing.exit_code == 0
    assert len(listing.output.splitlines()) == 10
    assert "* life_expectancy" in ineq("indicators", "--pack", demo_pack.path).output
    assert "tables as built" in ineq("check", demo_pack.path).output


@pytest.mark.parametrize(
    ("own", "code", "words"),
    [
        ([], 0, "Pack: data/demo."),
        (["mine"], 0, "Pack: mine."),
        (["mine", "north"], 2, "Name one of the 2 packs of this project with --pack: mine, north."),
    ],
)
def test_without_a_pack_the_only_one_of_a_project_is_listed_by_name(
    demo_pack: Pack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    own: list[str],
    code: int,
    words: str,
) -> None:
    for place in ("demo", *(f"packs/{name}" for name in own)):
        shutil.copytree(demo_pack.path, tmp_path / "data" / place)
    monkeypatch.chdir(tmp_path)
    listing = ineq("areas")
    assert listing.exit_code == code
    assert words in " ".join(listing.stderr.split())
    assert ("X07000001" in listing.stdout) is (code == 0)
    assert "Pack:" not in listing.stdout, "the list alone goes to a file"


def test_build_of_a_folder_without_data_says_what_it_saw(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "export.csv").write_text("<!DOCTYPE html><html>", encoding="utf-8")
    (downloads / "empty.csv").write_text("", encoding="utf-8")
    result = ineq("build", downloads, "--out", tmp_path / "pack", "--quiet")
    assert result.exit_code == 4
    assert "HTML" in result.output
    assert not (tmp_path / "pack").exists()


def test_what_is_refused_at_once_shows_no_progress(tmp_path: Path) -> None:
    result = ineq("build", tmp_path / "nowhere", "--out", tmp_path / "pack")
    expected = f"There is no folder {tmp_path / 'nowhere'}. It was looked for in {tmp_path}."
    assert result.output == f"Error: {expected}\n"
    (tmp_path / "downloads").mkdir()
    result = ineq("build", tmp_path / "donwloads", "--out", tmp_path / "out")
    assert "Did you mean 'downloads'?" in result.output


def test_build_writes_its_report_and_check_says_again_what_it_warned_of(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    own = "area_code,area_name,indicator,period,value\nE07000243,Stevenage,a,2023,"
    for name, value in (("a.csv", 1), ("b.csv", 2)):
        (downloads / name).write_text(f"{own}{value}\n", encoding="utf-8")
    pack = tmp_path / "pack"
    assert ineq("build", downloads, "--out", pack, "--report", tmp_path / "x.pdf").exit_code == 3
    assert not pack.exists(), "refused before anything is built"
    for name in ("build.html", "build.json"):
        made = ineq("build", downloads, "--out", pack, "--report", tmp_path / name, "--quiet")
        assert made.exit_code == 0
        assert "b.csv" in (tmp_path / name).read_text(encoding="utf-8")
    told = ineq("check", pack).output
    assert "neither is kept" in told and "`accessed: 2026-11-03`" in told
    (downloads / "a.csv").unlink()
    (downloads / "b.csv").write_text("colour,shape\nred,round\n", encoding="utf-8")
    result = ineq("build", downloads, "--out", pack, "--report", tmp_path / "none.html", "--quiet")
    assert result.exit_code == 4
    assert "columns colour, shape" in (tmp_path / "none.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [(), *((name,) for name in main.commands)])
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    result = ineq(*command, "--help")
    assert result.exit_code == 0
    assert "ineq " in result.output


def test_the_list_of_commands_tells_each_to_the_end_of_its_sentence() -> None:
    listing = " ".join(ineq("--help").output.partition("Commands:")[2].split())
    assert "..." not in listing
    assert "can be used; or whether a pack is as it was made." in listing


def test_help_has_every_exit_code_on_a_line_of_its_own() -> None:
    lines = ineq("--help").output.partition("Exit codes:")[2].strip().splitlines()
    codes = {int(line.split()[0]) for line in lines}
    own = [kind for kind in UserError.__subclasses__() if kind.__module__ == UserError.__module__]
    assert codes == {0, 1, 2, 70, 130} | {exit_code(kind("")) for kind in own}


@pytest.fixture
def batches(tmp_path: Path) -> list[Path]:
    """Two batches between which a district with an accent in its name went."""
    entry = Entry(
        "area_briefing", "W06000001", "Tŷ Ŵyr – gogledd", READY, files={"a.html": {}}, recipe={}
    )
    folders = [tmp_path / name for name in ("old", "new")]
    for folder, entries in zip(folders, ({entry.key: entry}, {}), strict=True):
        folder.mkdir()
        Manifest(entries, {"title": "Cymru → Lloegr"}).write(folder)
    return folders


@pytest.mark.parametrize(
    ("charset", "shown"),
    [("cp1252", "Ty Wyr – gogledd"), ("cp850", "Ty Wyr - gogledd"), ("utf-8", "Tŷ Ŵyr – gogledd")],
)
def test_no_sign_is_too_strange_for_a_redirected_file(
    batches: list[Path], charset: str, shown: str
) -> None:
    words = ["diff", *map(str, batches)]
    result = CliRunner(charset=charset).invoke(main, words)
    assert result.exit_code == 0, result.stdout
    assert shown in result.stdout
    for command in main.commands:
        assert CliRunner(charset=charset).invoke(main, [command, "--help"]).exit_code == 0


def test_a_table_opens_in_excel_as_it_was_written(batches: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "changes.csv"
    assert ineq("diff", *batches, "--out", out, "--quiet").exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Tŷ Ŵyr – gogledd" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_table_holds_what_a_spreadsheet_would_run(tmp_path: Path, sign: str) -> None:
    name = f'{sign}HYPERLINK("x")'
    figure = {"indicator": name, "sex": "", "age": "", "period": "2023", "comparison": ""}
    folders = [tmp_path / "old", tmp_path / "new"]
    for folder, value in zip(folders, (-1.5, -2.5), strict=True):
        figures = [{**figure, "value": value}]
        entry = Entry("area_briefing", "E1", name, READY, files={"a.html": {}}, figures=figures)
        folder.mkdir()
        Manifest({entry.key: entry}, {"title": "Pack"}).write(folder)
    out = tmp_path / "changes.csv"
    assert ineq("diff", *folders, "--out", out, "--quiet").exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["subject_name"], row["indicator"]) == (f"'{name}", f"'{name}")
    assert (row["old_value"], row["value"]) == ("-1.5", "-2.5"), "numbers stay numbers"


def test_a_table_that_cannot_be_written_is_told(batches: list[Path], tmp_path: Path) -> None:
    result = ineq("diff", *batches, "--out", tmp_path, "--quiet")  # it is a folder
    assert result.exit_code == 7
    assert "Close it where it is open, such as in Excel" in result.output


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [(ZeroDivisionError("boom"), 70, "please report it"), (KeyboardInterrupt(), 130, "Stopped")],
)
def test_faults_and_interruptions_have_their_own_exit_codes(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("ineqlib.pack.open_pack", fail)
    result = ineq("areas")
    assert result.exit_code == code
    assert words in result.output


def test_a_command_whose_reader_has_gone_ends_quietly() -> None:
    command = [sys.executable, "-m", "ineqlib", "indicators"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
        assert listing.stdout is not None and listing.stderr is not None
        listing.stdout.readline()
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 0


def test_a_reader_that_has_gone_is_told_from_other_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    invalid = OSError(errno.EINVAL, "Invalid argument")
    assert is_reader_gone(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert not is_reader_gone(invalid)
    monkeypatch.setattr("ineqlib.cli.screen.WINDOWS", True)
    assert is_reader_gone(invalid)
    assert not is_reader_gone(OSError(errno.EINVAL, "Invalid argument", "a?.csv"))
    assert not is_reader_gone(OSError(errno.ENOSPC, "No space left on device"))
