"""What the user states about files, in YAML files by file name."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ineqlib.errors import InputError, closest, listed
from ineqlib.geography.own_areas import FILE_NAME, OwnAreas, read_own_areas
from ineqlib.pack.editions import STATED, UNUSED, read_date
from ineqlib.sources.base import DESCRIBED
from ineqlib.sources.period_reading import check_period_kind
from ineqlib.sources.plausible import check_names
from ineqlib.text import visible
from ineqlib.yaml_file import check_keys, read_yaml

DESCRIPTIONS = Path("params") / "describe"
"""Where descriptions are read from when none is given, under the current folder."""

ACCEPT = "accept"
"""Key of a description that overrules checks by name, see `ineqlib.sources.plausible`."""

LEAVE_OUT = "leave_out"
"""Key of a description that keeps a file out of the pack; its text says why."""


def own_areas(path: Path | None, describe: Path | None) -> OwnAreas:
    """Read the areas of one's own: of the file given, or of one beside the descriptions."""
    beside = (describe.parent if describe else DESCRIPTIONS) / FILE_NAME
    if path is None and not beside.is_file():
        return OwnAreas()
    return read_own_areas(path or beside)


def read_descriptions(path: Path | None) -> dict[str, dict[str, str]]:
    """Read what the user states about files: file name -> what its layout leaves out.

    Parameters
    ----------
    path
        YAML file of descriptions; None reads every one in `DESCRIPTIONS`.

    Raises
    ------
    InputError
        A description is not a list of file names, each with ``key: text`` pairs; a key is given
        twice or is not known; or a file is described twice.
    """
    every = sorted(DESCRIPTIONS.glob("*.yml"))
    paths = [path] if path else [file for file in every if file.name != FILE_NAME]
    described: dict[str, dict[str, str]] = {}
    where: dict[str, Path] = {}
    for description in paths:
        for name, entry in _entries(description):
            if name in where:
                raise InputError(
                    f"'{name}' is described in {where[name]} and again in {description}. Keep one."
                )
            where[name] = description
            described[name] = entry
    return described


def without_dates_to_come(
    described: dict[str, dict[str, str]], today: date
) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Return descriptions without the dates that cannot be yet, and what to say of these.

    Nothing that is made of a file, and kept, then depends on the day.
    """
    past: dict[str, dict[str, str]] = {}
    remarks = []
    for name, entry in described.items():
        dates = {key: read_date(entry[key]) for key in STATED if key in entry}
        to_come = [key for key, day in dates.items() if day is not None and day > today]
        past[name] = {key: text for key, text in entry.items() if key not in to_come}
        remarks += [
            f"The description of '{visible(name)}' has `{key}: {visible(entry[key])}`, which is "
            f"after today. {UNUSED}"
            for key in to_come
        ]
    return past, tuple(remarks)


def _entries(description: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the file names of one description, each with what it states."""
    content = read_yaml(description) or {}
    if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
        raise InputError(
            f"The description {description} should give, for each file name, what its layout "
            "leaves out, for example `report.csv.gz: {period: 2014 - 16}`."
        )
    for name, entry in content.items():
        check_keys(entry, (*DESCRIBED, ACCEPT, LEAVE_OUT), f"{description}: '{name}'")
        _refuse_no_text(entry, f"{description}: '{name}'")
    texts = {
        composed(str(name)): {key: _text(value) for key, value in entry.items()}
        for name, entry in content.items()
    }
    for entry in texts.values():
        check_names(entry.get(ACCEPT, ""))
        check_period_kind(entry.get("period_kind", ""))
    return list(texts.items())


def _refuse_no_text(entry: dict[str, object], where: str) -> None:
    """Refuse what YAML reads as no text: nothing, yes and no, and keys within keys."""
    for key, value in entry.items():
        if value is None or isinstance(value, bool | dict):
            raise InputError(
                f"{where} should say in words what its `{key}` is: write them behind the colon, in "
                "quotes where they are yes, no or have a colon; or leave the key out."
            )


def _text(value: object) -> str:
    """Return what a description states as text; a list of names is joined by commas."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def composed(name: str) -> str:
    """Return a file name with each accent in its letter: a Mac may have them apart, none shows."""
    return unicodedata.normalize("NFC", name)


def never_met(described: dict[str, dict[str, str]], files: Iterable[str]) -> tuple[str, ...]:
    """Say which files described by the user are not in the folder: perhaps misspelt."""
    names = {composed(part) for name in files for part in name.split("/")}
    absent = sorted(set(described) - names)
    if not absent:
        return ()
    free = sorted(names - set(described))
    near = {name: closest(name, free) for name in absent}
    shown = listed(f"{name} (did you mean '{to}'?)" if to else name for name, to in near.items())
    return (f"{len(absent)} described file(s) are not in the folder: {shown}.",)
