"""Steps of a build: what one makes of some files is taken from an earlier build of the same."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ineqlib.pack.code_version import code_fingerprint
from ineqlib.pack.files import digest_of
from ineqlib.pack.inputs import Input
from ineqlib.pack.kept import LazyTable, in_memory, keep_entry, read_entry

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
        self.key = digest_of([code_fingerprint(), name, told, beside]) if is_known else ""

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


def made_once(step: Step, make: Callable[[], Mapping[str, pd.DataFrame]]) -> dict[str, LazyTable]:
    """Return the tables of a step, made where they are not known."""
    return (step.known() or step.done(make())).tables
