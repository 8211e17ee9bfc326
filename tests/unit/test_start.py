"""A process starts with what it needs: what takes seconds to import waits until it is asked for."""

import json
import os
import pickle
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from ineqlib.document.page import PAGE_MIME
from ineqlib.pack import Pack
from ineqlib.publish.job import PageReport
from ineqlib.publish.render import what_it_says

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "area_briefing.ipynb"
DEAR = "rfc3987_syntax"


def told(code: str) -> list[str]:
    """What a fresh Python answers: the JSON it prints."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": ""},  # as anybody starts it: see `QUICK` of conftest.py
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    answer: list[str] = json.loads(run.stdout)
    return answer


def test_a_briefing_is_opened_without_what_takes_seconds_to_import() -> None:
    waiting = [DEAR, "jsonschema", "altair", "papermill", "scipy.optimize", "matplotlib"]
    code = (
        "import json, sys, ineqlib.briefings.area.document\n"
        f"print(json.dumps([name for name in {waiting} if name in sys.modules]))"
    )
    assert told(code) == []


def test_a_batch_is_planned_without_what_only_its_workers_need(
    demo_pack: Pack, tmp_path: Path
) -> None:
    run = {"title": "Plan", "notebook": str(NOTEBOOK), "pack": str(demo_pack.path), "out": "out"}
    file = tmp_path / "run.yml"
    file.write_text(json.dumps({**run, "areas": ["X07000001"]}), encoding="utf-8")
    waiting = [DEAR, "jsonschema", "nbformat", "papermill", "IPython", "altair", "vl_convert"]
    code = (
        "import json, sys, ineqlib.cli\n"
        "from ineqlib.publish.plan import plan\n"
        f"tasks = plan({str(file)!r}).tasks\n"
        f"found = [name for name in {waiting} if name in sys.modules]\n"
        "print(json.dumps([each.target.subject.code for each in tasks] + found))"
    )
    assert told(code) == ["X07000001"]


def test_what_a_worker_tells_of_a_briefing_is_read_without_the_notebook_libraries() -> None:
    told_page = {"summary": "Fine", "figures": [{"indicator": "a", "value": 1.5}]}
    shown = nbformat.v4.new_output("display_data", data={PAGE_MIME: told_page})
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[shown])])
    made = pickle.dumps(PageReport(*what_it_says(book)))
    code = (
        "import json, pickle, sys\n"
        f"made = pickle.loads({made!r})\n"
        "print(json.dumps([made.summary, str(made.figures), *({'nbformat'} & set(sys.modules))]))"
    )
    assert told(code) == ["Fine", str(told_page["figures"])]


def test_our_own_processes_read_notebooks_without_the_grammar_of_web_addresses() -> None:
    code = (
        "import json, sys, ineqlib.processes.fast_imports, nbformat, nbformat.v4 as v4\n"
        "nbformat.validate(v4.new_notebook(cells=[v4.new_code_cell('1')]))\n"
        "from importlib.util import find_spec\n"
        f"there = find_spec('{DEAR}') is not None\n"
        f"print(json.dumps(['{DEAR}' in sys.modules, there]))"
    )
    assert told(code) == [False, find_spec(DEAR) is not None]


def test_a_kernel_comes_without_its_debugger_which_a_notebook_can_still_import() -> None:
    if find_spec("debugpy") is None:
        pytest.skip("debugpy is not installed: ipykernel asks for it where there is one")
    code = (
        "import json, sys\n"
        "from ineqlib.publish.worker import import_libraries\n"
        "import_libraries()\n"
        "early = 'debugpy' in sys.modules\n"
        "import debugpy\n"
        "print(json.dumps([early, debugpy.__name__]))"
    )
    assert told(code) == [False, "debugpy"]


def test_nobody_elses_jsonschema_is_changed() -> None:
    if find_spec(DEAR) is None:
        pytest.skip(f"{DEAR} is not installed: JupyterLab brings it (pip install jupyterlab)")
    code = (
        "import json, ineqlib, ineqlib.document.page, jsonschema\n"
        "print(json.dumps(['iri' in jsonschema.FormatChecker.checkers]))"
    )
    assert told(code) == [True]


def test_areas_are_listed_without_what_only_maps_and_charts_need() -> None:
    waiting = ["geopandas", "pyproj", "shapely", "scipy", "jsonschema", "altair", "jinja2"]
    code = (
        "import json, sys, ineqlib.cli\n"
        "early = [name for name in ('numpy', 'pandas', 'tqdm', 'yaml') if name in sys.modules]\n"
        "import ineqlib.pack\n"
        f"print(json.dumps(early + [name for name in {waiting} if name in sys.modules]))"
    )
    assert told(code) == []


def test_completion_offers_what_is_to_be_used_alone() -> None:
    code = "import json, ineqlib\nprint(json.dumps(dir(ineqlib)))"
    assert {"Any", "import_module"}.isdisjoint(told(code))
    assert {"measures", "open_pack", "__version__"} <= set(told(code))
