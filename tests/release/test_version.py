"""The version comes from git's tags, and wherever git or its tags are missing there is one too."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import ineqlib
from tests.release.conftest import Clone

BUILD = (
    "import sys; from setuptools import build_meta; "
    "build_meta.prepare_metadata_for_build_wheel(*sys.argv[1:])"
)


def version_of(folder: Path) -> str:
    """The version that a build of a folder would have."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-W", "ignore", "-c", BUILD, out]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        [made] = Path(out).glob("*.dist-info")
        return made.name.removeprefix("ineqlib-").removesuffix(".dist-info")


def test_the_version_is_the_tag_and_after_it_one_that_sorts_behind(clone: Clone) -> None:
    clone.git("tag", "v1.2.0")
    assert version_of(clone.folder) == "1.2.0"
    clone.commit(small="A = 2\n")
    assert version_of(clone.folder) == "1.2.1.dev1"


def test_a_clone_without_tags_has_a_version_before_every_release(clone: Clone) -> None:
    assert version_of(clone.folder).startswith("0.")
    assert ".dev" in version_of(clone.folder)


def test_an_archive_made_by_git_knows_its_tag(clone: Clone, tmp_path: Path) -> None:
    clone.git("tag", "v1.2.0")
    archive = tmp_path / "sources.tar"
    clone.git("archive", "--output", archive, "HEAD")
    with tarfile.open(archive) as sources:
        sources.extractall(tmp_path / "sources", filter="data")
    assert version_of(tmp_path / "sources") == "1.2.0"


def test_a_copied_folder_can_be_built(clone: Clone, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    copied.mkdir()
    for name in ("pyproject.toml", "small.py"):
        (copied / name).write_bytes((clone.folder / name).read_bytes())
    assert version_of(copied) == "0.0.dev0"


def test_the_command_line_tells_the_version_of_the_package() -> None:
    command = [sys.executable, "-m", "ineqlib", "--version"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.split()[-1] == ineqlib.__version__
    assert ineqlib.__version__[0].isdigit()


def test_a_folder_on_the_path_that_is_not_installed_says_so(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "ineqlib").mkdir()
    shutil.copy(repo / "ineqlib" / "__init__.py", tmp_path / "ineqlib")
    command = [sys.executable, "-S", "-c", "import ineqlib; print(ineqlib.__version__)"]
    told = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert told.strip() == "0+unknown"
