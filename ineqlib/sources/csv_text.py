"""A table of text in tidy words, whatever wrote it."""

from collections.abc import Iterable

import pandas as pd

from ineqlib.errors import InputError, listed, nearest
from ineqlib.sources.content import read_table
from ineqlib.sources.not_read import put_together


def read_csv_text(content: bytes, required: Iterable[str], layout: str) -> pd.DataFrame:
    """Read a table as text: nothing is taken for a number, a date or a missing value.

    Byte-order marks, mixed line ends and white space around or inside cells are put right.
    A column that appears twice keeps its name the first time (``notes``, ``notes.1``).

    Parameters
    ----------
    content : bytes
        The file, unpacked: a delimited text or a workbook.
    required : iterable of str
        Columns that must be there.
    layout : str
        What the file should be, for messages ("a Fingertips download").

    Returns
    -------
    DataFrame
        Text columns; an empty cell is an empty string. ``index + 2`` is the number of the row in
        a spreadsheet, and ``attrs["sheet"]`` its sheet.

    Raises
    ------
    InputError
        The file is empty, a web page, not a table of equal rows, or lacks a required column.
    """
    table = read_table(content)
    require_columns(table.columns, required, layout)
    return table


def require_columns(columns: Iterable[str], required: Iterable[str], layout: str) -> None:
    """Raise InputError naming each required column that is missing and its nearest neighbour."""
    present = list(columns)
    missing = [name for name in required if name not in present]
    if missing and (summed := put_together(present)):
        raise InputError(f"Expected {layout}, but {summed}.")
    if missing:
        raise InputError(
            f"Expected {layout}, but {len(missing)} column(s) are missing: "
            f"{with_nearest(missing, present)}. "
            f"Found: {listed(present, most=30)}."
        )


def with_nearest(names: Iterable[str], known: list[str]) -> str:
    """List names, each with the known name it may be meant for.

    Examples
    --------
    >>> with_nearest(["periodd", "x"], ["value", "period"])
    "'periodd' (Did you mean 'period'?), 'x'"
    """
    every = list(names)
    hints = {name: nearest(name, known).strip() for name in every[:5]}
    shown = [f"'{name}' ({hint})" if hint else f"'{name}'" for name, hint in hints.items()]
    return listed([*shown, *every[len(shown) :]])
