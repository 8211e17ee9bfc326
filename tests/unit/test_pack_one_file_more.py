"""What is built again of a folder is what is built from nothing, whatever became of the folder.

And only what a change may concern is made again.
"""

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from ineqlib.pack import beside_figures, code_version, examined, kept, merge, shares
from ineqlib.pack.build import build
from ineqlib.pack.report import BuildReport
from ineqlib.sources import memory

from .built_again import assert_same, kept_in, same_as_anew
from .changed_folder import (
    BESIDE,
    CHANGE,
    CHANGES,
    FILES,
    FOLDER,
    OF_EVERY_SORT,
    STEVENAGE,
    described,
    figures,
    written,
)
from .test_pack_build import LOOKUP, SQUARE
from .test_pack_build import shapes as drawn


@pytest.fixture(autouse=True)
def cache(tmp_path: Path) -> Iterator[Path]:
    with kept_in(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def built_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Give some of the files, the pack that was built of them and what is kept; made once."""

    @lru_cache
    def build_of(*names: str) -> Path:
        home = tmp_path_factory.mktemp("home")
        made = home / "received"
        made.mkdir()
        for name in names:
            (made / name).write_text(FILES[name], encoding="utf-8")
        with kept_in(home):
            described("neighbours.csv: {method: CIPFA, accessed: 2026-01-02}\n", "theirs.yml")(made)
            report = build(made, "pack")
        assert report.not_read == ()
        return home

    return build_of


@pytest.fixture
def folder_of(built_of: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Give some of the files, and all that a build of them has kept."""

    def copied(*names: str) -> Path:
        shutil.copytree(built_of(*names), tmp_path, dirs_exist_ok=True)
        return tmp_path / "received"

    return copied


@pytest.fixture
def folder(folder_of: Callable[..., Path]) -> Path:
    """All files, which contradict one another, and all that a build of them has kept."""
    return folder_of(*FOLDER)


@pytest.mark.parametrize("change", CHANGES)
def test_a_folder_that_changed_gives_the_pack_that_is_built_from_nothing(folder_of, change):
    folder = folder_of(*BESIDE[change])
    CHANGES[change](folder)
    assert not same_as_anew(folder).unchanged


def test_a_folder_that_changes_time_and_again_gives_the_pack_that_is_built_from_nothing(folder):
    """With all that is kept of the folders that it was in between."""
    for change in (
        "a revision",
        "a map",
        "a change of codes",
        "a lookup removed",
        "a file changed",
    ):
        CHANGES[change](folder)
        build(folder, "pack")
    (folder / "new.csv").unlink()
    same_as_anew(folder)


def altered(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


ONE_MORE = written("new.csv", figures(5, 7, by=0.7))


@pytest.fixture(scope="module")
def made_of_one_more(
    built_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> BuildReport:
    """What is built from nothing of files of every sort and one more."""
    above = tmp_path_factory.mktemp("anew")
    shutil.copytree(built_of(*OF_EVERY_SORT), above, dirs_exist_ok=True)
    shutil.rmtree(above / "cache")
    ONE_MORE(above / "received")
    with kept_in(above):
        return build(above / "received", above / "anew")


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        *((file, damage) for file in ("*.arrow", "*.json") for damage in (altered, halved, None)),
        ("rows.arrow", halved),  # of shares alone: what was parsed is whole
        ("about.json", None),
    ],
)
def test_a_damaged_cache_gives_the_pack_that_is_built_from_nothing(
    folder_of, cache, made_of_one_more, file, damage
):
    folder = folder_of(*OF_EVERY_SORT)
    ONE_MORE(folder)
    for path in cache.rglob(file):
        path.write_bytes(damage(path.read_bytes())) if damage else path.unlink()
    assert_same(build(folder, "pack"), made_of_one_more)


def test_what_a_build_that_broke_off_has_left_is_not_taken(folder, cache):
    """Nor what is kept under the same key in another form."""
    for number, entry in enumerate(sorted(cache.glob("*/about.json"))):
        if number % 2:
            (entry.parent / "rows.arrow").write_bytes(b"half")
            entry.unlink()
        else:
            entry.write_text(json.dumps({"digest": "", "parts": []}), encoding="utf-8")
    (cache / "tmp1234" / "made").mkdir(parents=True)
    written("new.csv", figures(5))(folder)
    same_as_anew(folder)


def test_other_code_takes_nothing_of_what_was_kept(folder, cache, monkeypatch):
    monkeypatch.setattr(code_version, "code_fingerprint", lambda: "of other code")
    monkeypatch.setattr(kept, "_read", lambda *_: pytest.fail("a frame is read"))
    build(folder, "other")


def test_two_builds_at_once_do_not_disturb_each_other(folder_of, cache):
    folder = folder_of(*OF_EVERY_SORT)
    alone = build(folder, "alone")
    shutil.rmtree(cache)
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda out: build(folder, out), ["one", "two"]))
    assert [report.files for report in reports] == [alone.files] * 2
    tables = {
        Path(out, "pack.json").read_text("utf-8").partition('"tables"')[2] for out in ("one", "two")
    }
    assert len(tables) == 1


