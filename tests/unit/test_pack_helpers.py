"""What other processes make of a build is what one process makes, whatever becomes of them."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from dataclasses import asdict
from pathlib import Path
from threading import Event

import pandas as pd
import pytest

from ineqlib.pack import (
    beside_figures,
    helpers,
    kept,
    open_pack,
    read_ahead,
    reading,
    shares,
    table_files,
    write,
    written_ahead,
)
from ineqlib.pack.build import build
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.kept import in_memory
from ineqlib.pack.model import TableRecord
from ineqlib.pack.read_ahead import BytesRead, FileTask
from ineqlib.pack.report import BuildReport
from ineqlib.pack.written_ahead import Ahead

from .built_again import FINGERTIPS, assert_same, kept_in, smoked
from .changed_folder import FILES

PATIENCE = 60
"""Seconds that a test waits for another process."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with kept_in(tmp_path) as folder:
        yield folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of figures that contradict each other, maps, a lookup, and one that is refused."""
    made = tmp_path / "received"
    made.mkdir()
    for number in range(6):
        code = ("E07000243", "E07000241")[number % 2]
        values = tuple(14 + number % 3 + year / 10 for year in range(12))
        rows = smoked(code, 1 + number % 4, values) + smoked(code, 9, values)
        (made / f"figures-{number}.csv").write_text(FINGERTIPS + rows, encoding="utf-8")
    for name in ("lad24.geojson", "lsoa11.geojson", "file7.csv", "population.csv", "lookup.csv"):
        # What is kept of a file begins with a thousand bytes.
        padding = " " * 1_000 if name.endswith("json") else ""
        (made / name).write_text(FILES[name] + padding, encoding="utf-8")
    (made / "notes.csv").write_text("a,b\n" + "1,2\n" * 300, encoding="utf-8")
    return made


@pytest.fixture
def worth_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers are started for a few kilobytes."""
    monkeypatch.setattr(read_ahead, "WORTH_WHILE", 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What helpers were asked for; this process reads no file before one has been done."""
    calls: list[tuple[object, ...]] = []
    is_done = Event()
    ask, parts_of = Helpers.ask, reading._parts_of

    def note(self: Helpers, *args: object, **options: object) -> bool:
        calls.append(args)
        go_on = ask(self, *args, **options)
        is_done.set()
        return go_on

    def wait(*args: object) -> reading.Parts:
        assert is_done.wait(PATIENCE)
        return parts_of(*args)

    monkeypatch.setattr(Helpers, "ask", note)
    monkeypatch.setattr(reading, "_parts_of", wait)
    return calls


@pytest.fixture
def alone(folder: Path) -> BuildReport:
    """What one process builds, kept elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_ahead, "WORTH_WHILE", 10**12)
        patch.setattr(kept, "cache_folder", lambda: folder.parent / "another")
        return build(folder, "alone")


@pytest.mark.usefixtures("worth_while")
def test_what_others_read_and_thin_comes_to_the_same_pack(folder, alone, asked, monkeypatch):
    # What another process has made is taken, not made once more.
    monkeypatch.setattr(beside_figures, "boundary_tables", None)
    monkeypatch.setattr(beside_figures, "by_age_tables", None)
    told = Counter()
    of_all = set()

    def progress(name: str, more: int, of: int) -> None:
        told[name] += more
        of_all.add(of)

    assert_same(build(folder, "pack", progress=progress), alone)
    assert len(asked) > 1
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert (told, of_all) == (sizes, {sum(sizes.values())})


def fails(_send: object, _task: FileTask) -> None:
    raise ValueError("out of order")


def ends(_send: object, _task: FileTask) -> None:
    os._exit(1)


