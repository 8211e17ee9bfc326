"""All figures, each once: merged some indicators at a time, known by the files that give them."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import wait
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from ineqlib import observations as contract
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.editions import Edition
from ineqlib.pack.examined import Believed
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.kept import LazyTable
from ineqlib.pack.merge import Merged, merge, numbered
from ineqlib.pack.share_numbers import share_of, shares_for
from ineqlib.pack.stages import Outcome, Step
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


class _Given(NamedTuple):
    """The files that give figures of one share, of so many shares."""

    share: int
    number: int
    files: list[Believed]

    @property
    def step(self) -> Step:
        """Known by the rows of each file that are believed."""
        identities = [file.identity for file in self.files]
        beside = [self.share, self.number, identities] if all(identities) else None
        return Step("merged", [], beside)

    def rows(self, history: CodeHistory) -> "Rows":
        """Return what `merge` asks for."""
        share, number, files = self
        rows = [contract.empty(), *(_of_share(file, share, number, history) for file in files)]
        editions = [Edition(), *(file.figured.file.edition for file in files)]
        once = [place for place, file in enumerate(files, 1) if file.once]
        return numbered(rows), editions, once


Rows = tuple[pd.DataFrame, list[Edition], list[int]]
"""Those of several files, beside each its file's number; when each file was published; and which
large files give each figure once."""


def merged_shares(
    files: Sequence[Believed], history: CodeHistory, helpers: Helpers
) -> dict[int, Share]:
    """Keep each figure once, share by share, and tell the files what became of their rows.

    This process merges from the first share, others from the last.
    """
    number = max(FEWEST, shares_for(sum(file.figured.file.rows for file in files)))
    givers: dict[int, list[Believed]] = defaultdict(list)
    for file in files:
        for share in {share_of(name, number) for name in file.figured.summary.ranges}:
            givers[share].append(file)
    given = {share: _Given(share, number, givers[share]) for share in sorted(givers)}
    elsewhere = {
        share: helpers.later(_merge_for_another, partial(_arguments, step, of_share, history))
        for share, of_share in reversed(given.items())
        if helpers.count and (step := of_share.step).key and not step.known()
    }
    shares = {}
    asides: dict[int, list[tuple[str, int, list[str]]]] = defaultdict(list)
    for share, of_share in given.items():
        if share in elsewhere and not elsewhere[share].cancel():
            wait([elsewhere[share]])
        shares[share] = _share(of_share, history)
        for file, aside in zip(of_share.files, shares[share].about.set_aside, strict=True):
            asides[id(file)].extend(aside)
    for file in files:
        _tell(file, asides[id(file)])
    return shares


def _arguments(step: Step, given: _Given, history: CodeHistory) -> tuple[object, ...]:
    return step, *given.rows(history)


def _merge_for_another(_send: object, step: Step, *rows: Any) -> None:
    _done(step, merge(*rows))


def _share(given: _Given, history: CodeHistory) -> Share:
    step = given.step
    outcome = step.known() or _done(step, merge(*given.rows(history)))
    tables = outcome.tables
    return Share(tables["rows"], tables["undecided"], About(*outcome.said))


def _done(step: Step, merged: Merged) -> Outcome:
    about = _about(merged.rows, len(merged.undecided), merged.set_aside[1:])
    outcome = step.done({"rows": merged.rows, "undecided": merged.undecided}, about)
    give_back_memory(len(merged.rows))
    return outcome


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
