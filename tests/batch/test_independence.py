"""What areas share is shared safely: no page depends on those made or warmed up before it."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from ineqlib.briefings.kinds import find_area
from ineqlib.charts.draw.renderers import NOWHERE
from ineqlib.pack import Pack
from ineqlib.processes import Workers
from ineqlib.publish.batch import render_batch
from ineqlib.publish.job import Failure, Job
from ineqlib.publish.local_backend import CHECK_ONE, MAKE_ONE, RESULTS, LocalBackend

from ..unit.revised_pack import revised
from .conftest import COUNTY, FIRST, SECOND, key, notebook, require_true_manifest, run

pytestmark = pytest.mark.slow

THIRD, UNITARY = "X07000003", "X06000007"
AREAS = [FIRST, UNITARY, COUNTY]
SECTIONS = ("headline", "at_a_glance", "gradients", "deprivation_line")
Tables = dict[str, pd.DataFrame]


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The jobs as a module that workers can import by name."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import turns

    yield turns


def test_a_page_is_the_same_whichever_areas_its_process_has_made_before(
    demo_pack: Pack, turns: ModuleType
) -> None:
    """The first of each order is made in a process that has opened no pack and drawn nothing.

    The others are made where each area before them has left what areas share, as in a fork of the
    process that makes ready.
    """
    orders = [AREAS[start:] + AREAS[:start] for start in range(len(AREAS))]
    with Workers(2) as workers, ThreadPoolExecutor(2) as threads:
        made = list(
            threads.map(lambda order: workers.run(turns.in_turn, demo_pack.path, order), orders)
        )
    for cold, order in zip(made, orders, strict=True):
        area = order[0]
        assert [other[area] == cold[area] for other in made] == [True] * len(orders), area


def country(tables: Tables) -> pd.DataFrame:
    """The country's own figures, all too large."""
    rows = tables["observations"]
    return times(rows, rows["area_type"] == "country")


def peers(tables: Tables) -> pd.DataFrame:
    """The figures of all other areas of the tier, all too large."""
    rows = tables["observations"]
    return times(rows, (rows["area_type"] == "lad") & ~rows["area_code"].isin([THIRD, SECOND]))


def times(rows: pd.DataFrame, which: pd.Series) -> pd.DataFrame:
    rows.loc[which, ["value", "lower_ci", "upper_ci"]] *= 1.3
    return rows


def deprivation(tables: Tables) -> pd.DataFrame:
    """Scores of deprivation, the most deprived area's given to the least deprived one."""
    rows = tables["area_deprivation"]
    return rows.assign(average_score=rows["average_score"].iloc[::-1].to_numpy())


SHARED = {"observations": [country, peers], "area_deprivation": [deprivation]}
TAKES_OVER = f"""
import ineqlib as iq
if area == "{THIRD}":
    wrong = iq.open_pack(other)
    iq.open_briefing(wrong, area)
    iq.open_pack(pack)._common.shared.update(wrong._common.shared)
"""
"""What the wrong pack's areas share is put in the place of what the right one's do."""


@pytest.mark.parametrize(
    ("table", "fault"), [(table, fault) for table, faults in SHARED.items() for fault in faults]
)
def test_a_page_made_from_faulty_shared_figures_is_refused(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, table: str, fault: Callable
) -> None:
    """The area's own figures are right; only what its maker believed all areas share was not.

    Not of the area that the processes made ready with, of which it shows what was built then.
    """
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    other = tmp_path / "other"
    revised(demo_pack, other, {**tables, table: fault(tables)})
    asked = run(tmp_path, demo_pack, areas=(THIRD, SECOND))
    notebook(tmp_path, f"other = {str(other)!r}", TAKES_OVER, sections=SECTIONS)

    batch = render_batch(asked)

    assert [outcome.status for outcome in batch.outcomes] == ["failed", "ready"]
    assert "The page was refused and is not published" in batch.failed[0].summary
    assert re.search(r"Of \d+ figures, \d+ are not the pack's", batch.failed[0].summary)
    assert set(require_true_manifest(asked.out).entries) == {key(THIRD), key(SECOND)}
    assert not list(asked.out.glob(f"{THIRD.lower()}*"))


def test_what_all_areas_share_is_itself_checked(
    demo_pack: Pack, tmp_path: Path, turns: ModuleType
) -> None:
    """Maker and checker believe the same wrong figures, but for the check that stands apart."""
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    other = tmp_path / "other"
    revised(demo_pack, other, {**tables, "observations": country(tables)})
    book = notebook(tmp_path, sections=("headline", "at_a_glance"))
    folder = tmp_path / "made"
    folder.mkdir()
    job = Job(book, demo_pack.path, find_area(demo_pack, FIRST), {}, folder)
    ready = partial(turns.believe, demo_pack.path, other, SECOND)
    with Workers(1, prepare=ready, results=RESULTS) as workers:
        made = workers.run(MAKE_ONE, job, NOWHERE)
        assert workers.run(CHECK_ONE, job, made, {}, NOWHERE) == []
        problems = workers.run(CHECK_ONE, replace(job, checked_apart=True), made, {}, NOWHERE)
    assert re.search(r"Of \d+ figures, \d+ are not the pack's", " ".join(problems))


def test_the_first_briefing_of_a_batch_stands_such_a_check(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []
    check = backend.check

    def noted(job: Job, *others: Any) -> Failure | None:
        asked.append((job.subject.code, job.checked_apart))
        return check(job, *others)

    monkeypatch.setattr(backend, "check", noted)
    render_batch(run(tmp_path, demo_pack, areas=(FIRST, SECOND)))
    assert sorted(asked) == [(FIRST, True), (SECOND, False)]
