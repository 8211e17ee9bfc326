"""When a file was issued, as its user or the file itself says: its name and order say nothing."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

_FORMATS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d-%b-%Y"),
    *("%Y-%m", "%B %Y", "%b %Y"),
)
_BEGINNING = 4_000
"""Bytes looked through at the beginning of a file, and at the end of one that is not packed."""

_SAID = re.compile(
    r"\b(?:published|last updated|updated|release date|released|publication date|date of issue|"
    r"issued|downloaded|date of download|extracted|data as at)\b(?: on| at)?[\s:=,;\"']{1,6}"
    r"((?:\d{4}-\d{2}-\d{2})|(?:\d{1,2}/\d{1,2}/\d{4})|(?:\d{1,2} [A-Za-z]{3,9} \d{4})|"
    r"(?:[A-Za-z]{3,9} \d{4}))(?![\w/])",
    re.IGNORECASE,
)


UNUSED = "Correct it: as it stands it does not say which edition is the later."

STATED = ("published", "accessed")
"""The dates that a description may state."""

DATES = (*STATED, "dated")
"""The dates of an edition, those that say most first."""


class Edition(NamedTuple):
    """Dates of one file, each None where nothing says it, and whose file it is.

    Parameters
    ----------
    published, accessed
        As its description states them.
    dated
        The newest date that the file's own title or notes call one of publication or download.
    names_publisher
        False for an extract made by others, which names no publisher.
    """

    published: date | None = None
    accessed: date | None = None
    dated: date | None = None
    names_publisher: bool = True

    @property
    def newest(self) -> date:
        """The date that says most of the order of files; the first of days where there is none."""
        return self.published or self.accessed or self.dated or date.min

    @property
    def days(self) -> dict[str, str]:
        """The dates there are, by what they are of, those that say most first."""
        return {name: str(day) for name in DATES if (day := getattr(self, name)) is not None}


def edition_of(content: bytes, described: dict[str, str]) -> tuple[Edition, list[str]]:
    """Return the dates of a file, and what of its description is no date that can be read."""
    stated = {key: described[key] for key in STATED if key in described}
    dates = {key: read_date(text) for key, text in stated.items()}
    remarks = [
        f"The description's `{key}: {text}` is not a date that can be read, so it does not say "
        f"which edition is the later. Write it as 2026-11-03, 3 November 2026 or November 2026."
        for key, text in stated.items()
        if dates[key] is None
    ]
    published, accessed = dates.get("published"), dates.get("accessed")
    if published and accessed and accessed < published.replace(day=1):
        remarks.append(
            f"The description has the file accessed ({accessed}) before it was published "
            f"({published}). {UNUSED}"
        )
        dates = {}
    said = max(_dates_said(content), default=None)
    return Edition(dates.get("published"), dates.get("accessed"), said), remarks


def without_dates_before(last: date, edition: Edition) -> tuple[Edition, list[str]]:
    """Return an edition without stated dates of a month before its figures end, and what to say.

    Parameters
    ----------
    last
        The end of the newest period.
    edition
        Of the file.
    """
    days = {name: day for name in STATED if (day := getattr(edition, name)) is not None}
    early = {name: day for name, day in days.items() if day < last.replace(day=1)}
    told = [
        f"The description has the file {name} on {day}, before the newest period of its figures "
        f"ended ({last}). {UNUSED}"
        for name, day in early.items()
    ]
    published, accessed = (None if name in early else getattr(edition, name) for name in STATED)
    return edition._replace(published=published, accessed=accessed), told


def read_date(text: str) -> date | None:
    """Read a day or a month, which stands for its first day.

    Examples
    --------
    >>> read_date("3 November 2026"), read_date("2026-11"), read_date("last spring")
    (datetime.date(2026, 11, 3), datetime.date(2026, 11, 1), None)
    """
    for form in _FORMATS:
        try:
            return datetime.strptime(" ".join(text.split()), form).date()
        except ValueError:
            continue
    return None


def _dates_said(content: bytes) -> Iterator[date]:
    """Yield the dates that the title above a table, or the notes below it, say they are of."""
    for text in _ends(content):
        for match in _SAID.finditer(text):
            if (day := read_date(match[1])) is not None:
                yield day


def _ends(content: bytes) -> Iterator[str]:
    yield content[:_BEGINNING].decode("utf-8", "replace")
    if len(content) > _BEGINNING:
        yield content[-_BEGINNING:].decode("utf-8", "replace")
