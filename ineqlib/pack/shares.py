"""All figures, each once: merged some indicators at a time, known by the files that give them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from ineqlib import observations as contract
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.editions import Edition
from ineqlib.pack.examined import Believed
from ineqlib.pack.kept import LazyTable
from ineqlib.pack.merge import merge, numbered
from ineqlib.pack.share_numbers import share_of, shares_for
from ineqlib.pack.stages import Step
from ineqlib.sources.base import SetAside
from ineqlib.sources.memory import give_back_memory

FEWEST = 8
"""Shares that figures are merged in: so much of the figures is merged again for one new file."""


class Share(NamedTuple):
    """Some figures, each once.

    Parameters
    ----------
    rows
        The figures.
    undecided
        Those of which no row stands.
    about
        What else is known of them.
    """

    rows: LazyTable
    undecided: LazyTable
    about: "About"


class About(NamedTuple):
    """What is known of the figures of a share without reading them.

    Parameters
    ----------
    rows
        How many they are.
    codes, indicators, sources
        Of what and from where they are.
    days
        On which their periods end.
    has_trend
        Whether a publisher's own label of the trend is among them.
    undecided
        Of how many no row stands.
    set_aside
        Of each of the files, in their order, the rows that do not stand.
    """

    rows: int
    codes: list[str]
    indicators: list[str]
    sources: list[str]
    days: list[str]
    has_trend: bool
    undecided: int
    set_aside: list[list[tuple[str, int, list[str]]]]


def merged_shares(files: Sequence[Believed], history: CodeHistory) -> dict[int, Share]:
    """Keep each figure once, share by share, and tell the files what became of their rows."""
    number = max(FEWEST, shares_for(sum(file.figured.file.rows for file in files)))
    givers: dict[int, list[Believed]] = defaultdict(list)
    for file in files:
        for share in {share_of(name, number) for name in file.figured.summary.ranges}:
            givers[share].append(file)
    shares = {}
    asides: dict[int, list[tuple[str, int, list[str]]]] = defaultdict(list)
    for share in sorted(givers):
        shares[share] = _share(share, number, givers[share], history)
        for file, aside in zip(givers[share], shares[share].about.set_aside, strict=True):
            asides[id(file)].extend(aside)
    for file in files:
        _tell(file, asides[id(file)])
    return shares


def _share(share: int, number: int, files: list[Believed], history: CodeHistory) -> Share:
    identities = [file.identity for file in files]
    beside = [share, number, identities] if all(identities) else None
    step = Step("merged", [], beside)
    outcome = step.known()
    if outcome is None:
        together = numbered(
            [contract.empty(), *(_of_share(f, share, number, history) for f in files)]
        )
        editions = [Edition(), *(file.figured.file.edition for file in files)]
        once = [place for place, file in enumerate(files, 1) if file.once]
        merged = merge(together, editions, once)
        del together
        about = _about(merged.rows, len(merged.undecided), merged.set_aside[1:])
        outcome = step.done({"rows": merged.rows, "undecided": merged.undecided}, about)
        give_back_memory(len(merged.rows))
    tables = outcome.tables
    return Share(tables["rows"], tables["undecided"], About(*outcome.said))


def _of_share(file: Believed, share: int, number: int, history: CodeHistory) -> pd.DataFrame:
    names = [name for name in file.figured.summary.ranges if share_of(name, number) == share]
    return file.figured.believed(file.left_out, history, names)


def _about(rows: pd.DataFrame, undecided: int, set_aside: list[list[SetAside]]) -> About:
    def different(name: str) -> list[Any]:
        return sorted(rows[name].unique().tolist())

    asides = [
        [(aside.reason, aside.rows, [*aside.examples]) for aside in of_file]
        for of_file in set_aside
    ]
    return About(
        len(rows),
        different("area_code"),
        different("indicator_id"),
        different("source"),
        [str(day.date()) for day in sorted(rows["period_end"].unique())],
        bool(rows["trend"].ne("").any()),
        undecided,
        asides,
    )


def _tell(file: Believed, asides: list[tuple[str, int, list[str]]]) -> None:
    """Tell a file of its rows that do not stand, with the first of all examples of a reason."""
    report = file.figured.file.report
    for reason in sorted({reason for reason, _, _ in asides}):
        alike = [(rows, examples) for why, rows, examples in asides if why == reason]
        examples = sorted(text for _, some in alike for text in some)
        aside = SetAside(reason, sum(rows for rows, _ in alike), tuple(examples[:5]))
        report.rows_kept -= aside.rows
        report.set_rows_aside([aside])
