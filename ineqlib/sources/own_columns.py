"""A file that a user writes: its headings known or refused, its faults told in one message."""

import re
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

_MEANS = {
    "sex": re.compile(r"genders?|sex_gender"),
    "age": re.compile(r"age_?(?:groups?|bands?|ranges?)"),
    "lower_ci": re.compile(
        r"(?:95_)?(?:ci|cl|conf)_(?:lower|low)\w*|(?:95_)?(?:lci|lcl|ll)(?:_?95)?|l_?95"
    ),
    "upper_ci": re.compile(
        r"(?:95_)?(?:ci|cl|conf)_(?:upper|high)\w*|(?:95_)?(?:uci|ucl|ul)(?:_?95)?|u_?95"
    ),
    "count": re.compile(r"numerators?|events|cases"),
    "denominator": re.compile(r"denoms?|dens?"),
}
"""How tables head what a column holds; passed over, women's figures would be everybody's."""

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
    meant = {name: _meant(id_of_name(name), known) for name in unknown}
    meant = {name: column for name, column in meant.items() if column not in table.columns}
    misspelt = [name for name in unknown if _is_misspelt(id_of_name(name), known)]
    if misspelt or any(meant.values()):
        hints = [f"'{name}' (Did you mean '{column}'?)" for name, column in meant.items() if column]
        others = [name for name in misspelt if not meant.get(name)]
        shown = ", ".join([*hints, *([with_nearest(others, known)] if others else [])])
        raise InputError(
            f"{len(hints) + len(others)} column(s) of {what} are not known, and look like one that "
            f"is: {shown}. Rename or remove them."
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


def _meant(name: str, known: Iterable[str]) -> str:
    """Return the column that a heading is another word for, or nothing."""
    return next((c for c in known if c in _MEANS and _MEANS[c].fullmatch(name)), "")


def _is_misspelt(name: str, known: Iterable[str]) -> bool:
    if name in _ERRORS:
        return False
    is_limit = name.startswith(("lower", "upper"))
    return is_limit or bool(get_close_matches(name, known, n=1, cutoff=_MISSPELT))
