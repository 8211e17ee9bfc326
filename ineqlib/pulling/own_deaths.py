"""People by age, planned only for who has put deaths by age of their own among the downloads.

No publisher's deaths by age are whole, and without deaths no measure uses people by age.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ineqlib.errors import FetchError, InputError
from ineqlib.pack.provenance import FILES, read_provenance
from ineqlib.pulling.plan import File, Files, Part, Plan, naming
from ineqlib.sources.content import read_content
from ineqlib.sources.fetch import Download
from ineqlib.sources.interfaces.nomis import CELLS_OF_A_YEAR, NomisCells, people_by_age
from ineqlib.sources.interfaces.query import in_lots
from ineqlib.sources.layouts.by_age import DEATHS_LAYOUT
from ineqlib.sources.layouts.people_by_age import read_people
from ineqlib.sources.recognise import recognise
from ineqlib.spreadsheet import csv_of_rows

AREAS_AT_ONCE = 100
"""So that an address stays short enough for every proxy."""
CELL_BYTES = 80
LACK = "the people by age that your deaths need"


def with_people(plan: Plan, downloads: Path) -> Plan:
    """Add to a plan the people by age that deaths of one's own among the downloads need."""
    parts = [
        _part(name, people_by_age(codes, years))
        for name, areas, years in _own_deaths(downloads)
        for codes in in_lots(areas, AREAS_AT_ONCE)
    ]
    return replace(plan, parts=(*plan.parts, *parts))


def _own_deaths(downloads: Path) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Give name, areas and years of each file of deaths that no pull has fetched."""
    fetched = read_provenance(downloads) or {}
    for path in sorted((downloads / FILES).glob("*")):
        if path.name in fetched or not path.is_file():
            continue
        try:
            content = read_content(path)
            if recognise(content) is not DEATHS_LAYOUT:
                continue
            rows = DEATHS_LAYOUT.parse(content, {}).frame
        except InputError:  # the build says what is wrong with it
            continue
        spans = rows[["period_start", "period_end"]].drop_duplicates().itertuples(index=False)
        years = {year for start, end in spans for year in range(start.year, end.year + 1)}
        yield path.name, sorted(rows["area_code"].unique()), tuple(map(str, sorted(years)))


def _part(name: str, cells: NomisCells) -> Part:
    count = len(cells.areas) * len(cells.years) * CELLS_OF_A_YEAR
    return Part(
        what=f"people by age, which the deaths in {name} need",
        queries=tuple(cells.pages(count)),
        files=_in_bands(cells),
        size=count * CELL_BYTES,
        lack=LACK,
    )


def _in_bands(cells: NomisCells) -> Files:
    def files(answers: Sequence[Download]) -> list[File]:
        with naming(answers):
            joined = cells.joined([answer.content() for answer in answers])
        try:
            people = read_people(joined)
        except InputError as error:
            raise FetchError(f"{cells.what}: {error}") from error
        return [File(_csv(people), ".csv", answers)]

    return files


def _csv(people: pd.DataFrame) -> bytes:
    rows = people.astype({"population": "int64"}).itertuples(index=False)
    return csv_of_rows([tuple(people.columns), *rows]).encode()
