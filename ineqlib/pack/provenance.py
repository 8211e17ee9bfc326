"""What a pull noted of the files it fetched, so that a pack knows where each of them comes from."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any

from ineqlib.pack.report import FileReport

PROVENANCE = "provenance.json"
MARK = "ineqlib downloads"
"""How the folder of a pull is known to be one."""

FILES = "files"
"""The folder beside `PROVENANCE` that a pack is built from."""

Records = dict[str, dict[str, Any]]
"""Name of a file -> what was noted of it."""

_OF_AN_ANSWER = (
    *("what", "url", "came_from", "fetched", "sha256", "bytes"),
    *("publisher", "licence", "proved"),
)
"""What a pack keeps of each answer that a file was made from."""


def read_provenance(folder: Path) -> Records | None:
    """Return what the pull that wrote a folder noted of its files; None where none wrote it."""
    try:
        content = json.loads((folder / PROVENANCE).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.get("kind") != MARK:
        return None
    records = {str(record["file"]): record for record in content.get("files", ())}
    return {name: record for name, record in records.items() if PureWindowsPath(name).name == name}


def provenance_of(folder: Path) -> Records:
    """Return what was noted of the files that a pack is built from."""
    return (read_provenance(folder.parent) or {}) if folder.name == FILES else {}


def note_origins(reports: Iterable[FileReport], records: Records) -> None:
    """Note of each file the answers it was made from, if it is still what was fetched."""
    for report in reports:
        name = report.name.partition("/")[0]
        record: Mapping[str, Any] = records.get(name, {})
        if report.sha256 and record.get("sha256") == report.sha256:
            report.origins = [
                {key: part[key] for key in _OF_AN_ANSWER if key in part}
                for part in record["made_from"]
            ]
        elif record:
            report.remarks.append(
                f"{name} is not what was fetched: {PROVENANCE} notes SHA-256 "
                f"{record.get('sha256', 'of none')}, the file has {report.sha256}. Nothing is said "
                "of where it comes from. Pull again, or say in a description where it is from."
            )
