"""What a build did with every file it was given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ineqlib.errors import InputError, listed
from ineqlib.pack.report_html import report_html
from ineqlib.sources.base import Finding, SetAside
from ineqlib.text import day_in_words

NOT_READ = "not read"

KINDS = {
    "observations": "Figures",
    "small_areas": "Neighbourhoods by deprivation",
    "small_area_table": "Further figures of neighbourhoods",
    "area_deprivation": "Authorities by deprivation",
    "boundaries": "Boundaries",
    "area_lookup": "Which area lies in which",
    "area_changes": "Changes of codes",
    "neighbours": "Statistical neighbours",
    "population": "Populations",
    "deaths": "Deaths by age",
    "populations": "People by age",
    "reference": "Reference tables",
    "": "Unknown",
}
"""Kind of a file -> what it holds, as people read it."""


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


@dataclass
class FileReport:
    """What became of one file; filled in as the build goes on.

    Parameters
    ----------
    kind
        What it holds, a key of `KINDS`; empty where it could not be read so far.
    rows_read
        Rows in the file, as its reader counted them; 0 where nobody could.
    rows_found
        What those rows gave: as many, or more where a row holds several figures.
    rows_kept, rows_refused
        Of `rows_found`; the rest is set aside, and all three add up to it.
    accepted
        Findings of the checks that its description overrules, as it states them.
    source
        Id of the source of what it holds.
    indicators
        Ids of what its rows count, where it holds figures.
    stated
        What its description states of it.
    days
        When it was ``published`` or ``accessed``, or is ``dated`` by itself, as far as is known.
    origins
        The answers of publishers that it was made from, as the pull noted them.
    """

    name: str
    sha256: str = ""
    recognised_as: str = NOT_READ
    kind: str = ""
    rows_read: int = 0
    rows_found: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    accepted: str = ""
    findings: list[Finding] = field(default_factory=list)
    source: str = ""
    indicators: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    origins: list[dict[str, Any]] = field(default_factory=list)

    @property
    def day(self) -> str:
        """When it was published, accessed or dated, in words; empty where nobody says."""
        return ", ".join(f"{word} {day_in_words(day)}" for word, day in self.days.items())

    @property
    def urls(self) -> list[str]:
        """Where it is from, as far as is known."""
        given = [self.stated["url"]] if "url" in self.stated else []
        return [part["url"] for part in self.origins] or given

    @property
    def rows_set_aside(self) -> int:
        """Rows left out of a file that was read, or before it was refused."""
        return sum(aside.rows for aside in self.set_aside)

    @property
    def is_read(self) -> bool:
        """Whether anything of the file could be used."""
        return self.recognised_as != NOT_READ

    def set_rows_aside(self, asides: Iterable[SetAside]) -> None:
        """Note rows that are left out; those of one reason are told together."""
        for aside in asides:
            same = [known for known in self.set_aside if known.reason == aside.reason]
            for known in same:
                self.set_aside.remove(known)
            parts = [*same, aside]
            examples = tuple(text for part in parts for text in part.examples)[:5]
            self.set_aside.append(SetAside(aside.reason, sum(p.rows for p in parts), examples))

    def refuse(self, why: str) -> None:
        """Leave the file out whole: all of its rows that were not set aside."""
        self.recognised_as = NOT_READ
        self.rows_kept = 0
        self.rows_refused = self.rows_found - self.rows_set_aside
        self.remarks.append(why)

    def settle(self) -> None:
        """Tell of rows that are neither kept, nor set aside, nor refused: there should be none."""
        lost = self.rows_found - self.rows_kept - self.rows_set_aside - self.rows_refused
        if self.kind == "observations":
            lost += max(0, self.rows_read - self.rows_found)
        if lost:
            self.remarks.append(
                f"{_rows(lost)} of the file cannot be accounted for, which is a fault of "
                "ineqlib. Please send this line and the name of the layout."
            )

    def as_json(self) -> dict[str, Any]:
        """Return the entry of this file in `pack.json`."""
        content = asdict(self)
        return {"file": content.pop("name"), **content}

    def become(self, entry: Mapping[str, Any]) -> None:
        """Say what another report of the same file said, of which this is the entry."""
        vars(self).update(vars(FileReport.from_json(entry)))

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "FileReport":
        """Read the entry of a file in `pack.json`; one of an earlier build says less."""
        made_of_others = {"set_aside": SetAside, "findings": Finding}
        plain = {part.name for part in fields(cls)} & entry.keys() - made_of_others.keys()
        report = cls(entry["file"], **{name: entry[name] for name in plain})
        for name, kind in made_of_others.items():
            setattr(report, name, [_value(kind, part) for part in entry.get(name, ())])
        return report

    @property
    def counts(self) -> str:
        """The rows of the file and what became of them; empty where they could not be counted."""
        if not self.rows_found:
            return ""
        parts = [f"{self.rows_kept:,} kept"]
        parts += [f"{self.rows_set_aside:,} set aside"] * bool(self.set_aside)
        parts += [f"{self.rows_refused:,} refused"] * bool(self.rows_refused)
        gave = "" if self.rows_read in (0, self.rows_found) else f"{_rows(self.rows_read)} gave "
        return f"{gave}{_rows(self.rows_found)}: {', '.join(parts)}"

    def as_text(self) -> str:
        """Write the entry of this file in the report."""
        lines = [", ".join(filter(None, [f"{self.name}: {self.recognised_as}", self.counts]))]
        for aside in self.set_aside:
            examples = f" ({listed(aside.examples)})" if aside.examples else ""
            lines.append(f"    set aside {aside.rows:,}: {aside.reason}{examples}")
        lines += [f"    {remark}" for remark in self.remarks]
        if self.accepted:
            lines.append(f"    accepted, as its description states: {self.accepted}")
        return "\n".join(lines)


class NothingToBuild(InputError):
    """No file gives a figure; `report` says what became of each."""

    def __init__(self, message: str, report: "BuildReport") -> None:
        super().__init__(message)
        self.report = report


@dataclass(frozen=True)
class BuildReport:
    """What a build read, kept and left out; in a notebook it shows itself as a page."""

    path: Path
    files: tuple[FileReport, ...]
    remarks: tuple[str, ...] = ()
    unchanged: bool = False
    """Whether the pack in place was made from the same, so that it was kept."""

    @property
    def read(self) -> tuple[FileReport, ...]:
        """Files in a layout that is known."""
        return tuple(file for file in self.files if file.is_read)

    @property
    def not_read(self) -> tuple[FileReport, ...]:
        """Files left out whole; the remarks of each say why."""
        return tuple(file for file in self.files if not file.is_read)

    @property
    def summary(self) -> str:
        """How many of the files were read."""
        return f"{len(self.read)} of {len(self.files)} files read"

    def without_figures(self) -> str:
        """Say of the files of a build without a figure why none stands, as far as it is known."""
        parts = {
            "Not read": self.not_read,
            "All rows set aside": [file for file in self.read if not file.rows_kept],
        }
        told = {
            words: listed(
                f"{file.name}: "
                + " ".join([*file.remarks, *(f"{part.reason}." for part in file.set_aside)])
                for file in files
            )
            for words, files in parts.items()
        }
        return "".join(f" {words}: {files}" for words, files in told.items() if files)

    def by_kind(self) -> Iterator[tuple[str, tuple[FileReport, ...]]]:
        """Yield each kind of file there is, as people read it, with its files."""
        for kind, words in KINDS.items():
            if files := tuple(file for file in self.files if file.kind == kind):
                yield words, files

    def as_text(self) -> str:
        """Write the report for a person: every file, what was kept, what was not and why."""
        kept = " Unchanged: the pack in place was made from the same, and is kept."
        parts = [f"Pack {self.path}: {self.summary}.{kept * self.unchanged}", *self.remarks]
        parts += ["", "Read"] + [file.as_text() for file in self.read]
        if self.not_read:
            parts += ["", "Not read"]
            parts += [file.as_text() for file in self.not_read]
        return "\n".join(parts) + "\n"

    def warnings(self) -> str:
        """Write what the build warned of, file by file; empty where there was nothing."""
        warned_of = [file for file in self.files if file.set_aside or file.remarks or file.accepted]
        if not (warned_of or self.remarks):
            return ""
        parts = [
            "What the build warned of. Rows set aside are not in the pack, each for the reason "
            "given; a file that was not read gave nothing. Put right what can be, or state it in a "
            "description, and build again.",
            *self.remarks,
            *(file.as_text() for file in warned_of),
        ]
        return "\n".join(parts) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "pack": str(self.path),
            "remarks": list(self.remarks),
            "files": [file.as_json() for file in self.files],
        }

    @classmethod
    def from_json(
        cls, path: Path, files: Iterable[Mapping[str, Any]], remarks: Iterable[str] = ()
    ) -> "BuildReport":
        """Read the report that a pack keeps."""
        return cls(path, tuple(map(FileReport.from_json, files)), tuple(remarks))

    def _repr_html_(self) -> str:
        return report_html(self)


def _value(kind: type[Any], entry: Mapping[str, Any]) -> Any:
    """Return a frozen value of what JSON has of it, where each list was a tuple."""
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})
