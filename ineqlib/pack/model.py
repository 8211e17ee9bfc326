"""What a pack is made of: its tables, its `pack.json` and the areas in it."""

import itertools
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple

from ineqlib import __version__
from ineqlib.observations import COLUMNS

FORMAT = 2
"""Version of the folder's layout; a pack of another version is rebuilt, not converted."""

MANIFEST = "pack.json"
MADE_BY = "ineqlib "
"""How `built_with` begins in every `pack.json` of ours: by this a folder is known to be a pack."""

OPTIONAL = ("trend",)
"""Columns of observations that are written only where a file had something in them."""

TABLES: dict[str, tuple[str, ...]] = {
    "observations": (*COLUMNS, "row"),
    "indicators": ("indicator_id", "name", "unit", "decimals", "source", "catalogued"),
    "areas": (
        "area_code",
        "area_name",
        "area_type",
        "parent_code",
        "region_code",
        "country_code",
        "ended",
        "successors",
        "renamed_from",
    ),
    "area_changes": ("old_code", "old_name", "new_code", "new_name", "date", "kind"),
    "neighbours": ("area_code", "rank", "neighbour_code", "method"),
    "small_areas": (
        "small_area_code",
        "small_area_name",
        "area_code",
        "index",
        "score",
        "rank",
        "decile",
        "population",
    ),
    "area_deprivation": (
        "area_code",
        "index",
        "average_score",
        "average_rank",
        "share_most_deprived",
    ),
    "boundaries_lad": ("code", "name", "geometry"),
    "boundaries_utla": ("code", "name", "geometry"),
    "boundaries_region": ("code", "name", "geometry"),
    "boundaries_own": ("code", "name", "geometry"),
    "boundaries_small_area": ("code", "name", "area_code", "index", "geometry"),
    "sources": ("source_id", "title", "publisher", "licence", "attribution"),
    "build_notes": ("kind", "text"),
    "small_area_changes": ("old_code", "new_code", "kind"),
    "own_areas": ("area_code", "own_type", "option", "part_code", "part_name", "part_type"),
    "own_small_areas": ("area_code", "index", "small_area_code"),
    "own_area_refusals": ("area_code", "indicator_id", "reason", "figures", "made"),
}
"""Table -> the columns it must have. Tables of other names may be added freely."""

REQUIRED = ("observations", "indicators", "areas", "area_changes", "sources")
"""Tables every pack has."""


@dataclass(frozen=True)
class Area:
    """One current area of a pack."""

    code: str
    name: str
    area_type: str
    parent_code: str = ""
    region_code: str = ""
    country_code: str = ""

    @property
    def above(self) -> dict[str, str]:
        """Codes of its county, region and country, by those words; empty where it lies in none."""
        return {
            "county": self.parent_code,
            "region": self.region_code,
            "country": self.country_code,
        }


class Neighbours(NamedTuple):
    """Codes of the areas most like one, nearest first, and the method that found them."""

    codes: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class FileRecord:
    """What `pack.json` says about one file of a table.

    Parameters
    ----------
    file, rows, sha256
        The file, how many rows it has, and the SHA-256 of its bytes.
    content
        Digest of the rows it was written from: a build that comes to the same rows keeps the file.
    digests
        Those of its content and of its parts, see `ineqlib.pack.digests.digests`.
    """

    file: str
    rows: int
    sha256: str
    content: str
    digests: dict[str, str]


@dataclass(frozen=True)
class TableRecord:
    """What `pack.json` says about one table: its files, in the order of its rows.

    A table of many rows has several, each with all rows of some of its parts.
    """

    files: tuple[FileRecord, ...]

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return sum(file.rows for file in self.files)

    @property
    def starts(self) -> dict[str, int]:
        """The number of the first row of each file."""
        ends = itertools.accumulate((file.rows for file in self.files), initial=0)
        return dict(zip((file.file for file in self.files), ends, strict=False))

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "TableRecord":
        """Read what `pack.json` says about one table."""
        names = [part.name for part in fields(FileRecord)]
        files = ({name: file[name] for name in names} for file in content["files"])
        return cls(tuple(FileRecord(**file) for file in files))


@dataclass(frozen=True)
class PackMeta:
    """What `pack.json` says about the pack as a whole.

    Parameters
    ----------
    title
        As a briefing prints it.
    fictional
        True when the areas and figures are made up.
    vintage
        What the pack is current to, in words or as a date.
    inputs
        One dictionary per file, as `ineqlib.pack.report.FileReport` writes it.
    remarks
        What the build warned of that is no one file's matter.
    made_from
        Digest of all that a build was made from; empty for a pack that `ineq build` did not make.
    made_by_code
        Digest of the code that wrote the pack.
    """

    title: str
    fictional: bool
    vintage: str
    inputs: tuple[dict[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()
    built_with: str = f"{MADE_BY}{__version__}"
    tables: dict[str, TableRecord] = field(default_factory=dict)
    made_from: str = ""
    made_by_code: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the content of `pack.json`."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "PackMeta":
        """Read the content of a `pack.json` of this format."""
        tables = {name: TableRecord.from_json(record) for name, record in content["tables"].items()}
        return cls(
            title=content["title"],
            fictional=content["fictional"],
            vintage=content["vintage"],
            inputs=tuple(content["inputs"]),
            remarks=tuple(content.get("remarks", ())),
            built_with=content["built_with"],
            tables=tables,
            made_from=content.get("made_from", ""),
            made_by_code=content["made_by_code"],
        )
