"""What will go says so once, and what should have gone is found."""

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

import ineqlib
from ineqlib import deprecation
from ineqlib.deprecation import (
    REGISTER,
    Deprecation,
    IneqlibDeprecation,
    deprecated,
    renamed_argument,
)

SECTION = re.compile(r"^## \[(\d+(?:\.\d+)*)\]", re.MULTILINE)


@pytest.fixture(autouse=True)
def own_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test declares is not taken for ours."""
    monkeypatch.setattr(deprecation, "REGISTER", [*REGISTER])
    yield


def overdue(register: list[Deprecation], changelog: str) -> list[str]:
    """Return what should be gone in the newest version that the changelog has released."""
    newest = max(map(numbers, SECTION.findall(changelog)), default=(0,))
    return [entry.what for entry in register if numbers(entry.gone_in) <= newest]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_nothing_is_kept_longer_than_was_said(repo: Path) -> None:
    for module in pkgutil.walk_packages(ineqlib.__path__, "ineqlib."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    changelog = (repo / "CHANGELOG.md").read_text(encoding="utf-8")
    assert overdue(REGISTER, changelog) == [], "remove it, and say so in the changelog"


def test_what_is_overdue_is_found() -> None:
    @deprecated("new()", gone_in="1.10")
    def old() -> None:
        """Do nothing."""

    released = "## [Unreleased]\n\n## [1.{}.0] – 2026-01-31\n"
    name = next(entry.what for entry in deprecation.REGISTER if "old()" in entry.what)
    assert overdue(deprecation.REGISTER, released.format(9)) == []
    assert overdue(deprecation.REGISTER, released.format(10)) == [name]


def test_a_function_that_will_go_works_and_says_so_once_a_line() -> None:
    @deprecated("ineqlib.trend", gone_in="2.0")
    def line(area: str, *, width: int) -> str:
        """Draw."""
        return f"{area} {width}"

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default", IneqlibDeprecation)
        drawn = [line("Stevenage", width=width) for width in (2, 3)]
    assert drawn == ["Stevenage 2", "Stevenage 3"]
    [warned] = told
    assert warned.filename == __file__, "it points to the line that is to be changed"
    assert "line() will be gone in ineqlib 2.0: use ineqlib.trend instead." in str(warned.message)
    assert line.__doc__ == "Draw."


def test_an_argument_is_taken_by_both_names_but_not_at_once() -> None:
    @renamed_argument("colour", "palette", gone_in="2.0")
    def draw(palette: str = "grey") -> str:
        return palette

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (draw(), draw("red"), draw(palette="blue")) == ("grey", "red", "blue")
    with pytest.warns(IneqlibDeprecation, match=r"colour= of .*draw\(\) will be gone .* palette="):
        assert draw(colour="green") == "green"
    with pytest.raises(TypeError, match="got palette= and colour=, which is its former name"):
        draw(palette="red", colour="green")
