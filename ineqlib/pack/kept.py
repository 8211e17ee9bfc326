"""What was parsed of each file, kept in the user's cache folder for the next build.

An entry is a folder of frames and JSON under a key of everything it depends on: the bytes and the
name of the file, what is described of it, and the code and catalogue of this package. What is not
whole, or was edited, is as good as none. The folder may be deleted at any time.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import platformdirs
import pyarrow as pa

from ineqlib.files import TEMPORARY, file_sha256, parse_json, write_text
from ineqlib.pack.editions import Edition
from ineqlib.pack.files import digest_of, sha256
from ineqlib.pack.kept_frames import read_frame, write_frame
from ineqlib.pack.report import FileReport
from ineqlib.sources.base import Parsed, SetAside, Source

LEAST = 1_000
"""Bytes of the smallest file that is kept: less is read as fast as it is looked up."""

MOST = 5_000_000_000
"""Bytes of all that is kept; what was not used for longest goes first."""

_ABOUT = "about.json"
_SHAPES = "shapes.arrow"


class Part(NamedTuple):
    """A file that was read, or one of an archive, or a sheet of a workbook."""

    parsed: Parsed
    report: FileReport
    edition: Edition
    accepted: tuple[str, ...]


def cache_folder() -> Path:
    """Return where parsed files are kept."""
    return platformdirs.user_cache_path("ineqlib") / "parsed"


def read_kept(key: str) -> list[Part] | None:
    """Return what is kept under a key; None where nothing whole is."""
    folder = cache_folder() / key
    # A cache that cannot be read is as good as none.
    with suppress(OSError, ValueError, KeyError, TypeError, pa.ArrowInvalid):
        content = parse_json((folder / _ABOUT).read_bytes())
        parts = content["parts"]
        if content["digest"] == digest_of(parts):
            read = [_read_part(folder, part) for part in parts]
            os.utime(folder)
            return read
    return None


def keep(key: str, parts: list[Part]) -> None:
    """Keep what was parsed of a file, if it would be read back the same."""
    above = cache_folder()
    # Without a writable cache folder the next build parses again.
    with suppress(OSError, ValueError, TypeError, NotImplementedError, pa.ArrowException):
        above.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=above) as beside:
            made = Path(beside, "made")
            made.mkdir()
            written = [_write_part(made, number, part) for number, part in enumerate(parts)]
            about = {"digest": digest_of(written), "parts": written}
            (made / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
            if (above / key).exists():  # damaged, or of a build that runs at the same time
                shutil.rmtree(above / key)
            made.rename(above / key)
            _written_since_counted(sum(file.stat().st_size for file in (above / key).iterdir()))


def remember(key: str, value: object) -> None:
    """Keep what was found out about something under a key, as JSON; nothing under an empty one."""
    with suppress(OSError, TypeError):
        if key:
            cache_folder().mkdir(parents=True, exist_ok=True)
            text = json.dumps([value, digest_of(value)])
            write_text(cache_folder() / f"{key}.json", text)


def recall(key: str) -> Any:
    """Return what `remember` kept under a key; None where it is not there or not whole."""
    with suppress(OSError, ValueError):
        value, digest = parse_json((cache_folder() / f"{key}.json").read_bytes())
        return value if key and digest == digest_of(value) else None
    return None


def remember_shapes(key: str, shapes: gpd.GeoSeries, remarks: tuple[str, ...]) -> None:
    """Keep shapes that were made of others, and what was remarked of them; see `remember`."""
    folder = cache_folder() / key
    with suppress(OSError):
        if key:
            folder.mkdir(parents=True, exist_ok=True)
            temporary = folder / f"{os.getpid()}{TEMPORARY}"
            write_frame(temporary, gpd.GeoDataFrame(geometry=shapes))
            _written_since_counted(temporary.stat().st_size)
            temporary.replace(folder / _SHAPES)
            remember(f"{key}/shapes", [remarks, file_sha256(folder / _SHAPES)])


def recall_shapes(key: str) -> tuple[gpd.GeoSeries, tuple[str, ...]] | None:
    """Return what `remember_shapes` kept under a key; None where it is not there or not whole."""
    file = cache_folder() / key / _SHAPES
    known = recall(f"{key}/shapes" if key else "")
    with suppress(OSError, pa.ArrowInvalid):
        if known and known[1] == file_sha256(file):
            os.utime(file.parent)
            return read_frame(file).geometry, tuple(known[0])
    return None


def drop_oldest() -> None:
    """Delete what was not used for longest, until no more than `MOST` bytes are kept.

    Nothing is counted before the files written since the last time come to a tenth of them.
    """
    with suppress(OSError):
        if _written_since_counted() < MOST / 10:
            return
        folders = sorted(
            (folder for folder in cache_folder().iterdir() if folder.is_dir()),
            key=lambda folder: folder.stat().st_mtime,
            reverse=True,
        )
        size = 0
        for folder in folders:
            size += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            if size > MOST:
                shutil.rmtree(folder, ignore_errors=True)
        _written_file().write_text("0", encoding="ascii")


def _written_file() -> Path:
    return cache_folder().with_suffix(".written")


def _written_since_counted(more: int = 0) -> int:
    """Return how many bytes were written since they were last counted, and some more now."""
    try:
        size = int(_written_file().read_bytes()) + more
    except (OSError, ValueError):
        return MOST  # never counted
    if more:
        _written_file().write_text(str(size), encoding="ascii")
    return size


def _write_part(folder: Path, number: int, part: Part) -> dict[str, Any]:
    parsed = part.parsed
    file = folder / f"{number}.arrow"
    write_frame(file, parsed.frame)
    content = {name: value for name, value in vars(parsed).items() if name != "frame"}
    return {
        "file": file.name,
        "sha256": sha256(file),
        "parsed": json.loads(json.dumps(content, default=asdict)),
        "report": json.loads(json.dumps(part.report.as_json())),
        "edition": [day and day.isoformat() for day in part.edition[:-1]],
        "names_publisher": part.edition.names_publisher,
        "accepted": list(part.accepted),
    }


def _read_part(folder: Path, entry: Mapping[str, Any]) -> Part:
    file = folder / entry["file"]
    if sha256(file) != entry["sha256"]:
        raise ValueError("it is not what was written")
    parsed = dict(entry["parsed"])
    parsed |= {
        "source": Source(**parsed["source"]),
        "set_aside": tuple(
            SetAside(aside["reason"], aside["rows"], tuple(aside["examples"]))
            for aside in parsed["set_aside"]
        ),
        "remarks": tuple(parsed["remarks"]),
        "frame": read_frame(file),
    }
    report = FileReport.from_json(entry["report"])
    published, accessed, dated = (day and date.fromisoformat(day) for day in entry["edition"])
    edition = Edition(published, accessed, dated, entry["names_publisher"])
    return Part(Parsed(**parsed), report, edition, tuple(entry["accepted"]))
