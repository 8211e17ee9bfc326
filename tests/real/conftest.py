"""The pack of the real files beside the project and briefings from it, each made once."""

import pytest

from ineqlib.briefing.batch import plan, render_batch
from ineqlib.briefing.runs import Run
from ineqlib.pack import open_pack
from ineqlib.pack.build import build

from .page import AREAS, Page


@pytest.fixture(scope="session")
def report(real_data, repo, tmp_path_factory):
    description = repo / "params" / "describe" / "england.yml"
    out = tmp_path_factory.mktemp("packs") / "england"
    return build(real_data, out, title="England", describe=description)


@pytest.fixture(scope="session")
def pack(report):
    return open_pack(report.path)


@pytest.fixture(scope="session")
def pages(pack, repo, tmp_path_factory) -> dict[str, Page]:
    run = Run(
        title="Seven authorities",
        notebook=repo / "notebooks" / "area_briefing.ipynb",
        pack=pack.path,
        out=tmp_path_factory.mktemp("briefings"),
        areas=tuple(AREAS),
    )
    batch = render_batch(plan(run))
    assert [(each.area.code, each.reason) for each in batch.failed] == []
    made = {}
    for code in AREAS:
        (path,) = run.out.glob(f"{code.lower()}-*.html")
        made[code] = Page(path, path.read_text(encoding="utf-8"))
    return made
