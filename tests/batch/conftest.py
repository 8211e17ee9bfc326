"""A small notebook that misbehaves on demand, and processes that are started once for all tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from ineqlib.pack import Pack
from ineqlib.publish import local_backend as processes
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.local_backend import Limits, LocalBackend
from ineqlib.publish.manifest import READY, Manifest, read_manifest
from ineqlib.publish.output_folder import LOCK
from ineqlib.publish.run_file import Run, notebook_request

COUNTY = "X10000001"
FIRST, SECOND = "X07000001", "X07000002"
EXAMPLE = ("area_briefing", FIRST)
PARAMETERS = 'area = ""\npack = ""'
SOUND = """
import ineqlib as iq
briefing = iq.open_briefing(pack, area)
briefing.cover
"""
SECTIONS = ("headline", "deprivation")
SECONDS, MEMORY = 25, 1 << 30


def notebook(folder: Path, *sources: str, sections: tuple[str, ...] = SECTIONS) -> Path:
    """A briefing of one chart, or of other sections, after cells of your own."""
    sources = (*sources, SOUND, *(f'briefing.section("{section}")' for section in sections))
    sources = (*sources, "briefing.facts")
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    path = folder / "book.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def run(folder: Path, pack: Pack, *sources: str, areas: tuple[str, ...] = ()) -> Run:
    """A run of all districts, or of some."""
    choice = AreaChoice(areas) if areas else AreaChoice(parent=COUNTY)
    request = notebook_request(notebook(folder, *sources))
    return Run("Batch", pack.path, folder / "out", (request,), choice)


def key(code: str) -> str:
    """What a briefing by the notebook here is known by in a manifest."""
    return f"book/{code}"


def require_true_manifest(out: Path) -> Manifest:
    """Every briefing the manifest calls ready is there, and is what was written."""
    manifest = read_manifest(out)
    astray = [
        entry.subject_name
        for entry in manifest.entries.values()
        if entry.status == READY and not entry.is_as_published(out)
    ]
    assert astray == []
    return manifest


def require_tidy(out: Path) -> None:
    """Nothing half-made is left."""
    assert [path.name for path in out.glob(".*")] == [LOCK]


@pytest.fixture(scope="session")
def demo_pack(small_pack: Pack) -> Pack:
    """With few indicators: what is asked here is not what a briefing says."""
    return small_pack


@pytest.fixture(scope="session")
def warm(demo_pack: Pack) -> Iterator[LocalBackend]:
    """The processes of a batch, started once."""
    with LocalBackend(Limits(2, SECONDS, MEMORY), demo_pack.path, EXAMPLE) as backend:
        yield backend


def lend(patch: pytest.MonkeyPatch, what: object) -> None:
    """Have batches use processes that are there; a batch does not end what is only lent."""

    @contextmanager
    def lent(*_: object) -> Iterator[object]:
        yield what

    use(patch, lent)


def use(patch: pytest.MonkeyPatch, backend: object) -> None:
    """Have batches start these instead of `LocalBackend`."""
    patch.setattr(processes, "LocalBackend", backend)


@pytest.fixture
def backend(warm: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> LocalBackend:
    """Batches of this test use the processes that are there."""
    lend(monkeypatch, warm)
    return warm
