"""Every file's figures in one table: identified, examined, and each kept once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from ineqlib import observations as contract
from ineqlib.catalogue import Catalogue, load_catalogue
from ineqlib.errors import InputError, listed
from ineqlib.observations import KEY
from ineqlib.pack import tables
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.editions import Edition
from ineqlib.pack.faults import contained
from ineqlib.pack.files import digest_of
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import recall, remember
from ineqlib.pack.merge import merge, numbered, repeats
from ineqlib.pack.merge_evidence import RENAMED
from ineqlib.pack.merge_reasons import REPEATED, STATE_DATES
from ineqlib.sources.memory import MANY_ROWS, give_back_memory
from ineqlib.sources.plausible import (
    CHECKS,
    Check,
    Context,
    Doubted,
    Names,
    beside,
    county_sums,
    examine,
    find_doubts,
    names_of,
    possible_checks,
    published_ranges,
    with_meaning,
)
from ineqlib.sources.resolve import indicators_of, resolve
from ineqlib.sources.rows import set_aside_rows
from ineqlib.sources.texts import repeated
from ineqlib.text import plural
from ineqlib.validation import validate

Made = TypeVar("Made")


class Figures(NamedTuple):
    """The table of observations, that of indicators, and the figures of which no row stands."""

    rows: pd.DataFrame
    indicators: pd.DataFrame
    undecided: pd.DataFrame


def figures(
    inputs: list[Input],
    history: CodeHistory,
    today: pd.Timestamp,
    named: Iterable[pd.DataFrame] = (),
    county_of: dict[str, str] | None = None,
) -> Figures:
    """Give every file's rows the catalogue's ids and present codes, and keep each figure once.

    Parameters
    ----------
    inputs
        Files of observations; their reports say what became of each row.
    history
        Codes of areas then and now.
    today
        After which no figure can be.
    named
        What files of other kinds call areas: `area_code` and `area_name`.
    county_of
        Of each district of a county its county, see `districts_of_counties`.
    """
    catalogue = load_catalogue()
    resolved = _of_files(inputs, lambda file, _: _resolved(file, catalogue))
    frames = [own.rows for _, own in resolved]
    ranges = beside(published_ranges(frames))
    names = Names(map(names_of, [*frames, *named]))
    about = Context(today, None, names, history.endings(), county_sums(frames, county_of or {}))
    fresh = [own for _, own in resolved if own.doubts is None]
    for own, checks in zip(fresh, possible_checks([own.said for own in fresh], about), strict=True):
        own.checks = checks

    def believed(file: Input, number: int) -> tuple[pd.DataFrame, bool, str]:
        own = resolved[number][1]
        kept = _believed(file, own, about._replace(published=ranges.get(number)))
        rows = own.rows if kept.all() else own.rows[kept]
        code = rows["area_code"]
        codes = code.drop_duplicates()
        old = codes[history.renamed(codes).to_numpy() != codes.to_numpy()]
        if old.empty:
            return rows.assign(**{RENAMED: False}), own.once, _identity(file, kept)
        renamed = history.renamed(code)
        rows = rows.assign(area_code=renamed, **{RENAMED: code.isin(old)})
        return rows, False, _identity(file, kept, renamed)

    kept = _of_files([file for file, _ in resolved], believed)
    indicators = [tables.no_indicators()]
    for file, (rows, _, _) in kept:
        file.report.rows_kept = len(rows)
        file.report.indicators = sorted(rows["indicator_id"].unique())
        indicators.append(_indicators(file, catalogue))
    files = [file for file, _ in kept]
    once = [number for number, (_, (_, once, _)) in enumerate(kept, 1) if once]
    identities = ["", *(identity for _, (_, _, identity) in kept)]
    together = numbered([contract.empty(), *(rows for _, (rows, _, _) in kept)])
    resolved.clear()  # so that merging holds the rows once
    kept.clear()
    merged = merge(together, [Edition(), *(file.edition for file in files)], once, identities)
    for file, aside in zip(files, merged.set_aside[1:], strict=True):
        file.report.rows_kept -= sum(group.rows for group in aside)
        file.report.set_rows_aside(aside)
    return Figures(merged.rows, tables.indicators(indicators, merged.rows), merged.undecided)


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


def _of_files(inputs: list[Input], make: Callable[[Input, int], Made]) -> list[tuple[Input, Made]]:
    """Do something with every file; one it cannot be done with is reported and left out."""
    made = []
    for number, file in enumerate(inputs):
        with contained(file.report):
            made.append((file, make(file, number)))
        give_back_memory(len(file.parsed.frame))
    return made


def _identity(file: Input, kept: pd.Series, codes: pd.Series | None = None) -> str:
    """Return what the rows kept of a file, and its dates, are known by in the next build."""
    if not file.key:
        return ""
    chosen = hashlib.sha256(np.packbits(kept.to_numpy(bool)).tobytes())
    if codes is not None:  # some are no longer those of the file
        chosen.update(pd.util.hash_pandas_object(codes, index=False).to_numpy().tobytes())
    return digest_of([file.key, str(file.edition), chosen.hexdigest()])


@dataclass
class _Resolved:
    """The rows of a file, and what is known of them so far."""

    rows: pd.DataFrame
    said: pd.DataFrame
    """Those that repeat no other, beside what the file said of them."""
    repeats: list[int]
    """The places of the others."""
    doubts: list[Doubted] | None = None
    """Of the checks that do not ask the context; None before they are made."""
    checks: Sequence[Check] = ()
    """Those of them that may doubt a row."""
    once: bool = False
    """Whether a large file is known to give each of these figures once: of a small one that is
    found out as fast as it is looked up."""


def _resolved(file: Input, catalogue: Catalogue) -> _Resolved:
    """Give a file's rows their ids, and leave out repeats."""
    if file.parsed.frame.empty:
        raise InputError("No row can be kept.")
    rows = resolve(file.parsed.frame, catalogue)
    remembered = recall(file.key)
    # What an earlier build has examined keeps the contract.
    rows = rows if remembered else validate(rows, file.report.name, merged=False)
    places, doubts, once = remembered or (np.flatnonzero(repeats(rows)).tolist(), None, False)
    said = with_meaning(file.parsed, rows, catalogue)
    if places:
        again = np.isin(np.arange(len(rows)), places)
        file.report.set_rows_aside([set_aside_rows(said[again], REPEATED, "area_code")])
        said = said[~again]
    known = None if doubts is None else [Doubted(*doubted) for doubted in doubts]
    return _Resolved(rows, said, places, known, once=once)


