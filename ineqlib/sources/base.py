"""What every parser takes and returns.

A parser is pure: the bytes of one file in, tidy frames out. What it leaves out it counts, with the
reason; nothing is dropped in silence.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal, Self

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.period_reading import contradicted_kind

Kind = Literal[
    "observations",
    "small_areas",
    "small_area_table",
    "area_deprivation",
    "boundaries",
    "area_lookup",
    "area_changes",
    "neighbours",
    "population",
    "deaths",
    "populations",
    "reference",
]

Action = Literal["refuse", "set aside", "warn"]
"""What becomes of rows in doubt: the file is refused, they are set aside, or they stay."""

SHOWN = 5
"""Rows in doubt of which the cells are quoted."""

DESCRIBED = (
    *("period", "period_kind", "index", "method", "published", "accessed"),
    *("area", "indicator", "unit", "polarity"),
    *("source", "publisher", "licence", "attribution", "url"),
)
"""What a user may state about a file because its layout leaves it out; `docs/packs.md` explains."""


def stated_by_user(described: dict[str, str], key: str, example: str) -> str:
    """Return what the user states about a file because its layout does not say it.

    Raises
    ------
    InputError
        It is not stated; the message says how to.
    """
    if key not in described:
        raise InputError(
            f"The layout does not say its {key}. State it, for example `{key}: {example}`, under "
            "the name of this file in a YAML file, and build with `ineq build --describe FILE.yml`."
        )
    return described[key]


@dataclass(frozen=True)
class SetAside:
    """Rows a parser did not keep, and why."""

    reason: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One doubt about rows of a file, as the report and `pack.json` keep it.

    Parameters
    ----------
    check
        Name of the check; a description that lists it under ``accept`` overrules it.
    action
        What became of the rows; ``accepted`` where the description overruled the check.
    sheet
        Of a workbook, if it has names.
    rows
        How many.
    cells
        The first of them: row number and what stands there.
    expected, remedy
        In words.
    indicators
        Ids of the indicators they are of.
    """

    check: str
    action: Action | Literal["accepted"]
    sheet: str
    rows: int
    cells: tuple[str, ...]
    expected: str
    remedy: str
    indicators: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What was expected, for a count of rows that were set aside."""
        return f"{self.check}: expected {self.expected}"

    @property
    def remark(self) -> str:
        """What is to be read of rows that stay although they were doubted; else nothing."""
        said = {
            "warn": "Kept, but look at it",
            "accepted": "Kept, as the description of the file accepts it",
        }.get(self.action, "")
        return said and f"{said}: {self.as_text()}"

    def as_text(self) -> str:
        """Say it whole: how many rows, which, what was expected, what to do."""
        place = f" of sheet '{self.sheet}'" if self.sheet else ""
        more = f" and {self.rows - len(self.cells):,} more" if self.rows > len(self.cells) else ""
        shown = listed(self.cells, most=SHOWN)
        return (
            f"{self.rows:,} row(s){place}: expected {self.expected} ({shown}{more}). "
            f"{self.remedy} [{self.check}]"
        )


@dataclass(frozen=True)
class Source:
    """Who published a file, and the words its licence asks for."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Parsed:
    """The outcome of parsing one file."""

    kind: Kind
    frame: pd.DataFrame
    source: Source
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    """What holds for the whole table, such as ``{"level": "lsoa", "vintage": "2021"}``."""
    rows_read: int = 0
    """Rows of data in the file, those set aside among them."""
    rows_added: int = 0
    """Rows made beyond one for each of the file's, such as a second figure of the same row: the
    rows read and added are those of `frame` and those set aside, where a row is a figure."""


@dataclass
class Account:
    """What reading a table left out, before its layout was asked."""

    sheet: str = ""
    rows_read: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Content(bytes):
    """The bytes of one file, which of its sheets is meant, and the account of reading it.

    Of a delimited text too large to be held, only the beginning and the end are its bytes: `open`
    gives the whole of any file.
    """

    sheet: str
    account: Account
    whole: Callable[[], BinaryIO] | None
    """Opens a file that is not held."""
    size: int
    """Bytes of a file that is not held, unpacked."""
    watch: Callable[[float], None]
    """Called with the share of a file that is not held that has been read so far."""
    parsed: Any
    """What its JSON says, once somebody has parsed it."""
    headings: dict[str, str]
    """Headings that a program has respelt, each as its publisher writes it."""

    def __new__(
        cls,
        content: bytes,
        sheet: str = "",
        whole: Callable[[], BinaryIO] | None = None,
        size: int = 0,
    ) -> Self:
        """Copy the bytes; without a sheet the first with a table is meant."""
        made = super().__new__(cls, content)
        made.sheet, made.account = sheet, Account()
        made.whole, made.size = whole, size
        made.watch, made.parsed, made.headings = lambda _share: None, None, {}
        if isinstance(content, Content):
            made.whole, made.size, made.watch = content.whole, content.size, content.watch
            made.parsed = content.parsed
        return made

    def open(self) -> BinaryIO:
        """Open the whole file at its beginning."""
        return self.whole() if self.whole else io.BytesIO(self)

    def share_read(self, file: BinaryIO) -> float:
        """Return which share of a file that is not held has been read, and tell who watches."""
        share = file.tell() / max(1, self.size)
        self.watch(share)
        return share


@dataclass(frozen=True)
class Head:
    """The beginning of a file: enough to recognise it by content, never by name."""

    columns: tuple[str, ...] = ()
    json_type: str = ""
    properties: tuple[str, ...] = ()
    text: str = ""
    is_regular: bool = True
    """Whether the row below the columns has a cell for each: text with commas is no table."""
    is_workbook: bool = False
    members: tuple[str, ...] = ()
    """Names of the files in an archive that is one set of data, such as a shapefile's parts."""


@dataclass(frozen=True)
class Layout:
    """One publisher's layout: how to recognise it and how to read it."""

    name: str
    matches: Callable[[Head], bool]
    parser: Callable[[bytes, dict[str, str]], Parsed]
    """``parser(content, described)``; `described` holds what the user stated about the file
    because the layout leaves it out (period, source), see ``ineq build --describe``."""
    headings: tuple[str, ...] = ()
    """Those by which it is known where a program has respelt them, see `ineqlib.sources.headings`;
    none where the layout itself knows them, or where they say too little."""

    def parse(self, content: bytes, described: dict[str, str]) -> Parsed:
        """Parse a file, and account for what reading its table left out.

        Raises
        ------
        InputError
            The file cannot be read as what it should be.
        """
        content = content if isinstance(content, Content) else Content(content)
        content.account = Account()
        parsed = self.parser(content, described)
        odd_kind = contradicted_kind(parsed.frame, described.get("period_kind", ""))
        account = content.account
        sheet = {"sheet": account.sheet} if account.sheet else {}
        return replace(
            parsed,
            attributes={**parsed.attributes, **sheet},
            rows_read=account.rows_read or parsed.rows_read,
            set_aside=(*account.set_aside, *parsed.set_aside),
            remarks=(*account.remarks, *parsed.remarks, *filter(None, [odd_kind])),
        )
