"""Every check on one table, and what becomes of the rows that are doubted."""

import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.catalogue import Catalogue
from ineqlib.errors import DESCRIPTION, InputError, listed, nearest
from ineqlib.sources.base import Finding, Parsed, SetAside
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.checks import CHECKS
from ineqlib.sources.plausible.finding import Check, Context, quoted
from ineqlib.sources.rows import FILE_ROW
from ineqlib.sources.texts import changed
from ineqlib.text import plural

BLOCK = 200_000
"""Rows beyond which a table is examined some indicators at a time, in a part of the memory."""


class Doubted(NamedTuple):
    """Rows of a table that one check does not believe."""

    check: str
    expected: str
    places: list[int]
    """Of the rows in the table, in order."""


class Examined(NamedTuple):
    """A table after the checks: which rows stay, and what was found."""

    kept: pd.Series
    findings: tuple[Finding, ...]

    @property
    def set_aside(self) -> list[SetAside]:
        """The rows that do not stay, for the report."""
        return [
            SetAside(f"{finding.reason}. {finding.remedy}", finding.rows, finding.cells)
            for finding in self.findings
            if finding.action == "set aside"
        ]

    @property
    def remarks(self) -> list[str]:
        """What is to be read of the rows that stay although they were doubted."""
        return [finding.remark for finding in self.findings if finding.remark]


def check_names(text: str) -> tuple[str, ...]:
    """Return the names of the checks that a description accepts.

    Raises
    ------
    InputError
        There is no such check; the message offers the nearest.
    """
    known = [check.name for check in CHECKS]
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    if unknown := [name for name in names if name not in known]:
        raise InputError(
            f"`accept: {unknown[0]}` names no check.{nearest(unknown[0], known)} "
            f"Known: {listed(known, most=30)}."
        )
    return names


def with_meaning(parsed: Parsed, resolved: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Put beside resolved rows what the checks need: what the file said, and what is measured.

    Parameters
    ----------
    parsed
        What the layout made of the file.
    resolved
        The same rows in the tidy contract, with the catalogue's ids and units.
    catalogue
        Gives the kind of value; of an indicator it does not know that is empty.
    """
    kinds = {
        name: catalogue[name].value_type
        for name in resolved["indicator_id"].unique()
        if name in catalogue
    }
    return resolved.assign(
        **{
            FILE_ROW: parsed.frame[FILE_ROW].to_numpy(),
            "publisher": parsed.frame["publisher"].array,
            "indicator_name": parsed.frame["indicator_name"].array,
            "stated_unit": parsed.frame["unit"].array,
            "stated_age": parsed.frame["age"].array,
            "value_type": changed(resolved["indicator_id"], lambda text: kinds.get(text, "")),
        }
    )


def find_doubts(
    rows: pd.DataFrame, context: Context, checks: Iterable[Check] = CHECKS
) -> list[Doubted]:
    """Make checks on the rows of one file.

    Parameters
    ----------
    rows
        See `with_meaning`.
    context
        What the checks may know besides.
    checks
        The checks to make.

    Returns
    -------
    list of Doubted
        Each check's, with those of one expectation together.
    """
    places: dict[tuple[Check, str], list[NDArray[np.intp]]] = {}
    checks = list(checks)
    blocks = list(_blocks(rows["indicator_id"]))
    for number, block in enumerate(blocks):
        part = rows if len(blocks) == 1 else rows.iloc[block]
        for check in checks:
            if check.across and number:
                continue
            here = slice(0, len(rows)) if check.across else block
            of_all = np.arange(len(rows))[here]
            for doubt in check.find(rows if check.across else part, context):
                doubted = of_all[doubt.rows.to_numpy(bool)]
                places.setdefault((check, doubt.expected), []).append(doubted)
    return [
        Doubted(check.name, expected, np.sort(np.concatenate(parts)).tolist())
        for (check, expected), parts in places.items()
    ]


def _blocks(indicator: pd.Series) -> Iterator[slice | NDArray[np.intp]]:
    """Give the places of the rows of some whole indicators at a time; of a small table, all."""
    if len(indicator) <= BLOCK:
        yield slice(0, len(indicator))
        return
    codes, _ = pd.factorize(indicator)
    order = np.argsort(codes, kind="stable")
    ends = [*(np.flatnonzero(np.diff(codes[order])) + 1), len(order)]
    start = 0
    for end, following in itertools.zip_longest(ends, ends[1:]):
        if following is None or following - start > BLOCK:
            block = order[start:end]
            is_run = block[-1] - block[0] + 1 == len(block)
            yield slice(block[0], block[-1] + 1) if is_run else block
            start = end


def examine(
    rows: pd.DataFrame,
    context: Context,
    *,
    sheet: str = "",
    accepted: Collection[str] = (),
    checks: Iterable[Check] = CHECKS,
    known: Iterable[Doubted] = (),
) -> Examined:
    """Make checks on the rows of one file, and say what becomes of those that are doubted.

    Parameters
    ----------
    rows : DataFrame
        See `with_meaning`.
    context : Context
        What the checks may know besides.
    sheet : str
        Of the workbook.
    accepted : collection of str
        Checks that the description of the file overrules.
    checks : iterable of Check
        The checks to make.
    known : iterable of Doubted
        What other checks have found in the same rows before, see `find_doubts`.

    Returns
    -------
    Examined
        The rows to keep, and the findings.

    Raises
    ------
    InputError
        Your own figures are not what they must be; one message with every finding.
    """
    order = {check.name: number for number, check in enumerate(CHECKS)}
    doubts = [*known, *find_doubts(rows, context, checks)]
    kept = np.ones(len(rows), dtype=bool)
    reported = np.zeros(len(rows), dtype=bool)
    own = rows["publisher"].eq(OWN).any()
    findings = []
    for doubt in sorted(doubts, key=lambda doubt: order[doubt.check]):
        check = CHECKS[order[doubt.check]]
        places = np.array(doubt.places, dtype=np.intp)
        fresh = places[~reported[places]]
        if not len(fresh):
            continue
        accept = check.name in accepted
        if not accept:
            reported[fresh] = True
        doubted = rows.iloc[fresh]
        finding = Finding(
            check=check.name,
            action="accepted" if accept else check.own if own else check.published,
            sheet=sheet,
            rows=len(doubted),
            cells=quoted(doubted, check.cells),
            expected=doubt.expected,
            remedy=check.remedy,
            indicators=tuple(doubted["indicator_id"].unique()),
        )
        findings.append(finding)
        if finding.action == "set aside":
            kept[fresh] = False
    _refuse(findings)
    return Examined(pd.Series(kept, rows.index), tuple(findings))


def _refuse(findings: list[Finding]) -> None:
    refused = [finding for finding in findings if finding.action == "refuse"]
    if refused:
        lines = "".join(f"\n  - {finding.as_text()}" for finding in refused)
        names = ", ".join(dict.fromkeys(finding.check for finding in refused))
        raise InputError(
            f"Your own figures contradict themselves or what they are figures of, in "
            f"{plural(len(refused), 'way')}:{lines}\nCorrect them and try again. If they are "
            f"right, say so with `accept: [{names}]` in {DESCRIPTION}."
        )
