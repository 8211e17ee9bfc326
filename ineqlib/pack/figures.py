"""Every file's figures in one table: identified, examined, and each kept once."""

import re
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import listed
from ineqlib.observations import KEY, OWN, conform
from ineqlib.pack import tables
from ineqlib.pack.examined import Around, examined
from ineqlib.pack.figure_files import summarised
from ineqlib.pack.file_areas import FileAreas
from ineqlib.pack.files import digest_of
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import Files, LazyTable
from ineqlib.pack.merge_reasons import STATE_DATES
from ineqlib.pack.model import OPTIONAL
from ineqlib.pack.shares import Share, merged_shares, shares_for
from ineqlib.sources.texts import changed, is_categories, stacked
from ineqlib.text import plural

_BESIDES = re.compile(r"[^a-z0-9<>≤≥+%£]+")
"""What may be written in several ways in one name: dashes, accents, white space, punctuation."""


class Figures(NamedTuple):
    """Every figure once, share by share, and what is known of them without reading them.

    Parameters
    ----------
    shares
        The figures, see `ineqlib.pack.shares`.
    areas
        Those that have figures: code, name and type, each as the first of its files has them.
    indicators
        The table of indicators.
    """

    shares: dict[int, Share]
    areas: pd.DataFrame
    indicators: pd.DataFrame

    @property
    def rows(self) -> int:
        """How many figures there are."""
        return sum(share.about.rows for share in self.shares.values())

    @property
    def sources(self) -> set[str]:
        """Ids of the sources that they are from."""
        return {name for share in self.shares.values() for name in share.about.sources}

    @property
    def codes(self) -> set[str]:
        """Those of the areas that they are of."""
        return {code for share in self.shares.values() for code in share.about.codes}

    @property
    def days(self) -> list[str]:
        """On which their periods end, in order."""
        return sorted({day for share in self.shares.values() for day in share.about.days})

    def undecided(self) -> pd.DataFrame:
        """Return the figures of which no row stands."""
        some = [share.undecided.read() for share in self.shares.values() if share.about.undecided]
        return stacked(some).sort_values(KEY) if some else pd.DataFrame()

    def files(self, areas: pd.DataFrame) -> Files:
        """Return the figures of each file of a pack, by its number if there are several.

        Parameters
        ----------
        areas
            The pack's areas, of which each area has the same name and type in every row.
        """
        number = shares_for(self.rows)
        named = areas.set_index("area_code")[["area_name", "area_type"]].to_dict("index")
        has_trend = any(share.about.has_trend for share in self.shares.values())
        unused = () if has_trend else OPTIONAL
        parts: dict[int | None, list[Share]] = defaultdict(list)
        for place, share in sorted(self.shares.items()):
            if share.about.rows:
                parts[place % number if number > 1 else None].append(share)
        in_order = sorted(parts.items(), key=lambda part: part[0] or 0)
        return {place: _file(some, named, unused) for place, some in in_order}


def figures(inputs: list[tuple[Input, FileAreas]], around: Around, helpers: Helpers) -> Figures:
    """Give every file's rows the catalogue's ids and present codes, and keep each figure once.

    Parameters
    ----------
    inputs
        Files of observations, whose reports say what became of each row, and the areas of each.
    around
        What the figures are held against.
    helpers
        Who may merge some of them.
    """
    files = examined(summarised(inputs, load_catalogue()), around)
    shares = merged_shares(files, around.history, helpers)
    ids = {name for share in shares.values() for name in share.about.indicators}
    areas = pd.DataFrame(
        [area for file in files for area in file.areas],
        columns=["area_code", "area_name", "area_type"],
        dtype="str",
    ).drop_duplicates(ignore_index=True)
    indicators = tables.indicators(
        [tables.no_indicators(), *(file.indicators for file in files)], ids
    )
    made = Figures(shares, areas, indicators)
    return made._replace(areas=areas[areas["area_code"].isin(made.codes)])


def undecided_remarks(undecided: pd.DataFrame) -> tuple[str, ...]:
    """Say of which figures no row stands, and what to do about it."""
    if undecided.empty:
        return ()
    names = undecided["indicator_id"] + " " + undecided["area_code"] + " " + undecided["period"]
    return (
        f"{plural(len(undecided), 'figure')} of which files of this pack give different values, "
        "and nothing says which is the later edition, so that none is shown: "
        f"{listed(names)}. {STATE_DATES}.",
    )


def alike_remarks(indicators: pd.DataFrame) -> tuple[str, ...]:
    """Say which names of one's own indicators differ in dashes, accents and the like alone."""
    own = indicators[indicators["indicator_id"].str.startswith(f"{OWN}_")]
    bare = own["name"].map(lambda name: _BESIDES.sub(" ", name.casefold()).strip())
    pairs = [sorted(names) for key, names in own["name"].groupby(bare) if key and len(names) > 1]
    return tuple(
        f"{len(names)} of your own indicators have names that differ in signs alone: "
        f"{listed(map(repr, names))}. If they are one, write them alike; one file may have been "
        "saved in another encoding."
        for names in pairs
    )


def _file(
    shares: list[Share], named: dict[str, dict[str, str]], unused: tuple[str, ...]
) -> LazyTable:
    codes = {code for share in shares for code in share.about.codes}
    names = {code: named[code] for code in sorted(codes & named.keys())}
    keys = [share.rows.key for share in shares]
    key = digest_of([keys, names, unused]) if all(keys) else ""

    def read() -> pd.DataFrame:
        rows = conform(stacked([share.rows.read() for share in shares]), categories=True)
        return _named(rows, names).drop(columns=[*unused])

    return LazyTable(key, read)


def _named(rows: pd.DataFrame, names: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Give an area one name and type in every row."""
    for column in ("area_name", "area_type"):
        name = {code: of_area[column] for code, of_area in names.items()}
        if is_categories(rows["area_code"]):
            rows[column] = changed(rows["area_code"], name)
            continue
        rows[column] = rows["area_code"].map(name).astype("string").fillna(rows[column])
    return rows
