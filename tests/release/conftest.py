"""The scripts of `release`, which are no part of the package, and a small project to release."""

import importlib
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = """\
[build-system]
requires = ["setuptools>=77", "setuptools-scm>=8.1"]
build-backend = "setuptools.build_meta"

[project]
name = "ineqlib"
description = "Small"
dynamic = ["version"]
dependencies = ["pandas>=3.0"]

[project.optional-dependencies]
dev = ["PyTest_Socket"]

[tool.setuptools]
py-modules = ["small"]

"""
LOCK = "".join(
    f"{name} \\\n    --hash=sha256:{digit * 64}\n"
    for name, digit in (
        ("numpy==2.4.6 ; python_full_version < '3.12'", "0"),
        ("numpy==2.5.5 ; python_full_version >= '3.12'", "1"),
        ("pandas==3.1.1", "2"),
        ("pytest-socket==0.8.1", "3"),
    )
)
CHANGES = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] – 2026-01-31\n\n### Added\n- All.\n"
CITATION = """\
cff-version: 1.2.0
message: Cite it.
title: Small
authors: [{name: We}]
version: 1.2.0
date-released: 2026-01-31
"""
DAY = "2026-01-31T12:00:00+00:00"


@pytest.fixture
def script(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a script by its name."""
    monkeypatch.syspath_prepend(repo / "release")
    return importlib.import_module


class Clone:
    """A small project in git, which takes its version from tags as ours does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *words: object) -> str:
        who = ["-c", "user.name=We", "-c", "user.email=we@example.org", "-c", "tag.gpgSign=false"]
        command = ["git", *who, "-c", "commit.gpgSign=false", *map(str, words)]
        # Without the dates, its hashes would not be those of the last run.
        dates = {"GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY, "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **dates},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self, **files: str) -> None:
        """Commit files of these contents, by their stems."""
        for stem, text in files.items():
            name = {"CHANGELOG": "CHANGELOG.md", "CITATION": "CITATION.cff"}.get(stem, f"{stem}.py")
            (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "One", "--allow-empty")


@pytest.fixture
def clone(repo: Path, tmp_path: Path) -> Clone:
    """One with a commit and no tag."""
    made = Clone(tmp_path / "clone")
    made.folder.mkdir()
    made.git("init", "--quiet", "--initial-branch", "main")
    ours = (repo / "pyproject.toml").read_text(encoding="utf-8")
    settings = tomllib.loads(ours)["tool"]["setuptools_scm"]
    lines = "".join(f'{key} = "{word}"\n' for key, word in settings.items())
    text = f"{PROJECT}[tool.setuptools_scm]\n{lines}"
    (made.folder / "pyproject.toml").write_text(text, encoding="utf-8")
    (made.folder / "requirements.lock").write_text(LOCK, encoding="utf-8")
    for name in (".gitattributes", ".git_archival.txt"):
        shutil.copy(repo / name, made.folder)
    made.commit(small="A = 1\n", CHANGELOG=CHANGES, CITATION=CITATION)
    return made
