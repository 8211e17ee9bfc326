"""The files a pack was built from: where they are now, whether they are still those, and a row."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.files import file_sha256
from ineqlib.pack.descriptions import composed
from ineqlib.pack.inputs import Input
from ineqlib.pack.provenance import FILES, read_provenance
from ineqlib.pack.reading import read_files
from ineqlib.pack.report import FileReport
from ineqlib.sources.resolve import resolve
from ineqlib.sources.rows import FILE_ROW

DOWNLOADS = Path("downloads")
"""Where files are looked for if no folder is given, under the current one."""

SAME = ["indicator_id", "period_start", "period_end", "sex", "age", "dimension", "subgroup"]
"""What a row of a file has in common with its row of the pack, besides the area."""


class AtHand(NamedTuple):
    """A file that was found."""

    folder: Path
    path: Path
    """Under which folder it is, and where."""
    part: str
    """Which file of an archive, or sheet of a workbook, is meant; empty for the file itself."""
    sha256: str
    """Of its bytes now."""


class FileRow(NamedTuple):
    """A row of a file that says what a row of the pack is about."""

    number: int
    """As a spreadsheet numbers it."""
    sheet: str
    value: float
    agrees: bool
    """Whether it says what the pack says."""


def folders(given: Path | None) -> list[Path]:
    """Return the folders in which files may be: as given, or those of all pulls here."""
    if given:
        return [given / FILES, given] if (given / FILES).is_dir() else [given]
    below = [path for path in sorted(DOWNLOADS.glob("*")) if path.is_dir()]
    return [*(path / FILES for path in below), *below, DOWNLOADS]


def find_file(report: FileReport, places: Iterable[Path]) -> AtHand | None:
    """Return where a file of a pack is now: the one that is unchanged, or else the first there."""
    first_there = None
    names = report.name.split("/")
    for folder in places:
        for length in range(1, len(names) + 1):
            # As it was when the pack was built, or by its name alone.
            for path in (folder.joinpath(*names[:length]), folder / names[length - 1]):
                if not path.is_file():
                    continue
                at_hand = AtHand(folder, path, "/".join(names[length:]), file_sha256(path))
                if at_hand.sha256 == report.sha256:
                    return at_hand
                first_there = first_there or at_hand
    return first_there


def provenance_beside(at_hand: AtHand) -> Mapping[str, Any] | None:
    """Return what the pull that wrote a file noted of it; None where no pull did."""
    records = read_provenance(at_hand.folder.parent) if at_hand.folder.name == FILES else None
    return None if records is None else records.get(at_hand.path.name)


def rows_again(
    report: FileReport, at_hand: AtHand, rows: pd.DataFrame, codes: Mapping[str, Sequence[str]]
) -> dict[int, list[FileRow]]:
    """Read a file with its layout once more, and return its rows for some rows of the pack.

    `codes` are those that a file may have for an area.
    """
    read = _read_again(at_hand, tuple(report.stated.items()))
    return {
        row.row: [file_row for file, frame in read for file_row in _like(row, file, frame, codes)]
        for row in rows.itertuples()
    }


@lru_cache(maxsize=2)
def _read_again(
    at_hand: AtHand, stated: tuple[tuple[str, str], ...]
) -> list[tuple[Input, pd.DataFrame]]:
    """Return the tables of a file, or of one part of it; of what was read last, once more.

    Their index is where each row stands in the file.
    """
    path = at_hand.path
    inner = at_hand.part.partition("/")[0]
    described = {composed(name): dict(stated) for name in (path.name, Path(inner).name) if name}
    inputs, _ = read_files(path.parent, [path], described, lambda *_: None, {path: at_hand.sha256})
    of_part = [
        file for file in inputs if file.report.name == f"{path.name}/{at_hand.part}".rstrip("/")
    ]
    catalogue = load_catalogue()
    return [
        (file, resolve(file.parsed.frame, catalogue).set_axis(file.parsed.frame[FILE_ROW]))
        for file in of_part
    ]


def _like(
    row: Any, file: Input, frame: pd.DataFrame, codes: Mapping[str, Sequence[str]]
) -> Iterable[FileRow]:
    is_named = (frame["area_code"] == "") & (frame["area_name"] == row.area_name)
    same = frame["area_code"].isin(codes[row.area_code]) | is_named
    for name in SAME:
        same &= frame[name] == getattr(row, name)
    for other in frame[same].itertuples():
        agrees = all(
            np.isclose(getattr(row, name), getattr(other, name), rtol=1e-12, atol=0, equal_nan=True)
            for name in ("value", "lower_ci", "upper_ci")
        )
        sheet = file.parsed.attributes.get("sheet", "")
        yield FileRow(int(other.Index), sheet, float(other.value), agrees)
