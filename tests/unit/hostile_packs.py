"""Packs that nobody should open, and the words each is refused in; writes the table of them.

python -m tests.unit.hostile_packs
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hostile-input.md"
BEGIN, END = "<!-- packs: begin -->\n", "<!-- packs: end -->"
FILE = ("tables", "areas", "files", 0)
HERE = "areas.parquet"

Make = Callable[[Path], None]


@dataclass(frozen=True)
class HostilePack:
    """One, made of a pack that is sound.

    Parameters
    ----------
    name
        What it is.
    says
        Part of what it is refused with.
    make
        What is done to a copy of the sound one.
    """

    name: str
    says: str
    make: Make


def manifest(folder: Path) -> Any:
    return json.loads((folder / "pack.json").read_bytes())


def write_manifest(folder: Path, content: Any) -> None:
    (folder / "pack.json").write_text(json.dumps(content), encoding="utf-8")


def stated(*keys: Any, value: Any) -> Make:
    """Have `pack.json` state something else."""

    def make(folder: Path) -> None:
        content = manifest(folder)
        inner = content
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = value
        write_manifest(folder, content)

    return make


def without(*keys: Any) -> Make:
    """Have `pack.json` leave something out."""

    def make(folder: Path) -> None:
        content = manifest(folder)
        inner = content
        for key in keys[:-1]:
            inner = inner[key]
        del inner[keys[-1]]
        write_manifest(folder, content)

    return make


def raw(content: bytes) -> Make:
    """Put other bytes in place of `pack.json`."""
    return lambda folder: (folder / "pack.json").write_bytes(content) and None


def moved(to: str, name: str) -> Make:
    """Move the areas out of the pack, and name them there."""

    def make(folder: Path) -> None:
        place = folder / to
        (folder / HERE).rename(place)
        stated(*FILE, "file", value=name.format(place=place))(folder)

    return make


def linked(folder: Path) -> None:
    outside = folder.parent / "outside.parquet"
    (folder / HERE).rename(outside)
    (folder / HERE).symlink_to(outside)


def bytes_of(change: Callable[[bytes], bytes]) -> Make:
    """Put other bytes in place of the areas, with the hash of these."""

    def make(folder: Path) -> None:
        file = folder / HERE
        file.write_bytes(change(file.read_bytes()))
        stated(*FILE, "sha256", value=hashlib.sha256(file.read_bytes()).hexdigest())(folder)

    return make


def table_of(change: Callable[[pa.Table], pa.Table], **options: Any) -> Make:
    """Put another table in place of the areas, with its hash and number of rows."""

    def make(folder: Path) -> None:
        changed = change(pq.read_table(folder / HERE))
        stated(*FILE, "rows", value=changed.num_rows)(folder)
        pq.write_table(changed, folder / HERE, **options)
        bytes_of(bytes)(folder)

    return make


def with_column(name: str, cells: Callable[[int], pa.Array]) -> Make:
    """Put another column in place of one of the areas'."""

    def change(table: pa.Table) -> pa.Table:
        at = table.column_names.index(name)
        return table.set_column(at, name, cells(table.num_rows))

    return table_of(change)


def wide(table: pa.Table) -> pa.Table:
    for number in range(2_001):
        table = table.append_column(f"column {number}", table["ended"])
    return table


