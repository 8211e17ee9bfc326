"""The interface of Nomis: people by age, in counted pages.

A guest is given 25,000 cells and no word of the rest, so each row is asked to hold how many there
are. A year that is not there yet is answered with the year before. Areas are given by code, years
by name.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ineqlib.sources.interfaces.query import Query, address
from ineqlib.sources.layouts.nomis import GUEST_CELLS, SOURCE
from ineqlib.sources.proof import Asked, Counted, NotWhole, WholeTable

API = "https://www.nomisweb.co.uk/api/v01/dataset"
COUNT = "RECORD_COUNT"
PEOPLE = "NM_2002_1"
"""The data set of mid-year estimates."""
AGES_OF_PEOPLE = "200,101...191"
"""All ages together, and every single year of age, which must add up to it."""
CELLS_OF_A_YEAR = 2 * 92
"""Of an area: ages 0 to 89, 90 and over, and all together, of men and of women."""


@dataclass(frozen=True)
class NomisCells:
    """Cells of one data set of Nomis for areas and years."""

    dataset: str
    areas: tuple[str, ...]
    years: tuple[str, ...]
    """Each year by name: ``latest`` could not be compared with what comes."""
    classes: Mapping[str, str] = field(default_factory=dict)
    """What else is asked, such as ``{"c_age": "200", "gender": "0", "measures": "20100"}``."""
    columns: tuple[str, ...] = ("OBS_VALUE",)
    """Columns wanted besides those of areas, years and the count of rows."""
    page: int = GUEST_CELLS

    @property
    def what(self) -> str:
        """Say what is asked."""
        return f"Nomis, {self.dataset}, {', '.join(self.years)}"

    def first(self) -> Query:
        """Ask for the first page."""
        return self._page(0)

    def rest(self, first: bytes) -> list[Query]:
        """Ask for the pages after the first."""
        return self.pages(rows_in_all(first))[1:]

    def pages(self, total: int) -> list[Query]:
        """Ask for all pages of so many rows, where it is known how many there must be."""
        return [self._page(offset) for offset in range(0, total, self.page)]

    def joined(self, answers: Sequence[bytes]) -> bytes:
        """Join the pages under one header, and prove years, areas and number of rows."""
        header = answers[0].partition(b"\n")[0]
        if any(answer.partition(b"\n")[0] != header for answer in answers):
            raise NotWhole("the pages of the answer have different headers", may_pass=True)
        joined = b"".join([answers[0], *(answer.partition(b"\n")[2] for answer in answers[1:])])
        self._expectation(Counted(COUNT), ("GEOGRAPHY_CODE", "DATE")).prove(joined)
        return joined

    def _page(self, offset: int) -> Query:
        names = ("geography_code", "geography_name", "date", "date_name", *self.columns)
        asked = {
            "geography": self.areas,
            "date": self.years,
            **self.classes,
            "select": tuple(name.lower() for name in (*names, COUNT)),
            "RecordLimit": self.page,
            "RecordOffset": offset,
        }
        url = address(f"{API}/{self.dataset}.data.csv", asked)
        words = self.what if not offset else f"{self.what}, from row {offset + 1:,}"
        expectation = self._expectation(Counted(COUNT, offset, self.page), ())
        return Query(url, words, SOURCE, expectation)

    def _expectation(self, counted: Counted, proved: tuple[str, ...]) -> WholeTable:
        whole = WholeTable(
            ("GEOGRAPHY_CODE", "DATE", *self.columns, COUNT),
            asked=(
                Asked("GEOGRAPHY_CODE", self.areas, "area"),
                Asked("DATE", self.years, "year"),
            ),
            counted=counted,
        )
        return replace(whole, asked=tuple(a for a in whole.asked if a.column in proved))


def rows_in_all(page: bytes) -> int:
    """Return how many rows a page, which was proved, says there are in all."""
    return int(next(csv.DictReader(io.StringIO(page.decode("utf-8-sig"))))[COUNT])


def people_by_age(areas: tuple[str, ...], years: tuple[str, ...]) -> NomisCells:
    """Ask how many men and women of each age live in areas, by mid-year estimates."""
    return NomisCells(
        PEOPLE,
        areas,
        years,
        {"gender": "1,2", "c_age": AGES_OF_PEOPLE, "measures": "20100"},
        columns=("GENDER_NAME", "C_AGE_NAME", "OBS_VALUE"),
    )