def _indicators(file: Input, catalogue: Catalogue) -> pd.DataFrame:
    """Return the indicators of a file, kept for the next build."""
    key = f"{file.key}-indicators" if file.key else ""
    if known := recall(key):
        return pd.DataFrame(known["rows"], columns=known["columns"])
    table = indicators_of(file.parsed.frame, catalogue, file.parsed.source.id)
    remember(key, {"columns": list(table), "rows": table.to_numpy(object).tolist()})
    return table


def _believed(file: Input, own: _Resolved, context: Context) -> "pd.Series[bool]":
    """Tell which rows are no repeats and no check sets aside, and report what the checks say."""
    if own.doubts is None:
        own.doubts = find_doubts(own.said, context, own.checks)
        own.once = len(own.said) >= MANY_ROWS and not repeated(own.said, KEY).any()
        remember(file.key, [own.repeats, own.doubts, own.once])
    examined = examine(
        own.said,
        context,
        sheet=file.parsed.attributes.get("sheet", ""),
        accepted=file.accepted,
        checks=[check for check in CHECKS if check.beside],
        known=own.doubts,
    )
    file.report.set_rows_aside(examined.set_aside)
    file.report.remarks.extend(examined.remarks)
    file.report.findings.extend(examined.findings)
    return examined.kept.reindex(own.rows.index, fill_value=False)