@pytest.mark.usefixtures("worth_while")
@pytest.mark.parametrize("work", [fails, ends])
def test_a_file_that_another_process_fails_with_is_read_here(
    folder, alone, asked, monkeypatch, work
):
    monkeypatch.setattr(reading, "_keep", work)
    monkeypatch.setattr(helpers, "MOST", 1)
    assert_same(build(folder, "pack"), alone)
    assert asked


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What helpers were asked for later; it is done before this process goes on."""
    works: list[object] = []
    later = Helpers.later

    def done_first(self: Helpers, work: object, arguments: object) -> object:
        future = later(self, work, arguments)
        if self.count:
            works.append(work)
            wait([future])
        return future

    monkeypatch.setattr(Helpers, "later", done_first)
    return works


@pytest.mark.usefixtures("worth_while")
def test_what_others_merge_and_write_comes_to_the_same_pack(folder, alone, elsewhere, monkeypatch):
    # What another process has made is taken, not made once more.
    monkeypatch.setattr(shares, "merge", None)
    written = []

    def write_table(pack: Path, name: str, *rows: object) -> TableRecord:
        written.append(name)
        return table_files.write_table(pack, name, *rows)

    monkeypatch.setattr(write, "write_table", write_table)
    assert_same(build(folder, "pack"), alone)
    assert elsewhere
    assert "small_areas" in open_pack(alone.path).meta.tables.keys() - {*written}


def cannot(_send: object, *_args: object) -> None:
    raise ValueError("out of order")


def quits(_send: object, *_args: object) -> None:
    os._exit(1)


@pytest.mark.usefixtures("worth_while")
@pytest.mark.parametrize("work", [cannot, quits])
def test_what_another_process_fails_to_merge_or_write_is_made_here(
    folder, alone, elsewhere, monkeypatch, work
):
    monkeypatch.setattr(shares, "_merge_for_another", work)
    monkeypatch.setattr(written_ahead, "_write", work)
    assert_same(build(folder, "pack"), alone)
    assert work in elsewhere


def test_a_table_of_other_rows_or_another_file_is_not_taken_over(tmp_path):
    """As where areas of one's own come to the rows, or somebody has tidied up."""
    rows = in_memory(pd.DataFrame({"a": [1]}), "one")
    made, pack = tmp_path / "made", tmp_path / "pack"
    made.mkdir()
    pack.mkdir()
    record: Future[object] = Future()
    record.set_result(asdict(table_files.write_table(made, "mine", {None: rows}, None)))
    ahead = Ahead("one", made, record)
    assert ahead.taken({None: rows._replace(key="")}, pack) is None
    assert ahead.taken({None: rows}, pack)
    assert ahead.taken({None: rows}, pack) is None  # it was moved
    (made / "mine.parquet").write_bytes(b"damaged")
    assert ahead.taken({None: rows}, pack) is None


def test_nobody_is_waited_for_where_there_are_no_others():
    with Helpers() as nobody:
        assert nobody.later(cannot, tuple).cancel()
        assert nobody.folder is None


def test_files_that_others_made_go_with_them():
    with Helpers() as some:
        some.start(1)
        assert some.folder
        assert some.folder.is_dir()
    assert not some.folder.exists()


def test_a_small_folder_starts_no_other_process(folder, monkeypatch):
    monkeypatch.setattr(Helpers, "start", lambda *_: pytest.fail("It is not worth while."))
    build(folder, "pack")


@pytest.mark.usefixtures("worth_while")
def test_nobody_is_at_work_beside_a_large_file(folder, monkeypatch):
    """Each takes much memory."""
    monkeypatch.setattr(read_ahead, "LARGEST_HELD_TEXT", 1_400)
    monkeypatch.setattr(Helpers, "start", lambda *_: pytest.fail("A file is large."))
    build(folder, "pack")


@pytest.mark.parametrize("processors", [None, 1])
def test_one_processor_has_none_to_spare(monkeypatch, processors):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    with Helpers() as some:
        some.start(3)
        assert (some.count, some.ask(fails, None)) == (0, False)


def test_a_build_that_takes_nothing_from_what_is_kept_is_helped_by_nobody():
    with Helpers() as some, kept.nothing_taken():
        some.start(3)
        assert some.count == 0


def waits(_send: object, _task: FileTask) -> None:
    time.sleep(0.1)


@pytest.mark.usefixtures("worth_while")
def test_who_breaks_off_has_others_read_no_more(tmp_path, monkeypatch):
    tasks = [FileTask(tmp_path, f"{n}.csv", "of", "key", {}, 2_000) for n in range(1_000)]
    count = Counter()
    ask: Callable[..., bool] = Helpers.ask
    monkeypatch.setattr(Helpers, "ask", lambda *a, **o: count.update("a") or ask(*a, **o))
    bytes_read = BytesRead(lambda *_: None, tasks)
    with (
        pytest.raises(KeyboardInterrupt),
        Helpers() as some,
        read_ahead.read_ahead(tasks, waits, bytes_read, some),
    ):
        end = time.monotonic() + PATIENCE
        while not count:
            assert time.monotonic() < end
        raise KeyboardInterrupt
    before = count.total()
    time.sleep(0.5)
    assert count.total() <= before + 1


def test_what_was_read_of_a_file_never_goes_back():
    task = FileTask(Path("a.csv"), "a.csv", "of", "key", {}, 1_000)
    told: list[tuple[str, int, int]] = []
    bytes_read = BytesRead(lambda *more: told.append(more), [task])
    for share in (0.5, 0.2, 0.7, 3.0):
        bytes_read.advance(task, share)
    bytes_read.end(task)
    assert told == [
        ("a.csv", 500, 1000),
        ("a.csv", 200, 1000),
        ("a.csv", 300, 1000),
        ("a.csv", 0, 1000),
    ]
