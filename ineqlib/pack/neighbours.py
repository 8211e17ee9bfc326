"""The areas most like one: of several methods the one to take, and whom it finds."""

import pandas as pd

from ineqlib.pack.model import Neighbours


def preferred(method: str) -> tuple[bool, str]:
    """Order methods of finding neighbours: the one to take is the largest."""
    return "economic" in method, method


def neighbours_in(rows: pd.DataFrame, method: str | None) -> Neighbours:
    """Return one area's neighbours, the nearest first, by a method, None the one to take.

    Parameters
    ----------
    rows
        ``rank``, ``neighbour_code`` and ``method``; may be empty.
    """
    columns = (rows[name].tolist() for name in ("rank", "neighbour_code", "method"))
    known = [row for row in zip(*columns, strict=True) if method in (None, row[2])]
    chosen = max((known_by for *_, known_by in known), key=preferred, default="")
    alike = sorted(row for row in known if row[2] == chosen)
    return Neighbours(tuple(code for _, code, _ in alike), chosen)
