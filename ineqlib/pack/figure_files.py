"""Files of figures: what is known of each without its rows, and these once they are needed."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue import Catalogue
from ineqlib.errors import InputError
from ineqlib.observations import OWN
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.faults import contained
from ineqlib.pack.file_areas import FileAreas
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import recall, remember
from ineqlib.pack.merge import numbered, repeats
from ineqlib.pack.merge_evidence import RENAMED
from ineqlib.pack.merge_reasons import FILE
from ineqlib.sources.memory import MANY_ROWS, give_back_memory
from ineqlib.sources.plausible import Doubted, published_ranges
from ineqlib.sources.resolve import resolve
from ineqlib.validation import faults, validate

LARGEST_SMALL = 50_000
"""Rows of the largest file that is asked together with others, which takes memory."""

_RANGE = ("low", "high", "number", "scale", "other_scale")


class Summary(NamedTuple):
    """What is known of a file's figures without reading them.

    Parameters
    ----------
    ranges
        Of each of its indicators what `published_ranges` says; nothing where no value is positive.
    last_day
        The last of any of its periods.
    is_own
        Whether some are one's own figures.
    """

    ranges: dict[str, dict[str, float | str]]
    last_day: str
    is_own: bool


class Known(NamedTuple):
    """What checks that ask no other file have found in a file before."""

    repeats: list[int]
    """The places of rows that repeat others."""
    doubts: list[Doubted]
    """Of the others."""
    once: bool
    """Whether a large file is known to give each of these figures once: of a small one that is
    found out as fast as it is looked up."""


class FigureFile:
    """A file of figures, under the ids of the catalogue.

    Parameters
    ----------
    file
        What was parsed of it.
    areas
        What it calls areas.
    catalogue
        Gives each row its id.
    """

    summary: Summary

    def __init__(self, file: Input, areas: FileAreas, catalogue: Catalogue) -> None:
        self.file = file
        self.areas = areas
        self.catalogue = catalogue

    @cached_property
    def known(self) -> Known | None:
        """What was found before; None where nothing is remembered."""
        remembered = recall(self.file.key)
        if remembered is None:
            return None
        places, doubts, once = remembered
        return Known(places, [Doubted(*doubted) for doubted in doubts], once)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows, with their ids.

        Raises
        ------
        InputError
            There is none, or own figures are in another unit than the catalogue's.
        """
        if self.file.parsed.frame.empty:
            raise InputError("No row can be kept.")
        return resolve(self.file.parsed.frame, self.catalogue)

    @cached_property
    def repeats(self) -> list[int]:
        """The places of rows that repeat others of the file."""
        return self.known.repeats if self.known else np.flatnonzero(repeats(self.rows)).tolist()

    def believed(
        self,
        left_out: Sequence[int],
        history: CodeHistory,
        indicators: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Return rows under present codes, and beside each whether its code was another.

        Parameters
        ----------
        left_out
            Places of rows that are not wanted.
        history
            Codes of areas then and now.
        indicators
            The only ones whose rows are wanted; None for all.
        """
        wanted = np.ones(len(self.rows), bool)
        wanted[left_out] = False
        if indicators is not None:
            wanted &= self.rows["indicator_id"].isin(indicators).to_numpy(bool)
        rows = self.rows if wanted.all() else self.rows[wanted]
        code = rows["area_code"]
        codes = code.drop_duplicates()
        old = codes[history.renamed(codes).to_numpy() != codes.to_numpy()]
        if old.empty:
            return rows.assign(**{RENAMED: False})
        return rows.assign(area_code=history.renamed(code), **{RENAMED: code.isin(old)})


def summarised(inputs: Sequence[tuple[Input, FileAreas]], catalogue: Catalogue) -> list[FigureFile]:
    """Return the files that figures can be taken from, each with its summary.

    One whose rows cannot be given ids, or break the contract, is reported, and left out.
    """
    files, fresh = [], []
    for file, areas in inputs:
        figured = FigureFile(file, areas, catalogue)
        with contained(file.report):
            if known := recall(_key(file)):
                figured.summary = Summary(*known)
            elif len(figured.rows):
                fresh.append(figured)
            files.append(figured)
        give_back_memory(file.rows)
    _refuse_faults(fresh)
    fresh = [figured for figured in fresh if figured.file.report.is_read]
    ranges = published_ranges([figured.rows for figured in fresh])
    by_file = dict(list(ranges.groupby("file"))) if len(ranges) else {}
    for number, figured in enumerate(fresh):
        rows = figured.rows
        of_file: dict[str, dict[str, float | str]] = {
            name: {} for name in rows["indicator_id"].unique()
        }
        if number in by_file:
            positive = by_file[number].set_index(by_file[number]["indicator_id"].astype("str"))
            of_file |= positive[list(_RANGE)].to_dict("index")
        is_own = bool(figured.file.parsed.frame["publisher"].eq(OWN).any())
        figured.summary = Summary(of_file, str(rows["period_end"].max().date()), is_own)
        remember(_key(figured.file), figured.summary)
    return [figured for figured in files if figured.file.report.is_read]


def _refuse_faults(files: Sequence[FigureFile]) -> None:
    """Refuse files whose rows break the contract.

    Small files are asked together, as most keep it: to ask each takes several times as long.
    """
    alone = [figured for figured in files if figured.file.rows > LARGEST_SMALL]
    small = [figured for figured in files if figured.file.rows <= LARGEST_SMALL]
    groups = np.cumsum([figured.file.rows for figured in small]) // MANY_ROWS
    for number in np.unique(groups):
        together = [small[place] for place in np.flatnonzero(groups == number)]
        if not _keep_contract(together):
            alone.extend(together)
    for figured in alone:
        with contained(figured.file.report):
            validate(figured.rows, figured.file.report.name, merged=False)


def _keep_contract(files: Sequence[FigureFile]) -> bool:
    """Tell whether all rows of some files keep the contract, and of each which are repeated."""
    together = numbered([figured.rows for figured in files])
    if faults(together, merged=False):
        return False
    is_repeated = repeats(together).groupby(together[FILE])
    for number, again in is_repeated:
        files[number].repeats = np.flatnonzero(again).tolist()
    return True


def ranges_of(files: Sequence[FigureFile]) -> pd.DataFrame:
    """Return what `published_ranges` says of all files, from their summaries."""
    rows = [
        (name, number, *(known[what] for what in _RANGE))
        for number, figured in enumerate(files)
        for name, known in figured.summary.ranges.items()
        if known
    ]
    return pd.DataFrame(rows, columns=["indicator_id", "file", *_RANGE])


def _key(file: Input) -> str:
    return f"{file.key}-figures" if file.key else ""
