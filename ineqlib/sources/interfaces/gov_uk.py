"""Files attached to pages of GOV.UK, found by title in its content interface.

Addresses of files change with each correction, and two versions may have one name. Each address
holds the moment at which its file was put there, so that the newest can be told.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ineqlib.errors import ParameterError, listed
from ineqlib.sources.base import Source
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.proof import WholeFile, WholeObjects
from ineqlib.sources.proof.files import FileKind
from ineqlib.text import day_in_words

API = "https://www.gov.uk/api/content"
ASSETS = "assets.publishing.service.gov.uk"
_KINDS: dict[str, FileKind] = {
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "workbook",
    "application/vnd.oasis.opendocument.spreadsheet": "workbook",
    "application/zip": "archive",
}


@dataclass(frozen=True)
class Publication:
    """A page of GOV.UK with attachments."""

    path: str
    """Such as ``"government/statistics/english-indices-of-deprivation-2025"``."""
    source: Source

    def attachments(self) -> Query:
        """Ask what is attached to the page."""
        expectation = WholeObjects(("title", "url", "content_type"), under="details.attachments")
        what = f"GOV.UK, attachments of {self.path.rpartition('/')[2]}"
        return Query(f"{API}/{self.path}", what, self.source, expectation)

    def file(
        self, attachments: Iterable[Mapping[str, Any]], title: str, *, header_holds: str = ""
    ) -> Query:
        """Ask for the one attachment whose title matches; of several versions, the newest."""
        every = [*attachments]
        matching = [
            item
            for item in every
            if re.search(title, str(item["title"]), re.IGNORECASE)
            and item["content_type"] in _KINDS
        ]
        item, remark = _newest(matching)
        if item is None:
            titles = listed((item["title"] for item in matching or every), most=20)
            raise ParameterError(
                f"{len(matching)} files attached to https://www.gov.uk/{self.path} are called "
                f"something like '{title}', where one was expected: {titles}."
            )
        kind = _KINDS[item["content_type"]]
        size = item.get("file_size")
        return Query(
            str(item["url"]),
            f"GOV.UK, {item['title']}",
            self.source,
            WholeFile(kind, size if isinstance(size, int) else None, header_holds, remark),
            redirects_to=(ASSETS,),
        )


def _newest(items: list[Mapping[str, Any]]) -> tuple[Mapping[str, Any] | None, str]:
    """Return the newest of files with one title, and what to say of the others; none of unlike."""
    if len(items) == 1:
        return items[0], ""
    titles = {" ".join(str(item["title"]).casefold().split()) for item in items}
    moments = [_put_there(str(item["url"])) for item in items]
    if len(titles) != 1 or len(set(moments)) != len(items) or None in moments:
        return None, ""
    day, item = max(zip(filter(None, moments), items, strict=True), key=lambda pair: pair[0])
    return item, (
        f"{len(items)} versions are attached under this title; taken is the newest, of "
        f"{day_in_words(day)}"
    )


def _put_there(url: str) -> datetime | None:
    """Return when a file was put at its address, whose first eight digits are that moment.

    Examples
    --------
    >>> print(_put_there("https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/F"))
    2025-11-19 16:16:22+00:00
    """
    match = re.search(r"/media/([0-9a-f]{8})[0-9a-f]{16}/", url)
    return datetime.fromtimestamp(int(match[1], 16), UTC) if match else None
