"""A pack is written where nothing is, or where an earlier pack of ours is; nothing else goes."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.errors import OutputError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.pack.place import holding, replacing
from ineqlib.processes.fork_server import can_fork

forked = pytest.mark.skipif(not can_fork(), reason="only where processes are forked")
OWN = "area_code,indicator,period,value\nE07000243,Warm homes visits,2023,{value}\n"


def downloads(folder: Path, value: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.csv").write_text(OWN.format(value=value), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Packs of two values, made once: what matters is which of them is in a place."""
    home = tmp_path_factory.mktemp("made")
    for each in (1, 2):
        build(downloads(home / f"files{each}", each), home / f"pack{each}")
    return {each: home / f"pack{each}" for each in (1, 2)}


def ineq_build(folder: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["build", str(folder), "--out", str(out), "--quiet"])


def value(pack: Path) -> float:
    (only,) = open_pack(pack).observations()["value"]
    return float(only)


def everything(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "manifest", ["{}", "[]", '{"format": 1}', '{"built_with": "webpack 5", "tables": {}}', "torn"]
)
def test_a_folder_with_the_pack_json_of_something_else_is_refused(
    tmp_path: Path, manifest: str
) -> None:
    out = downloads(tmp_path / "site", 5)
    (out / "pack.json").write_text(manifest, encoding="utf-8")
    before = everything(tmp_path)
    result = ineq_build(downloads(tmp_path / "site" / "deeper"), out)
    assert result.exit_code == 7
    result = ineq_build(downloads(tmp_path / "files"), out)
    assert result.exit_code == 7
    assert "holds 3 file(s) or folder(s)" in result.output
    assert "its pack.json is not ineqlib's" in result.output
    after = everything(tmp_path)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("of", ["the folder itself", "one above", "by another name"])
def test_a_pack_is_not_put_into_the_folder_that_holds_its_own_input(
    tmp_path: Path, of: str
) -> None:
    folder = downloads(tmp_path / "year" / "downloads")
    out = {
        "the folder itself": folder,
        "one above": folder.parent,
        "by another name": folder / "x" / "..",
    }[of]
    result = ineq_build(folder, out)
    assert result.exit_code == 7
    assert "holds the files the pack is to be built from" in result.output
    assert list(everything(tmp_path)) == ["year/downloads/own.csv"]


def test_a_file_in_the_pack_s_place_is_told(tmp_path: Path) -> None:
    out = tmp_path / "mine.csv"
    out.write_text("years of work", encoding="utf-8")
    result = ineq_build(downloads(tmp_path / "files"), out)
    assert result.exit_code == 7
    assert "mine.csv is a file, and a pack is a folder" in result.output
    assert out.read_text(encoding="utf-8") == "years of work"


def test_what_lies_beside_an_earlier_pack_stays(made: dict[int, Path], tmp_path: Path) -> None:
    folder, out = downloads(tmp_path / "files"), tmp_path / "pack"
    shutil.copytree(made[1], out)
    (out / "notes.txt").write_text("ours since 2019", encoding="utf-8")
    (out / "received").mkdir()
    (out / "received" / "letter.txt").write_text("dear", encoding="utf-8")
    build(downloads(folder, 2), out)
    assert value(out) == 2
    assert (out / "notes.txt").read_text(encoding="utf-8") == "ours since 2019"
    assert (out / "received" / "letter.txt").read_text(encoding="utf-8") == "dear"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "pack"]


def test_a_file_that_the_new_pack_would_write_over_is_named(
    made: dict[int, Path], tmp_path: Path
) -> None:
    folder, out = downloads(tmp_path / "files"), tmp_path / "pack"
    shutil.copytree(made[1], out)
    about = json.loads((out / "pack.json").read_text(encoding="utf-8"))
    del about["tables"]["indicators"]
    (out / "pack.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "more.csv").write_text(OWN.format(value=2).replace("2023", "2022"), encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(OutputError, match=r"holds indicators.parquet, which the earlier pack did"):
        build(folder, out)
    assert everything(tmp_path) == before


def replace_until(monkeypatch: pytest.MonkeyPatch, out: Path, by: Path, rename: int) -> None:
    """Put another pack there, in a process that is gone just before that renaming of a folder."""
    original, count = Path.rename, [0]

    def end(path: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == rename:
            os._exit(9)
        return original(path, target)

    pid = os.fork()
    if pid == 0:
        monkeypatch.setattr(Path, "rename", end)
        with replacing(out) as new:
            shutil.copytree(by, new, dirs_exist_ok=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@forked
def test_a_build_ended_between_its_two_renames_gives_the_earlier_pack_back(
    made: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, other = downloads(tmp_path / "files"), tmp_path / "pack", tmp_path / "other"
    shutil.copytree(made[1], out)
    shutil.copytree(made[2], other)
    replace_until(monkeypatch, out, other, rename=2)
    assert not out.exists()
    assert value(out) == 1, "to whoever opens it"
    replace_until(monkeypatch, out, other, rename=2)
    build(downloads(folder, 3), out)
    assert value(out) == 3, "and to whoever builds there"
    assert not (tmp_path / ".pack.ineqlib-old").exists()


@forked
def test_a_build_ended_after_them_loses_nothing_that_lay_beside(
    made: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, other = downloads(tmp_path / "files"), tmp_path / "pack", tmp_path / "other"
    shutil.copytree(made[1], out)
    shutil.copytree(made[2], other)
    (out / "notes.txt").write_text("ours since 2019", encoding="utf-8")
    replace_until(monkeypatch, out, other, rename=3)
    assert value(out) == 2
    build(downloads(folder, 3), out)
    assert value(out) == 3
    assert (out / "notes.txt").read_text(encoding="utf-8") == "ours since 2019"
    assert not (tmp_path / ".pack.ineqlib-old").exists()


def test_a_build_stopped_by_its_user_puts_the_earlier_pack_back_at_once(
    made: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = downloads(tmp_path / "files"), tmp_path / "pack"
    shutil.copytree(made[1], out)
    rename: Callable[[Path, Path], Path] = Path.rename

    def stop(path: Path, target: Path) -> Path:
        if path.name.endswith(".ineqlib-new"):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        build(downloads(folder, 2), out)
    assert value(out) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "pack"]


@forked
def test_what_a_killed_build_left_goes_with_the_next_and_nothing_else_does(
    made: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, other = downloads(tmp_path / "files"), tmp_path / "pack", tmp_path / "other"
    shutil.copytree(made[1], other)
    replace_until(monkeypatch, out, other, rename=1)
    assert [path.suffix for path in tmp_path.glob(".pack-*")] == [".ineqlib-new"]
    of_another = tmp_path / ".pack-two-0123abcd.ineqlib-new"
    of_another.mkdir()
    build(folder, out)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [of_another.name, "files", "other", "pack"]


def test_a_second_build_into_one_pack_says_so_at_once(
    made: dict[int, Path], tmp_path: Path
) -> None:
    """The same thread may hold it again, another thread or process may not."""
    folder, out = downloads(tmp_path / "files"), tmp_path / "pack"
    shutil.copytree(made[1], out)
    downloads(folder, 2)
    with holding(out), ThreadPoolExecutor() as other:
        result = other.submit(ineq_build, folder, out).result()
    assert result.exit_code == 7
    assert "Another build is at work on" in result.output
    assert value(out) == 1
    assert ineq_build(folder, out).exit_code == 0
    assert value(out) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "pack"]
