"""Notebooks come out of our engine as they come out of Papermill's own."""

import ast
import importlib.util
import logging
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client.channels import ZMQSocketChannel
from jupyter_client.kernelspec import NoSuchKernel

from ineqlib.document.kinds import kinds
from ineqlib.engine import notebook as engine
from ineqlib.processes import Workers

SPEC = importlib.util.spec_from_file_location("notebooks", Path(__file__).parent / "notebooks.py")
notebooks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(notebooks)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
ALIKE = {name for name in kinds() if name not in {"area_briefing", "similar_areas"}}
OF_ITS_OWN_PACK = {"exercises"}
"""Run on a pack that has exercises by `tests/notebooks/test_exercises.py`, in a real kernel too."""
PROJECTS = sorted(
    path for path in NOTEBOOKS.glob("*.ipynb") if path.stem not in ALIKE | OF_ITS_OWN_PACK
)
"""One of each sort: the notebook of a kind of document shows a cover, sections and facts as those
of all other kinds do. That each runs to its end is what the tests of batches hold."""


@pytest.fixture(scope="module", autouse=True)
def ended():
    """End the engine's processes with the module."""
    yield
    if engine._workers is not None:
        engine._workers[1].close()
        engine._workers = None


@pytest.fixture(autouse=True)
def noticed(monkeypatch):
    """Have Papermill's own engine notice every reply, or it would now and then wait for ever.

    jupyter_client sends past the asyncio socket that waits for replies, and may so take away the
    signal of one that has just come; pyzmq asks that events be looked for after such a send.
    """
    send = ZMQSocketChannel.send

    def send_and_look(self, message):
        send(self, message)
        if hasattr(self.socket, "_schedule_remaining_events"):  # it is an asyncio one
            self.socket._schedule_remaining_events()

    monkeypatch.setattr(ZMQSocketChannel, "send", send_and_look)


@pytest.fixture
def both(tmp_path: Path):
    """Run cells with either engine; what is saved has to be the same, and the kind of error."""

    def run(*cells, **options):
        source = notebooks.make(tmp_path / "in.ipynb", *cells)
        stock, expected = notebooks.run(source, tmp_path / "stock.ipynb", None, **options)
        ours, error = notebooks.run(source, tmp_path / "ours.ipynb", "ineqlib", **options)
        assert notebooks.differences(ours, stock) == ""
        assert type(error) is type(expected)
        return ours, error

    return run


def test_outputs_metadata_and_tracebacks_are_those_of_papermills_engine(both):
    ours, _ = both(*notebooks.CELLS)  # Papermill raises for errors that are tagged as expected, too
    assert ours.cells[-1].metadata.papermill.status == "completed"
    assert len([cell for cell in ours.cells if cell.get("outputs")]) > 20
    programs = [notebooks.printed(cell) for cell in ours.cells if "a program" in cell.source]
    assert programs[0].split() == "from a program from the shell".split()


@pytest.mark.parametrize("name", notebooks.ENDINGS)
def test_a_notebook_that_stops_is_saved_the_same(both, name):
    ours, _ = both(*notebooks.ENDINGS[name])
    assert ours.cells[-1].metadata.papermill.status == "pending"


def test_parameters_and_options_mean_the_same(both):
    ours, _ = both(
        ("x = 1", ["parameters"]), "x", "1/0", "x + 1", parameters={"x": 3}, allow_errors=True
    )
    assert ours.cells[-1].outputs[0].data["text/plain"] == "4"


@pytest.mark.slow
@pytest.mark.parametrize("source", PROJECTS, ids=lambda path: path.stem)
def test_the_projects_notebooks_come_out_the_same(small_pack, tmp_path, source):
    """With all they show by themselves, all comparators among it."""
    given = {"pack": str(small_pack.path)}
    options = {"parameters": given, "kernel_name": "python3", "cwd": str(source.parent)}
    stock, failed = notebooks.run(source, tmp_path / "stock.ipynb", None, **options)
    ours, error = notebooks.run(source, tmp_path / "ours.ipynb", "ineqlib", **options)
    assert failed is None
    assert error is None
    assert notebooks.differences(ours, stock) == ""


def from_the_command_line(folder: Path, last: str, *words: str) -> tuple[subprocess.Popen, Path]:
    """Begin `papermill` on a notebook that imports a file beside it."""
    (folder / "helper.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-8")
    cells = [("x = 1", ["parameters"]), "from helper import double", last]
    notebooks.make(folder / "in.ipynb", *cells)
    out = folder / ("ours.ipynb" if words else "stock.ipynb")
    command = [sys.executable, "-m", "papermill", *words, "in.ipynb", out.name, "-p", "x", "3"]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL), out


