"""Files attached to pages of GOV.UK, found by title in its content interface.

Addresses of files change with each correction, and two versions may have one name: the interface
tells the one that stands now, and its size.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ineqlib.errors import ParameterError, listed
from ineqlib.sources.base import Source
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.proof import WholeFile, WholeObjects
from ineqlib.sources.proof.files import FileKind

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
        """Ask for the attachment whose title matches a pattern.

        Raises
        ------
        ParameterError
            None does, or several do, or it is of a kind that is not read.
        """
        every = [*attachments]
        matching = [
            item
            for item in every
            if re.search(title, str(item["title"]), re.IGNORECASE)
            and item["content_type"] in _KINDS
        ]
        if len(matching) != 1:
            titles = listed((item["title"] for item in matching or every), most=20)
            raise ParameterError(
                f"{len(matching)} files attached to https://www.gov.uk/{self.path} are called "
                f"something like '{title}', where one was expected: {titles}."
            )
        [item] = matching
        kind = _KINDS[item["content_type"]]
        size = item.get("file_size")
        return Query(
            str(item["url"]),
            f"GOV.UK, {item['title']}",
            self.source,
            WholeFile(kind, size if isinstance(size, int) else None, header_holds),
            redirects_to=(ASSETS,),
        )
