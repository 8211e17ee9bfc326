"""The pack of the real files beside the project and briefings from it, each made once a run.

Once for all processes that share the tests: the first to come makes it, the others wait.
"""

import pickle

import pytest
from filelock import FileLock

from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import render_batch
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import Run, notebook_request

from .page import AREAS, Page


@pytest.fixture(scope="session")
def report(real_data, repo, common):
    kept = common / "report.pickle"
    with FileLock(common / "england.lock"):
        if not kept.exists():
            description = repo / "params" / "describe" / "england.yml"
            made = build(real_data, common / "england", title="England", describe=description)
            kept.write_bytes(pickle.dumps(made))
    return pickle.loads(kept.read_bytes())


@pytest.fixture(scope="session")
def pack(report):
    return open_pack(report.path)


@pytest.fixture(scope="session")
def pages(pack, repo, common) -> dict[str, Page]:
    request = notebook_request(repo / "notebooks" / "area_briefing.ipynb")
    choice = AreaChoice(tuple(AREAS))
    run = Run("Authorities", pack.path, common / "authorities", (request,), choice)
    with FileLock(common / "authorities.lock"):
        batch = render_batch(plan(run))  # makes what is not there yet
    assert [(each.target.subject.code, each.summary) for each in batch.failed] == []
    made = {}
    for code in AREAS:
        (path,) = run.out.glob(f"{code.lower()}-*.html")
        made[code] = Page(path, path.read_text(encoding="utf-8"))
    return made