def test_from_plain_papermill_in_a_folder_of_its_own(tmp_path):
    process, out = from_the_command_line(tmp_path, "double(x)", "--engine", "ineqlib")
    assert process.wait(120) == 0
    assert nbformat.read(out, 4).cells[-1].outputs[0].data["text/plain"] == "6"


def test_from_plain_papermill_a_notebook_fails_as_with_its_own_engine(tmp_path):
    begun = [
        from_the_command_line(tmp_path, "double(x) / 0", *words)
        for words in ([], ["--engine", "ineqlib"])
    ]
    assert [process.wait(120) for process, _ in begun] == [1, 1]
    stock, ours = (nbformat.read(out, 4) for _, out in begun)
    assert notebooks.differences(ours, stock) == ""


def test_no_notebook_sees_what_another_left(tmp_path, monkeypatch):
    source = notebooks.make(
        tmp_path / "in.ipynb",
        "import os, pandas as pd, altair as alt\n"
        "seen = (os.environ.get('LEFT'), os.environ['ROUND'], os.getcwd(),\n"
        "        pd.get_option('display.max_rows'), hasattr(pd.DataFrame, 'left'),\n"
        "        alt.renderers.active, 'left' in globals())",
        "seen",
        "left = 1; os.environ['LEFT'] = 'x'; os.chdir('/'); pd.DataFrame.left = 1\n"
        "pd.set_option('display.max_rows', 7); alt.renderers.enable('mimetype');",
    )
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv("ROUND", str(number))
        ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib", cwd=str(folder))
        assert error is None
        seen = ast.literal_eval(ran.cells[1].outputs[0].data["text/plain"])
        assert seen == (None, str(number), str(folder), 60, False, "default", False)


@pytest.mark.parametrize(
    ("cell", "options", "kind"),
    [
        ("import time; time.sleep(60)", {"execution_timeout": 1}, "CellTimeoutError"),
        ("while True: print('x', end='')", {"execution_timeout": 1}, "CellTimeoutError"),
        ("import os; os._exit(3)", {}, "DeadKernelError"),
        ("import os; os.kill(os.getpid(), 9)", {}, "DeadKernelError"),
    ],
)
def test_a_cell_that_hangs_or_kills_its_process_is_named(tmp_path, cell, options, kind):
    before = "print('before', flush=True)\n"
    source = notebooks.make(tmp_path / "in.ipynb", "1", before + cell, "3")
    ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib", **options)
    assert type(error).__name__ == kind
    records = [cell.metadata.papermill for cell in ran.cells]
    assert [record.status for record in records] == ["completed", "failed", "pending"]
    assert records[1].exception is True
    assert records[1].end_time is not None
    assert ran.metadata.papermill.exception is True
    assert ran.cells[1].outputs[0].text.startswith("before")


@pytest.mark.parametrize(
    "cell",
    [
        "while True: print('x' * 10_000)",
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'while True: print(\"yes\" * 999)'])",
        "while True:\n    try:\n        print('x' * 1_000_000)\n"
        "    except RuntimeError:\n        break",
    ],
    ids=["prints", "runs a program", "goes on"],
)
def test_a_cell_that_prints_without_end_is_stopped(tmp_path, monkeypatch, cell):
    monkeypatch.setenv("INEQLIB_OUTPUT_MB", "0.5")
    after = "import os\nos.system('echo again')\nprint('and again')"
    cells = ("1", (cell, ["raises-exception"]), after, cell, "3")
    source = notebooks.make(tmp_path / "in.ipynb", *cells)
    ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib", execution_timeout=60)
    assert isinstance(error, papermill.PapermillExecutionError)
    assert "number 4 of the notebook) printed more than 0.5 MB" in error.evalue
    ran.cells = [cell for cell in ran.cells if not notebooks.of_papermill(cell)]
    assert max(len(notebooks.printed(cell)) for cell in ran.cells) <= 500_000
    # A program's output comes through a thread of its own, and may fall between two pieces of ours.
    printed = notebooks.printed(ran.cells[2])
    assert printed.replace("\n", "") in {"againand again", "and againagain"}
    assert printed.count("\n") == 2
    assert ran.cells[-1].metadata.papermill.status == "pending"


def test_what_the_engine_cannot_do_is_done_by_papermills_own(tmp_path, caplog):
    source = notebooks.make(tmp_path / "in.ipynb", "import sys; print('a'); print('a')")
    with caplog.at_level(logging.WARNING, logger="papermill"):
        ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib", coalesce_streams=True)
    assert error is None
    assert "option 'coalesce_streams': Papermill's own engine runs" in caplog.text
    assert ran.cells[0].outputs[0].text == "a\na\n"
    _, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib", kernel_name="no-such")
    assert isinstance(error, NoSuchKernel)


