"""A project is made whole or not at all, asks what it must, and is never written over."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from ineqlib.cli import main, projects
from ineqlib.document.notebook_parameters import defaults, read_notebook
from ineqlib.files import shipped
from ineqlib.pack import Pack
from ineqlib.publish.run_file import read_run
from ineqlib.pulling import reach
from ineqlib.sources.layouts.own_figures import OPTIONAL, REQUIRED
from ineqlib.workbench import doctor, notebooks, project
from ineqlib.workbench.templates import COLUMNS, CSV, XLSX, write_templates

OWN = (
    "area_code,area_name,indicator,period,value\n"
    "E07000243,Stevenage,Warm homes visits,2023,4\nE92000001,England,Warm homes visits,2023,5\n"
)


def ineq(*words: object, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answers)


@pytest.fixture(autouse=True)
def copied_demonstration(demo_pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take seconds off every project: the demonstration pack is made once for all tests."""
    monkeypatch.setattr(project, "make_demo_pack", lambda out: shutil.copytree(demo_pack.path, out))


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    assert ineq("new", folder, "--quiet").exit_code == 0
    return folder


def parameters(folder: Path, name: str) -> dict[str, object]:
    path = folder / "notebooks" / f"{name}.ipynb"
    return defaults(read_notebook(path), path)


def test_a_project_has_all_that_a_beginner_needs(tmp_path: Path) -> None:
    folder = tmp_path / "my-council"
    told = ineq("new", folder, "--area", "Stevenage", "--audience", "member")
    assert told.exit_code == 0, told.output
    assert "Next: ineq lab" in told.output
    ours = {path.name for path in shipped("notebooks").glob("*.ipynb")}
    assert {path.name for path in (folder / "notebooks").iterdir()} == ours
    assert parameters(folder, "area_briefing")["audience"] == "member"
    assert parameters(folder, "economic_case")["audience"] == "director", "not for members"
    assert parameters(folder, "reorganisation")["area"] == "X10000001", "a district has no parts"
    assert parameters(folder, "my_question")["area"] == "X07000001"
    assert parameters(folder, "exercises")["pack"] == "../data/training"
    assert len((folder / "README.md").read_text(encoding="utf-8").splitlines()) <= 10
    assert "data/" in (folder / ".gitignore").read_text(encoding="utf-8")
    run = read_run(folder / "params" / "runs" / "mine.yml")
    assert run.choice.areas == ("Stevenage",)
    assert (
        read_run(folder / "params" / "runs" / "demo.yml").pack == (folder / "data/demo").resolve()
    )


def test_notebooks_of_a_project_with_data_open_its_area(tmp_path: Path, downloads: Path) -> None:
    folder = tmp_path / "mine"
    told = ineq("new", folder, "--area", "stevenage", "--data", downloads, "--quiet")
    assert told.exit_code == 0, told.output
    assert parameters(folder, "summary")["area"] == "E07000243"
    assert parameters(folder, "summary")["pack"] == "../data/packs/mine"
    assert read_run(folder / "params" / "runs" / "mine.yml").choice.areas == ("E07000243",)


