"""Where the figures of a document come from, as far as its page says it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any, NamedTuple

from ineqlib.facts.fact import Fact
from ineqlib.observations import NOT_STATED
from ineqlib.pack import Pack


class OriginFile(NamedTuple):
    """One file that figures come from.

    Parameters
    ----------
    publisher, name, day
        Who published it, its name among those the pack was built from, and when it was published,
        accessed or dated.
    indicators
        Ids of the document's indicators that it gave figures of.
    source
        Id of its source.
    """

    publisher: str
    name: str
    day: str
    source: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Where the figures of a document come from.

    Parameters
    ----------
    pack
        Id of the pack (`Pack.id`); empty where there is none.
    files
        Those behind its figures, by name.
    """

    pack: str = ""
    files: tuple[OriginFile, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        files = [[*file[:-1], list(file.indicators)] for file in self.files]
        return {"pack": self.pack, "files": files}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Origin":
        """Read what `as_json` has written."""
        files = (OriginFile._make((*file[:-1], tuple(file[-1]))) for file in content["files"])
        return cls(content["pack"], tuple(files))

    def of(self, pairs: Collection[tuple[str, str]]) -> "Origin":
        """Return the origin of some figures alone, by their indicators and sources."""
        files = (
            file
            for file in self.files
            if any((indicator, file.source) in pairs for indicator in file.indicators)
        )
        return Origin(self.pack, tuple(files))

    def named(self, indicator: str, source: str) -> str:
        """Name the files that a figure may come from by their numbers, or else its source."""
        numbers = [
            str(number)
            for number, file in enumerate(self.files, start=1)
            if file.source == source and indicator in file.indicators
        ]
        return f"file {', '.join(numbers)}" if numbers else source

    def table(self) -> dict[str, list[str]]:
        """Return the files as the columns of a table."""
        return {
            "File": [str(number) for number, _ in enumerate(self.files, start=1)],
            "Publisher": [file.publisher for file in self.files],
            "Name": [file.name for file in self.files],
            "Day": [file.day for file in self.files],
        }


NOWHERE = Origin()
"""Of what no pack is known."""


def origin_of(pack: Pack, facts: Iterable[Fact]) -> Origin:
    """Return where facts come from, as the build of their pack noted it."""
    publishers = dict(zip(pack.sources["source_id"], pack.sources["publisher"], strict=True))
    indicators: dict[str, set[str]] = {}
    about: dict[str, tuple[str, str, str]] = {}
    pairs = dict.fromkeys((fact.indicator_id, fact.source) for fact in facts if fact.indicator_id)
    for indicator, source in pairs:
        for file in pack.shared(Pack.files_of, indicator, source):
            indicators.setdefault(file.name, set()).add(indicator)
            about[file.name] = publishers.get(source, NOT_STATED), file.day or NOT_STATED, source
    files = (
        OriginFile(publisher, _without_folders(name), day, source, tuple(sorted(indicators[name])))
        for name, (publisher, day, source) in sorted(about.items())
    )
    return Origin(pack.id, tuple(files))


def _without_folders(name: str) -> str:
    """Return the name of a file, and of its part in an archive or workbook, but of no folder.

    Examples
    --------
    >>> _without_folders("from the council/figures.xlsx/Sheet 1")
    'figures.xlsx/Sheet 1'
    """
    parts = name.split("/")
    first = next((at for at, part in enumerate(parts) if "." in part), -1)
    return "/".join(parts[first:])


def parameters_shown(parameters: Mapping[str, Any], besides: Iterable[str]) -> dict[str, Any]:
    """Return what a document was built with, but of files only their names: folders are private."""
    return {
        name: PureWindowsPath(value).name or value if isinstance(value, str) else value
        for name, value in parameters.items()
        if name not in besides
    }
