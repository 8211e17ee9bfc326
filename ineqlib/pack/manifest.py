"""Reading `pack.json`, whoever wrote it: its shape, and that it names no file outside the pack."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PureWindowsPath
from typing import Any

from ineqlib.errors import PackError, listed
from ineqlib.files import parse_json
from ineqlib.pack.model import FORMAT, MANIFEST, REQUIRED, PackMeta
from ineqlib.text import visible

ANY = "*"
"""In a shape: whatever name."""

LARGEST = 100_000_000
"""Bytes of a `pack.json`. Known: 250,000."""

_OPTIONAL = "?"
"""How the name of what may be left out ends."""

_WORDS = {str: "a text", int: "a whole number", bool: "true or false"}

_FILE = {"file": str, "rows": int, "sha256": str, "content": str, "digests": {ANY: str}}
_SET_ASIDE = {"reason": str, "rows": int, "examples?": [str]}
_FINDING = {
    **dict.fromkeys(("check", "action", "sheet", "expected", "remedy"), str),
    **{"rows": int, "cells": [str], "indicators": [str]},
}
_INPUT = {
    "file": str,
    **dict.fromkeys(("sha256?", "recognised_as?", "kind?", "accepted?", "source?"), str),
    **dict.fromkeys(("rows_read?", "rows_found?", "rows_kept?", "rows_refused?"), int),
    **{"remarks?": [str], "indicators?": [str]},
    **{"stated?": {ANY: str}, "days?": {ANY: str}, "origins?": [{"url": str}]},
    **{"set_aside?": [_SET_ASIDE], "findings?": [_FINDING]},
}
SHAPE: dict[str, Any] = {
    "format": int,
    "title": str,
    "fictional": bool,
    "vintage": str,
    "inputs": [_INPUT],
    "remarks?": [str],
    "built_with": str,
    "tables": {ANY: {"files": [_FILE]}},
    "made_from?": str,
    "made_by_code": str,
}
"""What `pack.json` holds: a type, a list of one shape, or names and the shape of each."""


def read_manifest(content: bytes, place: object) -> PackMeta:
    """Read the bytes of a `pack.json`.

    Parameters
    ----------
    place
        Of the pack: a folder or an address.

    Raises
    ------
    PackError
        They are not what we write, of another format, or name a file outside the pack; the message
        says what was expected.
    """
    read = _parsed(content, place)
    _require_format(read, place)
    faults = list(_faults(read, SHAPE, "")) or list(_contradictions(read))
    if faults:
        raise PackError(
            f"{place}/{MANIFEST} is not that of a pack, for {len(faults)} reason(s): "
            f"{listed((visible(fault) for fault in faults), 3)}. Build the pack again, or take a "
            "fresh copy."
        )
    meta = PackMeta.from_json(read)
    names = [file.file for table in meta.tables.values() for file in table.files]
    if strange := [name for name in names if not is_name_inside(name)]:
        raise PackError(
            f"{place}/{MANIFEST} names a file outside the pack: {visible(strange[0])}. A pack is "
            "read from its own folder alone: take a copy from whom you trust."
        )
    return meta


def is_name_inside(name: str) -> bool:
    """Tell whether a name, to whichever system, is that of a file in the folder itself.

    Examples
    --------
    >>> is_name_inside("areas.parquet"), is_name_inside(r"..\\areas.parquet"), is_name_inside("..")
    (True, False, False)
    """
    return PureWindowsPath(name).name == name and name not in ("", "..") and "\0" not in name


def _parsed(content: bytes, place: object) -> Any:
    try:
        if len(content) > LARGEST:
            raise ValueError(f"it has {len(content):,} bytes, and at most {LARGEST:,} are read")
        return parse_json(content)
    except ValueError as error:
        raise PackError(
            f"{place}/{MANIFEST} cannot be read: {visible(str(error))}. Build the pack again, or "
            "take a fresh copy."
        ) from error


def _require_format(read: Any, place: object) -> None:
    version = read.get("format") if isinstance(read, dict) else None
    if version is not None and (version != FORMAT or type(version) is not int):
        shown = visible(json.dumps(version)[:30])
        kind = "" if type(version) is int else f", which is {_kind(version)}"
        raise PackError(
            f"The pack at {place} has format {shown}{kind}; this version of ineqlib reads format "
            f"{FORMAT}. Build the pack again, or use the version that wrote it."
        )


def _faults(value: Any, shape: Any, where: str) -> Iterator[str]:
    """Say what in a value is not of a shape, and where."""
    if isinstance(shape, type):
        if type(value) is not shape:
            yield f"{where} is {_kind(value)} and must be {_WORDS[shape]}"
    elif not isinstance(value, type(shape)):
        expected = "a list" if isinstance(shape, list) else "an object with names"
        yield f"{where or 'all of it'} is {_kind(value)} and must be {expected}"
    elif isinstance(shape, list):
        for number, part in enumerate(value, start=1):
            yield from _faults(part, shape[0], f"{where} {number}")
    elif ANY in shape:
        for name, part in value.items():
            yield from _faults(part, shape[ANY], f"{where} '{name}'")
    else:
        for name, of_part in shape.items():
            key = name.removesuffix(_OPTIONAL)
            if key in value:
                yield from _faults(value[key], of_part, f"{where} {key}".strip())
            elif key == name:
                yield f"{where or 'it'} lacks '{key}'"


def _contradictions(read: Mapping[str, Any]) -> Iterator[str]:
    """Say what is of the right shape and yet no pack's."""
    tables = read["tables"]
    if absent := [name for name in REQUIRED if name not in tables]:
        yield f"it lacks the table(s) {listed(absent)}"
    for name in ("title", "vintage"):
        if visible(read[name]) != read[name]:
            yield f"the {name} holds signs that no screen shows ({read[name]})"
    for name, table in tables.items():
        if not table["files"]:
            yield f"table '{name}' has no file"
        if any("" not in file["digests"] for file in table["files"]):
            yield f"table '{name}' has no digest of its whole"
        if any(file["rows"] < 0 for file in table["files"]):
            yield f"table '{name}' has fewer than no rows"


def _kind(value: Any) -> str:
    names = {list: "a list", dict: "an object with names", float: "a decimal number"}
    return "nothing (null)" if value is None else (names | _WORDS)[type(value)]