def test_what_is_not_given_is_asked(
    tmp_path: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects, "is_terminal", lambda: True)
    folder = tmp_path / "asked"
    given = ["Stevenige", "membr", "member", "nowhere", downloads, downloads, folder, "Stevenage"]
    answers = "".join(f"{line}\n" for line in given)
    told = ineq("new", answers=answers)
    assert told.exit_code == 0, told.output
    assert "4 of 4" in told.output
    for again in ("Did you mean 'member'", "no folder nowhere", "is there already"):
        assert again in told.output
    assert "Did you mean 'Stevenage'" in told.output
    assert parameters(folder, "summary")["audience"] == "member"
    assert parameters(folder, "annex")["area"] == "E07000243"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "ineq new my-council"),
        (["here", "--audience", "membr"], 3, "Did you mean 'member'"),
        (["here", "--area", "Stevenige", "--data", "downloads"], 3, "Did you mean 'Stevenage'"),
        (["here", "--data", "downloads"], 3, "--area"),
        (["here", "--area", "Stevenage", "--data", "nowhere"], 4, "nowhere"),
        (["downloads"], 7, "is there already"),
    ],
)
def test_no_half_made_project_is_left(
    tmp_path: Path,
    downloads: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = ineq("new", *words, "--quiet")
    assert result.exit_code == code, result.output
    assert message in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["downloads"]
    assert [path.name for path in downloads.iterdir()] == ["own.csv"]


def test_what_cannot_be_made_is_not_said_to_be_in_the_making(downloads: Path) -> None:
    told = ineq("new", downloads)
    assert told.exit_code == 7
    assert told.output.startswith("Error: ")


@pytest.fixture
def updated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the package ship other words in some of its notebooks, as after an update."""
    folder = tmp_path / "update"
    shutil.copytree(shipped("notebooks"), folder / "notebooks")
    monkeypatch.setattr(notebooks, "shipped", folder.joinpath)

    def update(*names: str) -> None:
        for name in names:
            change(folder / "notebooks" / name, "Of the update.")

    return update


def change(path: Path, words: str) -> None:
    """Put a cell of Markdown at the end of a notebook."""
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"].append({"cell_type": "markdown", "metadata": {}, "source": [words]})
    path.write_text(json.dumps(book), encoding="utf-8")


def states(folder: Path) -> dict[str, str]:
    return {each.name: each.state for each in notebooks.notebook_states(folder)}


def test_an_update_tells_whose_changes_a_notebook_has(
    made: Path, updated: Callable[..., None]
) -> None:
    for name in ("annex.ipynb", "summary.ipynb"):
        change(made / "notebooks" / name, "Mine.")
    (made / "notebooks" / "methods.ipynb").unlink()
    updated("summary.ipynb", "welcome.ipynb")
    assert states(made) == states(made) | {
        "annex.ipynb": "changed by you",
        "summary.ipynb": "changed by both",
        "welcome.ipynb": "changed by us",
        "methods.ipynb": "no longer in your project",
        "my_question.ipynb": "as it was made",
    }


def test_running_and_saving_a_notebook_is_no_change(made: Path) -> None:
    path = made / "notebooks" / "annex.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["metadata"]["widgets"] = {}
    code = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["a"]}]
    code["execution_count"] = 7
    path.write_text(json.dumps(book, indent=2), encoding="utf-8")
    assert states(made)["annex.ipynb"] == "as it was made"


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing of this computer looked at, which may be short of disk."""
    monkeypatch.setattr(doctor, "checks", lambda _: {})
    monkeypatch.setattr(reach, "network_checks", dict)


@pytest.mark.usefixtures("well")
def test_newer_notebooks_stand_beside_and_overwrite_nothing(
    made: Path, updated: Callable[..., None]
) -> None:
    folder = made / "notebooks"
    updated("annex.ipynb", "summary.ipynb")
    change(folder / "summary.ipynb", "Mine.")
    (folder / "annex.new.ipynb").write_text("kept", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = ineq("doctor", made, "--beside")
    assert told.exit_code == 0, told.output
    assert "annex.new.ipynb was there already" in told.output
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"summary.new.ipynb"}
    assert b"Of the update." in after["summary.new.ipynb"]
    (folder / "summary.new.ipynb").replace(folder / "summary.ipynb")
    assert states(made)["summary.ipynb"] == "as it was made", "taken over, it is the newest"


@pytest.mark.usefixtures("well")
def test_doctor_says_which_run_lacks_its_pack(made: Path, tmp_path: Path) -> None:
    told = ineq("doctor", made).output
    assert "demo.yml" in told and "makes documents from Demonstration county" in told
    assert "There is no pack" in told
    elsewhere = ineq("doctor", tmp_path)
    assert elsewhere.exit_code == 3
    assert "ineq new" in elsewhere.output


def test_jupyterlab_is_not_started_where_there_is_nothing_to_open(tmp_path: Path) -> None:
    result = ineq("lab", tmp_path, "--no-browser")
    assert result.exit_code == 3
    assert "ineq new my-council" in result.output


def test_columns_of_the_templates_are_those_that_are_read() -> None:
    assert set(REQUIRED) <= set(COLUMNS) <= {*REQUIRED, *OPTIONAL}
    assert {name for name, (needed, *_) in COLUMNS.items() if needed} == set(REQUIRED)


@pytest.mark.parametrize("column", [2, 3])
@pytest.mark.parametrize("name", [XLSX, CSV])
def test_the_examples_of_a_template_can_be_used_as_they_are(
    tmp_path: Path, name: str, column: int
) -> None:
    write_templates(tmp_path)
    file = tmp_path / name
    empty = ineq("check", file)
    assert empty.exit_code == 4 and "no rows" in empty.output
    example = [cells[column] for cells in COLUMNS.values()]
    if name == XLSX:
        book = openpyxl.load_workbook(file)
        book["Figures"].append(example)
        book.save(file)
    else:
        with file.open("a", encoding="utf-8") as csv:
            csv.write(",".join(map(str, example)) + "\n")
    told = ineq("check", file)
    assert told.exit_code == 0, told.output
    assert "can be used: 1 figure of 1 area" in told.output
    assert ("1 suppressed" in told.output) == (column == 3)


def test_an_area_with_another_name_than_in_the_pack_is_told(
    tmp_path: Path, demo_pack: Pack
) -> None:
    file = tmp_path / "mine.csv"
    rows = "X07000001,Coldmarket,Visits,2023,4\nX07000003,dunhollow,Visits,2023,5\n"
    file.write_text("area_code,area_name,indicator,period,value\n" + rows, encoding="utf-8")
    told = ineq("check", file, "--beside", demo_pack.path)
    assert told.exit_code == 0, told.output
    assert "Coldmarket (X07000001), there Brackenhythe. Check the codes." in told.output
    assert "Dunhollow" not in told.output


def test_own_figures_are_looked_over_as_by_a_colleague(tmp_path: Path, demo_pack: Pack) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(OWN + "E07000243,Stevenage,smokng_adults,2023,11\n", encoding="utf-8")
    told = ineq("check", file, "--beside", demo_pack.path)
    assert told.exit_code == 0, told.output
    for words in (
        "3 figures of 2 areas",
        "Did you mean 'smoking_adults'?",
        "never as better or worse, as no polarity is given: “smokng_adults”, “Warm homes visits”",
        "lacks 2 areas of it: E07000243, E92000001",
        "Next: ",
    ):
        assert words in told.output
    assert told.output.count("smoking_adults") == 1
    stated = (
        OWN.replace("value", "value,polarity").replace(",4", ",4,favourable").replace(",5", ",5,")
    )
    file.write_text(stated, encoding="utf-8")
    told = ineq("check", file)
    assert "better or worse by their polarity: “Warm homes visits”" in told.output
    assert "never as" not in told.output
    file.write_text(OWN.replace(",4\n", ",4x\n").replace("E92000001", "E92"), encoding="utf-8")
    told = ineq("check", file)
    assert told.exit_code == 4
    assert "cannot be used yet" in told.output
    assert "row 2" in told.output and "row 3" in told.output
    assert ineq("check", demo_pack.path, "--beside", demo_pack.path).exit_code == 2
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000243,Stevenage,E12000006,East\n")
    told = ineq("check", lookup)
    assert told.exit_code == 4
    assert "taken for: ONS lookup. That holds no figures. Put it into the folder" in told.output
    lock = tmp_path / "~$mine.xlsx"
    lock.write_bytes(b"\x05Ann")
    told = ineq("check", lock)
    assert told.exit_code == 4
    assert "1 left out, the lock of a document that is open: ~$mine.xlsx" in told.output
    assert "Give the file of figures itself" in told.output and "/figures" not in told.output
    for options in ((), ("--beside", demo_pack.path)):
        told = ineq("check", tmp_path / "mne.csv", *options)
        assert told.exit_code == 4 and "no file" in told.output
        assert "Did you mean 'mine.csv'?" in told.output
