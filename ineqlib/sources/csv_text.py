"""The text of a CSV file as a table of text, whatever wrote it."""

from collections.abc import Iterable

import pandas as pd

from ineqlib.errors import InputError, listed, nearest
from ineqlib.sources.content import decode, read_table


def read_csv_text(content: bytes, required: Iterable[str], layout: str) -> pd.DataFrame:
    """Read a CSV file as text: nothing is taken for a number, a date or a missing value.

    Byte-order marks, mixed line ends and white space around or inside cells are put right.
    A column that appears twice keeps its name the first time (``notes``, ``notes.1``).

    Parameters
    ----------
    content : bytes
        The file, decompressed; UTF-8, or the code page Excel uses on Windows.
    required : iterable of str
        Columns that must be there.
    layout : str
        What the file should be, for messages ("a Fingertips download").

    Returns
    -------
    DataFrame
        Text columns; an empty cell is an empty string. The index counts data rows from 0.

    Raises
    ------
    InputError
        The file is empty, a web page, not a table of equal rows, or lacks a required column.
    """
    _check_is_table(content, layout)
    table = read_table(content)
    table.columns = [tidy_text(name) for name in table.columns]
    require_columns(table.columns, required, layout)
    return table.apply(_tidy_column)


def tidy_text(text: str) -> str:
    """Reduce every run of white space, line ends among it, to one space.

    Examples
    --------
    >>> tidy_text("Indicator\\n Name ")
    'Indicator Name'
    """
    return " ".join(text.replace("\ufeff", "").split())


def require_columns(columns: Iterable[str], required: Iterable[str], layout: str) -> None:
    """Raise InputError naming each required column that is missing and its nearest neighbour."""
    present = list(columns)
    missing = [name for name in required if name not in present]
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
    hints = {name: nearest(name, known).strip() for name in names}
    return listed(f"'{name}' ({hint})" if hint else f"'{name}'" for name, hint in hints.items())


def _check_is_table(content: bytes, layout: str) -> None:
    beginning = decode(content).lstrip()[:40]
    if not beginning:
        raise InputError(f"Expected {layout}, but the file is empty. Download it again.")
    if beginning.startswith("<"):
        raise InputError(
            f"Expected {layout}, but the file is a web page (it starts with "
            f"'{tidy_text(beginning)}'), often an error page saved under the name of the data. "
            "Download it again and look at it before using it."
        )


def _tidy_column(column: pd.Series) -> pd.Series:
    cells = pd.Series(column.unique())
    return column.map(dict(zip(cells, cells.map(tidy_text), strict=True)))
