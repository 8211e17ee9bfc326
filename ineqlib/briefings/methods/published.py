"""Published numbers, typed by hand, and how near ours come to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.estimate import FloatArray
from ineqlib.yaml_file import read_yaml

TABLES = Path(__file__).parent / "published.yml"
ROUNDING = 1e-6
"""Leeway, in units of the last digit published, for numbers that lie between two roundings."""


@dataclass(frozen=True)
class Published:
    """A short published table, typed by hand."""

    name: str
    title: str
    source: str
    """What it holds, and who published it."""
    text: pd.DataFrame
    """Its cells as they were published, digit for digit."""
    named_by: int = 1
    """How many columns, from the first, name the row; the others hold numbers."""

    @property
    def frame(self) -> pd.DataFrame:
        """The table, numbers as numbers."""
        return pd.read_csv(StringIO(self.text.to_csv(index=False)))

    @property
    def row_names(self) -> list[str]:
        """What each row is about."""
        names = self.text.iloc[:, : self.named_by]
        return [", ".join(row) for row in names.itertuples(index=False)]

    @property
    def numbers(self) -> list[str]:
        """Columns that hold numbers."""
        return list(self.text.columns[self.named_by :])

    def __getitem__(self, column: str) -> FloatArray:
        """Numbers of one column."""
        return self.text[column].to_numpy(dtype=np.float64)

    def decimals(self, column: str) -> NDArray[np.int64]:
        """Decimals published of each number of a column."""
        return np.array([len(cell.partition(".")[2]) for cell in self.text[column]])

    def beside(self, **ours: ArrayLike) -> "Recomputed":
        """Put our numbers beside published columns of the same names."""
        return Recomputed(self, {name: np.atleast_1d(data) for name, data in ours.items()})


@dataclass(frozen=True)
class Recomputed:
    """A published table with ours beside it; `ours` by name of the published column."""

    published: Published
    ours: Mapping[str, FloatArray]

    @property
    def difference(self) -> dict[str, FloatArray]:
        """Ours minus published."""
        return {name: data - self.published[name] for name, data in self.ours.items()}

    @property
    def agree(self) -> dict[str, NDArray[np.bool_]]:
        """Where ours, rounded as published, is what was published."""
        return {
            name: np.abs(gap) <= (0.5 + ROUNDING) * 10.0 ** -self.published.decimals(name)
            for name, gap in self.difference.items()
        }


def published(name: str) -> Published:
    """Return a published table by name.

    Examples
    --------
    >>> published("slopes")["sii"].tolist()
    [9.3, 7.3]
    """
    entry = _tables()[name]
    text = pd.read_csv(StringIO(entry["rows"]), dtype=str)
    return Published(name, entry["title"], entry["source"], text, entry.get("named_by", 1))


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return dict(read_yaml(TABLES))
