"""A version is released with a dated section of the changelog and a citation that names it."""

from pathlib import Path

import pytest

from tests.release.conftest import CHANGES, CITATION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    return tmp_path


def test_ours_are_in_order(script, repo: Path) -> None:
    assert script("release_notes").problems(repo) == []


def test_a_dated_version_that_the_citation_names_can_be_released(script, folder: Path) -> None:
    assert script("release_notes").problems(folder, "1.2.0") == []


def test_a_version_without_a_section_cannot(script, folder: Path) -> None:
    [wrong] = script("release_notes").problems(folder, "1.3.0")
    assert "CHANGELOG.md has no dated section of 1.3.0: put `## [1.3.0] – 2" in wrong


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("CHANGELOG.md", "## [Unreleased]\n", "", "should begin with a section `## [Unreleased]`"),
        ("CHANGELOG.md", "2026-01-31", "January", "should be like `## [1.2.0] – 2026-01-31`"),
        ("CHANGELOG.md", "2026-01-31", "2026-02-31", "with a day that there is"),
        ("CHANGELOG.md", "[1.2.0]", "[1.10.0] – 2026-01-30\n\n## [1.2.0]", "newest to the oldest"),
        ("CHANGELOG.md", "[1.2.0]", "[1.1.0] – 2026-02-28\n\n## [1.2.0]", "newest to the oldest"),
        (
            "CITATION.cff",
            "version: 1.2.0\nd",
            "version: 1.1.0\nd",
            "should say `version: 1.2.0` and",
        ),
        ("CITATION.cff", "date-released: 2026-01-31", "", "`date-released: 2026-01-31`"),
        ("CITATION.cff", "authors: [{name: We}]", "authors: []", "lacks `authors`"),
        ("CITATION.cff", "message: Cite it.", "", "lacks `message`"),
    ],
)
def test_what_is_wrong_is_told(
    script, folder: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert said in "\n".join(script("release_notes").problems(folder))


def test_before_the_first_release_the_citation_names_no_version(script, folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n", encoding="utf-8")
    [wrong] = script("release_notes").problems(folder)
    assert "nothing is released yet" in wrong