def many(table: pa.Table) -> pa.Table:
    return pa.concat_tables([table] * (1 + (1 << 20) // table.num_rows)).combine_chunks()


def broken_pages(content: bytes) -> bytes:
    """Change what the pages of the table hold, not what it says of itself."""
    return content[:40] + bytes(byte ^ 0x55 for byte in content[40:400]) + content[400:]


OPENED = (
    HostilePack("`pack.json` that is no JSON", "cannot be read", raw(b"{")),
    HostilePack("nested 200,000 deep", "nested too deep", raw(b"[" * 200_000)),
    HostilePack("a number of 10,000 digits", "cannot be read", raw(b'{"a":' + b"9" * 10_000)),
    HostilePack("a list in place of it all", "must be an object with names", raw(b"[]")),
    HostilePack("format 1", "has format 1; this", stated("format", value=1)),
    HostilePack('format `"2"`', 'format "2", which is a text', stated("format", value="2")),
    HostilePack("format `2.0`", "format 2.0, which is a decimal", stated("format", value=2.0)),
    HostilePack("no format", "lacks 'format'", without("format")),
    HostilePack("a list as title", "title is a list and must be a text", stated("title", value=[])),
    HostilePack(
        "a title that a terminal would obey",
        "the title holds signs that no screen shows (\\x1b[31m)",
        stated("title", value="\x1b[31m"),
    ),
    HostilePack("tables that are a list", "tables is a list", stated("tables", value=[])),
    HostilePack("no table of areas", "lacks the table(s) areas", without("tables", "areas")),
    HostilePack(
        "a table without a file",
        "table 'areas' has no file",
        stated(*FILE[:-1], value=[]),
    ),
    HostilePack(
        "a number of rows as text",
        "tables 'areas' files 1 rows is a text and must be a whole number",
        stated(*FILE, "rows", value="6"),
    ),
    HostilePack("fewer rows than none", "fewer than no rows", stated(*FILE, "rows", value=-6)),
    HostilePack(
        "another number of rows", "6 rows and pack.json says 5", stated(*FILE, "rows", value=5)
    ),
    HostilePack("no digest", "no digest of its whole", stated(*FILE, "digests", value={})),
    HostilePack(
        "an input that is a number",
        "inputs 1 is a whole number and must be an object",
        stated("inputs", value=[1]),
    ),
    HostilePack(
        "a remark that is a number", "remarks 1 is a whole number", stated("remarks", value=[1])
    ),
    HostilePack(
        "a file by an absolute path",
        "names a file outside the pack",
        moved("../outside.parquet", "{place}"),
    ),
    HostilePack(
        "a file by `..`",
        "names a file outside the pack: ../outside.parquet",
        moved("../outside.parquet", "../outside.parquet"),
    ),
    HostilePack(
        "a file by `..` of Windows",
        "names a file outside the pack: ..\\outside.parquet",
        stated(*FILE, "file", value="..\\outside.parquet"),
    ),
    HostilePack("the folder as a file", "outside the pack: ..", stated(*FILE, "file", value="..")),
    HostilePack("a file that is a link out of the folder", "is a link to a file outside", linked),
    HostilePack("a Parquet file that is none", "is no", bytes_of(lambda _: b"hello world, hello")),
    HostilePack("an empty file", "is no Parquet file", bytes_of(lambda _: b"")),
    HostilePack("a Parquet file without its end", "is no", bytes_of(lambda content: content[:-3])),
    HostilePack(
        "a table without a column", "lacks 1 column(s), ended", table_of(lambda t: t.drop("ended"))
    ),
    HostilePack(
        "a column twice",
        "column(s) twice, area_name",
        table_of(lambda t: t.append_column("area_name", t["area_name"])),
    ),
    HostilePack("2,000 columns more", "columns, and at most 2,000", table_of(wide)),
    HostilePack(
        "texts where true or false belongs",
        "column ended is string and must be true or false",
        with_column("ended", lambda rows: pa.array(["no"] * rows)),
    ),
    HostilePack(
        "numbers where texts belong",
        "column area_code is int64 and must be a text",
        with_column("area_code", lambda rows: pa.array(range(rows))),
    ),
    HostilePack(
        "a million rows that are read at once",
        "are read at once",
        table_of(many, row_group_size=1 << 21),
    ),
)
"""Refused as soon as somebody opens one."""

READ = (
    HostilePack(
        "pages that are damaged, with the right hash", "cannot be read", bytes_of(broken_pages)
    ),
    HostilePack(
        "texts that are missing",
        "6 cells of area_code hold no text",
        with_column("area_code", lambda rows: pa.array([None] * rows, pa.string())),
    ),
)
"""Refused by `ineq check`, which reads every cell; opening one reads none."""


def as_table() -> str:
    lines = ["| pack | refused | and says |", "|---|---|---|"]
    for when, packs in (("when it is opened", OPENED), ("by `ineq check`", READ)):
        lines += [f"| {pack.name} | {when} | “… {pack.says} …” |" for pack in packs]
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """A page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + as_table() + END + rest.partition(END)[2]


def copied(sound: Path, folder: Path) -> Path:
    return Path(shutil.copytree(sound, folder))


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
