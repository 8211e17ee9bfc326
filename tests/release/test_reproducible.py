"""Whoever builds a release anywhere gets the same bytes, with all that is needed and no more."""

import importlib
import io
import os
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCES = ("ineqlib", "notebooks", "params", "tests/golden", "data/README.md")
SOURCES += ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "CHANGELOG.md")
SOURCES += ("CITATION.cff", "SECURITY.md")
SHIPPED = (".py", ".yml", ".json", ".j2", ".css", ".js", ".conf", ".typed")
VERSION, EPOCH = "7.8.9", 1_700_000_000


@dataclass(frozen=True)
class Built:
    """Two builds of one tree, the second in another folder with other modes and times."""

    first: tuple[Path, Path]
    second: tuple[Path, Path]


@pytest.fixture(scope="module")
def built(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(repo / "release")
        reproducible = importlib.import_module("reproducible")
        made = []
        for name, mask in (("here", 0o022), ("a folder elsewhere", 0o077)):
            folder = tmp_path_factory.mktemp("build") / name
            copy_sources(repo, folder)
            before = os.umask(mask)
            try:
                made.append(reproducible.build(folder, folder / "dist", VERSION, EPOCH))
            finally:
                os.umask(before)
    yield Built(*made)


def copy_sources(repo: Path, folder: Path) -> None:
    """Copy the sources, with what lies about in the folder of somebody who works on them."""
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in SOURCES:
        source, target = repo / name, folder / name
        if source.is_dir():
            # Without its times and modes: the copy has those of this moment, under this umask.
            shutil.copytree(source, target, ignore=skip, copy_function=shutil.copyfile)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / "ineqlib" / "__pycache__").mkdir()
    (folder / "ineqlib" / "__pycache__" / "areas.pyc").write_bytes(b"compiled")
    (folder / "data" / "pack.json").write_text("{}", encoding="utf-8")
    (folder / "build").mkdir()
    (folder / "build" / "index.html").write_text("<p>a page</p>", encoding="utf-8")


def members(archive: Path) -> set[str]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            names = wheel.namelist()
        assert len(names) == len(set(names))
        return set(names)
    with tarfile.open(archive) as sources:
        return {member.name.partition("/")[2] for member in sources if member.isfile()}


def test_two_builds_are_equal_byte_for_byte(built: Built) -> None:
    for one, other in zip(built.first, built.second, strict=True):
        assert one.name == other.name
        assert VERSION in one.name
        assert one.read_bytes() == other.read_bytes()


def test_what_setuptools_builds_differs_without_this(script) -> None:
    def tar(mode: int, time: int, names: list[str]) -> bytes:
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w:gz") as archive:
            for name in names:
                member = tarfile.TarInfo(name)
                member.mode, member.mtime, member.uname = mode, time, f"user{time}"
                archive.addfile(member)
        return content.getvalue()

    one, other = tar(0o600, 1, ["a", "b"]), tar(0o644, 2, ["b", "a"])
    plain = script("reproducible").plain_tar
    assert one != other
    assert plain(one, EPOCH) == plain(other, EPOCH)


def test_the_archives_hold_every_file_of_the_package(built: Built, repo: Path) -> None:
    package = {
        path.relative_to(repo).as_posix()
        for path in (repo / "ineqlib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {Path(name).suffix for name in package} <= {*SHIPPED, ""}, "name it in pyproject.toml"
    notebooks = {f"notebooks/{path.name}" for path in (repo / "notebooks").glob("*.ipynb")}
    beside = notebooks | {"params/runs/demo.yml"}
    sources, wheel = map(members, built.first)
    assert package | beside <= sources
    assert package | {f"ineqlib/shipped/{name}" for name in beside} <= wheel


def test_the_archives_hold_nothing_else(built: Built) -> None:
    sources, wheel = map(members, built.first)
    about = f"ineqlib-{VERSION}.dist-info/"
    assert {name for name in wheel if not name.startswith(("ineqlib/", about))} == set()
    folders = ("ineqlib/", "notebooks/", "params/runs/demo.yml", "ineqlib.egg-info/")
    assert {name for name in sources if not name.startswith(folders)} == {
        *("CHANGELOG.md", "CITATION.cff", "LICENSE", "MANIFEST.in", "PKG-INFO", "README.md"),
        *("SECURITY.md", "pyproject.toml", "setup.cfg", "setup.py"),
    }
    assert {name for name in sources | wheel if "__pycache__" in name} == set()


def test_members_are_dated_by_the_commit_and_owned_by_nobody(built: Built) -> None:
    sources, wheel = built.first
    with tarfile.open(sources) as archive:
        for member in archive:
            assert (member.mtime, member.uid, member.gid, member.uname) == (EPOCH, 0, 0, "")
            assert member.mode == (0o755 if member.isdir() else 0o644)
    with zipfile.ZipFile(wheel) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


def test_a_build_that_fails_says_why(script, tmp_path: Path) -> None:
    reproducible = script("reproducible")
    (tmp_path / "pyproject.toml").write_text("[project]\nnome = 'x'", encoding="utf-8")
    with pytest.raises(reproducible.BuildError, match="sdist could not be built"):
        reproducible.build(tmp_path, tmp_path / "dist", VERSION, EPOCH)