def test_the_day_counts_only_where_a_period_is_to_come(folder, monkeypatch):
    """Otherwise the first build of a day would do all work again."""
    build(folder, "pack", today=date(2026, 2, 1))
    merged: list[int] = []
    monkeypatch.setattr(shares, "merge", lambda *_: merged.append(1))
    monkeypatch.setattr(beside_figures, "boundary_tables", lambda *_: merged.append(1))
    assert not build(folder, "pack", today=date(2026, 2, 2)).unchanged
    assert merged == []


def test_a_date_that_was_to_come_counts_from_its_day_on(folder_of):
    """What is kept of a file does not depend on the day on which it was read."""
    folder = folder_of("a.csv", "b.csv", "c.csv", "lookup.csv")
    described("b.csv: {published: 2025-03-01}\n")(folder)
    before = build(folder, "pack", today=date(2025, 2, 28))
    told = "The description of 'b.csv' has `published: 2025-03-01`, which is after today."
    assert [remark for remark in before.remarks if told in remark]
    after = same_as_anew(folder)
    assert not [remark for remark in after.remarks if "after today" in remark]
    days = [file.days for made in (before, after) for file in made.files if file.name == "b.csv"]
    assert days == [{}, {"published": "2025-03-01"}]


def test_a_file_that_is_refused_before_its_checks_is_told_that_and_no_more(folder_of, monkeypatch):
    def without_memory(*_: object) -> None:
        raise MemoryError

    folder = folder_of("many.csv", "named.csv", "of_another.csv", "of_ward.csv")
    monkeypatch.setattr(examined, "_without_repeats", without_memory)
    written("new.csv", figures(5))(folder)
    [refused] = [file for file in build(folder, "pack").files if file.name == "new.csv"]
    [remark] = refused.remarks
    assert "more memory" in remark


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Ids of the indicators of which rows are judged from now on."""
    names: set[str] = set()
    judge = merge._left_out

    def noting(rows, *rest):
        names.update(rows["indicator_id"].unique())
        return judge(rows, *rest)

    monkeypatch.setattr(merge, "_left_out", noting)
    monkeypatch.setattr(shares, "FEWEST", 1 << 20)  # of each indicator one
    return names


def test_only_indicators_of_changed_files_are_judged_again(folder, judged):
    def again(**texts: str) -> set[str]:
        for name, text in texts.items():
            path = folder / name.replace("_", ".")
            path.write_text(text, encoding="utf-8") if text else path.unlink()
        judged.clear()
        build(folder, "pack")
        return {name.removeprefix("fingertips_") for name in judged}

    build(folder, "other")
    assert judged == {"fingertips_8", "fingertips_9"}
    named_anew = drawn("LAD24", (STEVENAGE, "Old name", SQUARE))
    assert again(d_csv=figures(5, 6), lad24_geojson=named_anew) == set(), (
        "new indicators, and a map"
    )
    renamed_county = LOOKUP.replace("Hertfordshire", "Herts")
    assert again(d_csv=figures(7, by=0.7), lookup_csv=renamed_county) == {"7"}, "a figure revised"
    assert again(c_csv=figures(8, by=3.5)) == {"8"}, "a file changed"
    assert again(c_csv="", change_csv=CHANGE) == {"8", "9"}, "a file removed, and a code of another"


def test_rows_of_files_that_a_new_one_does_not_concern_are_not_read(folder, monkeypatch):
    read: list[str] = []
    read_kept = kept._read
    monkeypatch.setattr(
        kept, "_read", lambda key, name, digest: read.append(name) or read_kept(key, name, digest)
    )
    monkeypatch.setattr(shares, "FEWEST", 1 << 20)
    build(folder, "other")
    read.clear()
    elsewhere = figures(5, code="E07000242").replace("Town", "Watford")
    written("new.csv", elsewhere)(folder)
    build(folder, "other")
    parsed = [name for name in read if name.isdigit()]
    assert len(parsed) == 1, "that of the own figures, which are held against every name"


def test_cycles_are_looked_for_rarely_while_a_pack_is_built_and_then_as_before(folder):
    before, meanwhile = gc.get_threshold(), set()
    build(folder, "other", progress=lambda *_: meanwhile.add(gc.get_threshold()))
    assert meanwhile == {memory.RARELY}
    assert gc.get_threshold() == before
