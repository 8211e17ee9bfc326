"""Steps of a build: what one makes of some files is taken from an earlier build of the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait
from typing import Any, NamedTuple, TypeVarTuple

import pandas as pd

from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.code_version import key_of
from ineqlib.pack.helpers import Helpers
from ineqlib.pack.inputs import Input, kept_input
from ineqlib.pack.kept import LazyTable, in_memory, keep_entry, read_entry

Given = TypeVarTuple("Given")

MOST_IN_MEMORY = 50_000
"""Rows of the largest table that stays in memory until it is needed, where it can be read again."""


class Outcome(NamedTuple):
    """Tables by name, and what else JSON can write."""

    tables: dict[str, LazyTable]
    said: Any


class Step:
    """One step, known by all that decides its outcome.

    Parameters
    ----------
    name
        What is done.
    files
        In whose reports it writes, in order. Nothing is kept where one of them is not known by a
        key, or where the step refuses one: the fault may not lie in it.
    beside
        What decides its outcome besides these files and what their reports say so far, as JSON can
        write it; None where that is not known.
    """

    def __init__(self, name: str, files: Sequence[Input], beside: object) -> None:
        self._files = files
        is_known = beside is not None and all(file.key for file in files)
        told = [[file.key, file.report.as_json()] for file in files]
        self.key = key_of(name, told, beside) if is_known else ""

    def known(self) -> Outcome | None:
        """Return what was kept, the files being told the same; None where nothing whole is."""
        entry = read_entry(self.key) if self.key else None
        if entry is None:
            return None
        reports, said = entry.about
        for file, told in zip(self._files, reports, strict=True):
            file.report.become(told)
        return Outcome(entry.frames, said)

    def done(self, tables: Mapping[str, pd.DataFrame], said: object = None) -> Outcome:
        """Return what the step has made, and keep it."""
        reports = [file.report for file in self._files]
        lazy = {
            name: in_memory(table, self.key and f"{self.key}/{name}")
            for name, table in tables.items()
        }
        if self.key and all(report.is_read for report in reports):
            keep_entry(self.key, tables, [[report.as_json() for report in reports], said])
            if any(len(table) > MOST_IN_MEMORY for table in tables.values()):
                entry = read_entry(self.key)
                lazy = entry.frames if entry else lazy
        return Outcome(lazy, json.loads(json.dumps(said)))


def made_once(
    name: str,
    make: Callable[[Sequence[Input], *Given], Mapping[str, pd.DataFrame]],
    files: Sequence[Input],
    *given: *Given,
) -> dict[str, LazyTable]:
    """Return the tables that a step makes of files, made where they are not known.

    Parameters
    ----------
    name
        What is done.
    make
        A function of a module. It can read only what it is given, and that is what the step is
        known by.
    files
        In whose reports it writes, in order.
    given
        All else that decides the tables: histories, tables and what JSON can write.
    """
    step = Step(name, files, known_by(given))
    return (step.known() or step.done(make(files, *given))).tables


def make_elsewhere(
    helpers: Helpers,
    name: str,
    make: Callable[[Sequence[Input], *Given], Mapping[str, pd.DataFrame]],
    files: Sequence[Input],
    *given: *Given,
) -> None:
    """Have another process make a step, if there is one, for `made_once` to find what it kept."""
    if helpers.count and all(file.key for file in files) and known_by(given) is not None:
        told = [(file.key, file.report.as_json()) for file in files]
        wait([helpers.later(_make_of_kept, lambda: (name, make, told, given))])


def _make_of_kept(
    _send: object,
    name: str,
    make: Callable[..., Mapping[str, pd.DataFrame]],
    told: list[tuple[str, dict[str, Any]]],
    given: tuple[Any, ...],
) -> None:
    files = []
    for key, report in told:
        file = kept_input(key)
        file.report.become(report)
        files.append(file)
    made_once(name, make, files, *given)


def known_by(given: Sequence[object]) -> list[object] | None:
    """Return what stands for each of some values in a key; None where one has no key."""
    keys = [value.key if isinstance(value, CodeHistory | LazyTable) else value for value in given]
    return None if "" in keys else keys
