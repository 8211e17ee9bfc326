"""What was parsed of each file, kept for the next build: its rows are read once they are needed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from ineqlib.pack.editions import Edition
from ineqlib.pack.kept import LazyTable, keep_entry, read_entry
from ineqlib.pack.report import FileReport
from ineqlib.sources.base import Parsed, SetAside, Source


class Part(NamedTuple):
    """A file that was read, or one of an archive, or a sheet of a workbook."""

    parsed: Parsed
    report: FileReport
    edition: Edition
    accepted: tuple[str, ...]
    rows: int


class KeptParsed(Parsed):
    """What was parsed of a file before, whose frame is read once somebody asks for it."""

    table: LazyTable

    @classmethod
    def of(cls, table: LazyTable, about: Mapping[str, Any]) -> "KeptParsed":
        """Return it without its frame."""
        parsed = cls.__new__(cls)
        vars(parsed).update(about, table=table)
        return parsed

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows."""
        return self.table.read()


def read_parts(key: str) -> list[Part] | None:
    """Return what is kept of a file under a key; None where nothing whole is."""
    entry = read_entry(key)
    with suppress(ValueError, KeyError, TypeError):
        if entry:
            tables = entry.frames.values()
            return [_part(*pair) for pair in zip(tables, entry.about, strict=True)]
    return None


def keep_parts(key: str, parts: list[Part]) -> None:
    """Keep what was parsed of a file, if it would be read back the same."""
    frames = {str(number): part.parsed.frame for number, part in enumerate(parts)}
    keep_entry(key, frames, [_about(part) for part in parts])


def _about(part: Part) -> dict[str, Any]:
    names = [known.name for known in fields(Parsed) if known.name not in ("frame", "source")]
    return {
        "parsed": {name: getattr(part.parsed, name) for name in names}
        | {
            "source": asdict(part.parsed.source),
            "set_aside": [asdict(aside) for aside in part.parsed.set_aside],
        },
        "report": part.report.as_json(),
        "edition": [day and day.isoformat() for day in part.edition[:-1]],
        "names_publisher": part.edition.names_publisher,
        "accepted": list(part.accepted),
        "rows": part.rows,
    }


def _part(table: LazyTable, entry: Mapping[str, Any]) -> Part:
    parsed = dict(entry["parsed"])
    parsed |= {
        "source": Source(**parsed["source"]),
        "set_aside": tuple(
            SetAside(aside["reason"], aside["rows"], tuple(aside["examples"]))
            for aside in parsed["set_aside"]
        ),
        "remarks": tuple(parsed["remarks"]),
    }
    report = FileReport.from_json(entry["report"])
    published, accessed, dated = (day and date.fromisoformat(day) for day in entry["edition"])
    edition = Edition(published, accessed, dated, entry["names_publisher"])
    accepted = tuple(entry["accepted"])
    return Part(KeptParsed.of(table, parsed), report, edition, accepted, entry["rows"])
