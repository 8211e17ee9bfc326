"""Notebooks made for the tests, run by Papermill's own engine and by ours, and made comparable."""

import difflib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import papermill

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
WIDGETS = "application/vnd.jupyter.widget-state+json"
MADE_BY_PAPERMILL = {"injected-parameters", "papermill-error-cell-tag"}
TIMES = {"start_time", "end_time", "duration"}
LONGEST = 300
"""Seconds a cell may take; without a limit, a test would wait as long as an engine does."""
CHANGING = (
    (r"0x[0-9a-f]{6,}", "0x"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid"),
    (r"altair-viz-[0-9a-f]{32}", "altair"),
    (r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", "uuid"),
    (r"#T_[0-9a-f]{5}|\bT_[0-9a-f]{5}", "T"),
    (r"/ipykernel_\d+/", "/ipykernel/"),
    (r"\d\d\d\d-\d\d-\d\dT[0-9:.]+(Z|\+00:00)", "time"),
)


CELLS = [
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out again')\n41 + 1",
    "",
    nbformat.v4.new_markdown_cell("# Words"),
    nbformat.v4.new_raw_cell("raw"),
    "import os\nos.system('echo from a program')\n!echo from the shell",
    "from IPython.display import display, clear_output, HTML, Markdown, update_display\n"
    "display(HTML('<b>b</b>'), Markdown('*m*'))\nhandle = display('first', display_id='d')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone later')\nclear_output(wait=True)\nprint('stays')",
    "clear_output(wait=True)\nhandle.update('changed in a later cell')",
    "print('gone later')\nclear_output(wait=True)\ndisplay(HTML('stays'))",
    "display({'application/json': {'a': [1, {2: (3,)}]}, 'text/plain': ['a', 'b']}, raw=True)\n"
    "display({'application/x+json': {'a': {}}}, raw=True, metadata={'m': {'n': [{'o': 1}]}})",
    "import asyncio\nawait asyncio.sleep(0)\nasync def f(): return 3\nawait f()",
    "import warnings\nwarnings.warn('mind this')",
    "import logging\nlogging.basicConfig(level=0)\nlogging.getLogger('here').warning('logged')",
    "import pandas as pd\nframe = pd.DataFrame({'a': [1, 2]})\ndisplay(frame)\nframe.head(1)",
    ("1/0", ["raises-exception"]),
    ("'is not run'", ["skip-execution"]),
    ("'is run'", ["remove-cell"]),
    ("input('?')", ["raises-exception"]),
    ("def f(x):\n    return g(x)\ndef g(x):\n    raise ValueError(x)\nf(3)", ["raises-exception"]),
    ("this is no Python", ["raises-exception"]),
    "%%capture held\nprint('captured')",
    "held.stdout, In[1][:6], Out[1], _",
    "%pwd",
    "from multiprocessing import get_context\n"
    "p = get_context('fork').Process(target=print, args=('from a fork',))\np.start(); p.join()"
    if hasattr(os, "fork")
    else "print('no fork here')",
    "import ipywidgets as w\nbox = w.Output()\nwith box:\n    print('in the box')\n"
    "    display(HTML('in the box'))\nslider = w.IntSlider(5)\ndisplay(box, slider)",
    "box.outputs, slider.value",
    (
        "class Loud:\n    def _repr_html_(self): raise KeyError('loud')\nLoud()",
        ["raises-exception"],
    ),
    "import altair as alt\nalt.Chart(frame).mark_point().encode(x='a:Q')",
    "get_ipython().__class__.__name__, __name__, sys.path[0], sys.path.index('') > 0",
    "%%bash\necho bash; echo oops >&2" if shutil.which("bash") else "1",
    "float('nan'), 1e400, '\\u00e9\\U0001f600'",
    "import decimal, numpy\ndecimal.getcontext().prec = 5; numpy.seterr(all='raise');",
    "decimal.Decimal(1) / 3, numpy.geterr()",
    "import io\nkept, sys.stdout = sys.stdout, io.StringIO()\nprint('aside')",
    "print('aside, too')",
    "aside, sys.stdout = sys.stdout, kept\naside.getvalue()",
    "import click\nclick.secho('in red', fg='red')",
    "__doc__, __spec__, 'JPY_PARENT_PID' in os.environ",
    "%gui inline\n%store",  # as %matplotlib does
    "import comm\ncomm.create_comm(target_name='nobody').close()",
    ("sys.stdout.buffer", ["raises-exception"]),
]
"""A cell's source, with its tags where it has any; or a cell."""

ENDINGS = {
    "error": ["x = 1", "def f():\n    1/0\nf()", "'never'"],
    "exit zero": ["import sys", "sys.exit(0)", "'never'"],
    "exit one": ["import sys", "sys.exit(1)", "'never'"],
    "question": ["input('?')", "'never'"],
}
"""What ends a notebook early -> its cells."""


def make(path: Path, *cells: Any) -> Path:
    """Write a notebook of code cells; a pair is a cell's source and its tags."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, given in enumerate(cells):
        if isinstance(given, nbformat.NotebookNode):
            cell = given
        else:
            source, tags = (given, []) if isinstance(given, str) else given
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": tags} if tags else {})
        cell["id"] = f"cell-{number}"
        notebook.cells.append(cell)
    nbformat.write(notebook, path)
    return path


def run(source: Path, out: Path, engine: str | None, **options: Any) -> Any:
    """Run a notebook; return it as it was saved, and the error there was."""
    error = None
    options.setdefault("execution_timeout", LONGEST)
    # ipykernel leaves out what programs print where it sees that a test is running.
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    try:
        papermill.execute_notebook(
            str(source), str(out), engine_name=engine, progress_bar=False, **options
        )
    except Exception as raised:
        error = raised
    return nbformat.read(out, 4), error


def printed(cell: Any) -> str:
    """Return what a cell wrote to its standard output and error."""
    outputs = cell.get("outputs", [])
    return "".join(output.text for output in outputs if output.output_type == "stream")


def of_papermill(cell: Any) -> bool:
    """Tell whether Papermill put this cell into the notebook."""
    return bool(MADE_BY_PAPERMILL & set(cell.metadata.get("tags", [])))


def comparable(notebook: Any) -> Any:
    """Return a notebook without times, ids made at random and addresses."""
    widgets = notebook.metadata.get("widgets", {}).get(WIDGETS, {})
    if "state" in widgets:  # by ids made at random
        widgets["state"] = sorted(_clean(list(widgets["state"].values())), key=json.dumps)
    return _clean(_joined(notebook))


def differences(ours: Any, stock: Any) -> str:
    """Return where two notebooks differ otherwise than by chance, line by line."""
    texts = [
        json.dumps(comparable(notebook), indent=1, sort_keys=True).splitlines()
        for notebook in (stock, ours)
    ]
    return "\n".join(difflib.unified_diff(*texts, "stock", "ours", lineterm=""))


def _joined(notebook: Any) -> Any:
    # How a stream is cut into pieces depends on the moment, in either engine.
    for cell in notebook.cells:
        if of_papermill(cell):
            cell["id"] = "made at random"
        pieces: list[Any] = []
        for output in cell.get("outputs", []):
            last = pieces[-1] if pieces else {}
            if output.output_type == "stream" and last.get("name") == output.name:
                last["text"] += output.text
            else:
                pieces.append(output)
        if "outputs" in cell:
            cell.outputs = pieces
    return notebook


def _clean(node: Any) -> Any:
    match node:
        case dict():
            return {
                _clean(name): "time" if name in TIMES and value is not None else _clean(value)
                for name, value in node.items()
                if name not in {"output_path", "input_path"}
            }
        case list():
            return [_clean(member) for member in node]
        case str():
            for pattern, kept in CHANGING:
                node = re.sub(pattern, kept, node)
            return node
        case _:
            return node