def test_what_papermills_engine_loses_or_waits_for_is_reported(tmp_path):
    cells = [
        "import os, sys\nprint('half \\ud800 character', flush=True)\n"
        "os.write(1, b'below Python, ')\n'value'",
        "sys.stdout = None",
        "1",
    ]
    source = notebooks.make(tmp_path / "in.ipynb", *cells)
    ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib")
    *streams, value = ran.cells[0].outputs
    assert "".join(stream.text for stream in streams) == "half \ufffd character\nbelow Python, "
    assert value.data["text/plain"] == "'value'"
    assert "gave no answer, as it does where sys.stdout" in str(error)
    assert ran.cells[2].metadata.papermill.status == "failed"


def test_a_notebook_in_a_worker_does_not_log_its_own_running(tmp_path):
    cells = ["import logging\nlogging.basicConfig(level='DEBUG')", "print('all there is')"]
    source = notebooks.make(tmp_path / "in.ipynb", *cells)
    code = (
        "import papermill, sys, ineqlib.processes.child as child\nchild._IN_WORKER = True\n"
        "papermill.execute_notebook(*sys.argv[1:], engine_name='ineqlib', progress_bar=False)"
    )
    out = tmp_path / "out.ipynb"
    subprocess.run([sys.executable, "-c", code, str(source), str(out)], check=True, timeout=120)
    outputs = [output for cell in nbformat.read(out, 4).cells for output in cell.outputs]
    assert [output.text for output in outputs] == ["all there is\n"]


def test_logs_and_files_of_the_output_are_papermills(tmp_path, caplog):
    cells = ["import sys\nprint('to out')\nprint('to err', file=sys.stderr)\n'value'"]
    source = notebooks.make(tmp_path / "in.ipynb", *cells)
    texts = []
    for name in (None, "ineqlib"):
        caplog.clear()
        out, err = tmp_path / "out.txt", tmp_path / "err.txt"
        with (
            out.open("w") as stdout_file,
            err.open("w") as stderr_file,
            caplog.at_level(logging.INFO, logger="papermill"),
        ):
            options = {"stdout_file": stdout_file, "stderr_file": stderr_file, "log_output": True}
            _, error = notebooks.run(source, tmp_path / "out.ipynb", name, **options)
        assert error is None
        logged = [line for line in caplog.messages if line.startswith(("to ", "'value", "Ending"))]
        texts.append((out.read_text(), err.read_text(), logged))
    assert texts[0] == texts[1]
    assert texts[1][:2] == ("to out\n", "to err\n")


def test_a_long_cell_is_saved_while_it_runs(tmp_path):
    out = tmp_path / "out.ipynb"
    cell = (
        f"import json, time\nprint('half way')\nfor _ in range(100):\n    time.sleep(0.1)\n"
        f"    if 'half way\\\\n' in open({str(out)!r}).read(): print('saved'); break\n"
        "    print('.', end='')"
    )
    source = notebooks.make(tmp_path / "in.ipynb", cell)
    ran, error = notebooks.run(source, out, "ineqlib", autosave_cell_every=0.001)
    assert error is None
    assert "saved" in "".join(output.text for output in ran.cells[0].outputs)


def test_without_forking_it_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "Workers", lambda *a, **k: Workers(*a, **k, fork=False))
    before, engine._workers = engine._workers, None
    source = notebooks.make(tmp_path / "in.ipynb", "print('a')\n1", "1/0", "2")
    try:
        ours, error = notebooks.run(source, tmp_path / "ours.ipynb", "ineqlib")
        stock, _ = notebooks.run(source, tmp_path / "stock.ipynb", None)
    finally:
        engine._workers[1].close()
        engine._workers = before
    assert isinstance(error, papermill.PapermillExecutionError)
    assert notebooks.differences(ours, stock) == ""


def test_a_notebook_may_run_notebooks(tmp_path):
    inner = notebooks.make(tmp_path / "inner.ipynb", "'within'")
    source = notebooks.make(
        tmp_path / "in.ipynb",
        "import papermill\n"
        f"ran = papermill.execute_notebook({str(inner)!r}, None, engine_name='ineqlib',"
        " progress_bar=False)\nran.cells[0].outputs[0].data['text/plain']",
        "'without'",
    )
    ran, error = notebooks.run(source, tmp_path / "out.ipynb", "ineqlib")
    assert error is None
    assert ran.cells[0].outputs[-1].data["text/plain"] == "\"'within'\""
    assert ran.cells[1].outputs[0].data["text/plain"] == "'without'"
