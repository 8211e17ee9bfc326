"""A file that a user writes: its headings known or refused, its faults told in one message."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.period_grammar import readings
from ineqlib.sources.csv_text import require_columns, with_nearest
from ineqlib.sources.tidy import id_of_name
from ineqlib.text import plural

_MISSPELT = 0.8
"""How alike a heading must be to a known one to be that one misspelt."""

_ERRORS = ("se", "ste", "std_err", "stderr")
"""Headings of standard errors, which are like `sex` and mean something else."""


def name_columns(
    table: pd.DataFrame, required: Sequence[str], optional: Sequence[str], what: str
) -> list[str]:
    """Head the columns that are known in lower case, and return the headings of the others.

    Parameters
    ----------
    table
        Its columns are renamed in place.
    required, optional
        The known columns.
    what
        What the file holds, for messages: ``your own figures``.

    Raises
    ------
    InputError
        A known column is missing or there twice, one is most likely a known one misspelt, or one
        is headed by a period, so that its figures would be lost.
    """
    known = [*required, *optional]
    written = list(map(str, table.columns))
    table.columns = pd.Index(
        [name if id_of_name(name) not in known else id_of_name(name) for name in written]
    )
    require_columns(table.columns, required, f"a file of {what}")
    twice = sorted({name for name in known if list(table.columns).count(name) > 1})
    if twice:
        same = [name for name in written if id_of_name(name) in twice]
        raise InputError(
            f"{len(same)} column(s) of {what} mean the same: {listed(same)}. Keep one."
        )
    unknown = [name for name in table.columns if name and name not in known]
    if periods := [name for name in unknown if readings(name)]:
        raise InputError(
            f"{len(periods)} column(s) of {what} are headed by a period: "
            f"{listed(map(repr, periods))}. Give a row for each figure, with its "
            "period in the column period."
        )
    if misspelt := [name for name in unknown if _is_misspelt(id_of_name(name), known)]:
        raise InputError(
            f"{len(misspelt)} column(s) of {what} are not known, and look like one that "
            f"is: {with_nearest(misspelt, known)}. Rename or remove them."
        )
    return unknown


def remark_on(ignored: Sequence[str]) -> str:
    """Say which columns are not read; nothing where all are."""
    names = listed((f"'{name}'" for name in ignored), 20)
    return f"{len(ignored)} column(s) not read: {names}" if ignored else ""


def broken_rules(rules: Mapping[str, pd.Series], which: Callable[[pd.Series], str]) -> list[str]:
    """Tell of each rule that rows break how many do, and which."""
    return [
        f"{int(wrong.sum()):,} row(s): {rule} ({which(wrong)})."
        for rule, wrong in rules.items()
        if wrong.any()
    ]


def refuse_faults(file_has: str, faults: Sequence[str]) -> None:
    """Raise one message with every fault, if there is any: the file is the user's to put right.

    Parameters
    ----------
    file_has
        Beginning of the message: ``Your own spending has``.
    faults
        Each in a sentence.

    Raises
    ------
    InputError
        There are some.
    """
    if faults:
        lines = "".join(f"\n  - {fault}" for fault in faults)
        raise InputError(
            f"{file_has} {plural(len(faults), 'fault')}:{lines}\nCorrect the rows and try again."
        )


def _is_misspelt(name: str, known: Iterable[str]) -> bool:
    if name in _ERRORS:
        return False
    is_limit = name.startswith(("lower", "upper"))
    return is_limit or bool(get_close_matches(name, known, n=1, cutoff=_MISSPELT))
