"""Where what the engine rests on is made otherwise, notebooks run all the same, only slower."""

import ast
import logging
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest

import ineqlib.engine.notebook as engine
from ineqlib.engine.compatibility import EXPECTED, incompatibility

FOLDER = Path(engine.__file__).parent
RESTS_ON = {"IPython", "ipykernel", "jupyter_client", "nbclient", "papermill"}
PROMISED = {  # interfaces that are documented for others to use
    "jupyter_client.kernelspec",
    "papermill.engines",
    "papermill.log",
}
MISSING = "ipykernel.inprocess.ipkernel"


@pytest.fixture(autouse=True)
def checked_afresh(monkeypatch: pytest.MonkeyPatch):
    """Have the check done for this test, and once more for the next."""
    monkeypatch.setattr(engine, "_warned", False)
    incompatibility.cache_clear()
    yield
    incompatibility.cache_clear()


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "in.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in ("x = 41", "print(x + 1)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def printed(path: Path) -> str:
    return nbformat.read(path, 4).cells[-1].outputs[0].text


def test_what_is_installed_is_as_expected() -> None:
    assert incompatibility() == ""


def imported(tree: ast.AST) -> set[str]:
    """Return the modules, and names of modules, that a file imports of what the engine rests on."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=str(module), names=aliases):
                names |= {f"{module}.{alias.name}" for alias in aliases}
    return {name for name in names if name.partition(".")[0] in RESTS_ON}


def test_all_that_the_engine_imports_of_others_is_checked() -> None:
    checked = set(EXPECTED) | {
        f"{module}.{name.partition('.')[0]}" for module, names in EXPECTED.items() for name in names
    }
    unchecked = {
        name
        for file in FOLDER.glob("*.py")
        for name in imported(ast.parse(file.read_text(encoding="utf-8"))) - checked
        if name.rpartition(".")[0] not in PROMISED
    }
    assert unchecked == set()


def test_a_module_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, MISSING, None)
    problem = incompatibility()
    assert "does not know ipykernel 7" in problem
    assert f"{MISSING} cannot be imported" in problem
    assert "Papermill's own engine runs the notebooks, which takes longer" in problem


def test_a_name_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("ipykernel.iostream.OutStream._schedule_flush")
    assert "ipykernel.iostream has no OutStream._schedule_flush" in incompatibility()


def test_where_a_signature_differs_papermills_own_engine_runs_and_one_sentence_says_so(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("nbclient.util.run_hook", lambda hook: None)
    monkeypatch.setattr(engine, "_fresh_processes", lambda: pytest.fail("our engine was used"))
    out = notebook.with_name("out.ipynb")
    with caplog.at_level(logging.WARNING, logger="papermill"):
        for _ in range(2):
            papermill.execute_notebook(
                notebook, out, engine_name="ineqlib", kernel_name="python3", progress_bar=False
            )
    assert printed(out) == "42\n"
    [sentence] = [message for message in caplog.messages if "engine" in message]
    assert "nbclient.util.run_hook takes other arguments" in sentence


def test_plain_papermill_runs_a_notebook_to_its_end_where_a_module_is_missing(
    notebook: Path,
) -> None:
    code = (
        f"import sys; sys.modules[{MISSING!r}] = None\n"
        "from papermill.__main__ import papermill\npapermill()"
    )
    words = ["--engine", "ineqlib", "--kernel", "python3", "--no-progress-bar"]
    out = notebook.with_name("out.ipynb")
    done = subprocess.run(
        [sys.executable, "-c", code, *words, notebook, out],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert printed(out) == "42\n"
    assert done.stderr.count("Papermill's own engine runs the notebooks") == 1
