"""Published numbers beside ours: what the methods notebook reads and shows."""

from dataclasses import dataclass
from functools import cache
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ineqlib.catalogue.yaml_file import read_yaml
from ineqlib.document.blocks import Html, table
from ineqlib.errors import InputError, ParameterError, listed, nearest
from ineqlib.estimate import FloatArray
from ineqlib.text import number

TABLES = Path(__file__).parent / "published.yml"
ROUNDING = 1e-6
"""Leeway, in units of the last digit published, for numbers that lie between two roundings."""


@dataclass(frozen=True)
class Published:
    """A short published table, typed by hand.

    Parameters
    ----------
    title, source
        What it holds, and who published it.
    text
        Its cells as they were published, digit for digit.
    """

    title: str
    source: str
    text: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """The table, numbers as numbers."""
        return pd.read_csv(StringIO(self.text.to_csv(index=False)))

    def __getitem__(self, column: str) -> FloatArray:
        """Numbers of one column."""
        return self.frame[self._known(column)].to_numpy(dtype=np.float64)

    def beside(self, **ours: ArrayLike) -> "Comparison":
        """Put our numbers beside published columns of the same names.

        Raises
        ------
        ParameterError
            No such column.
        InputError
            Another number of rows than the table has.
        """
        columns = {self._known(name): np.atleast_1d(data) for name, data in ours.items()}
        for name, data in columns.items():
            if data.shape != (len(self.text),):
                raise InputError(
                    f"{name}: {data.shape} numbers beside {len(self.text)} published rows."
                )
        return Comparison(self, columns)

    def _repr_html_(self) -> str:
        return str(table(self.text, f"{self.title}. Source: {self.source}.")._repr_html_())

    def _known(self, column: str) -> str:
        if column not in self.text:
            raise ParameterError(
                f"No column '{column}' in this table.{nearest(column, self.text)} "
                f"There are: {listed(self.text)}."
            )
        return column


@dataclass(frozen=True)
class Comparison:
    """Published, ours and the difference; `ours` by name of the published column."""

    published: Published
    ours: dict[str, FloatArray]

    @property
    def difference(self) -> dict[str, FloatArray]:
        """Ours minus published."""
        return {name: data - self.published[name] for name, data in self.ours.items()}

    @property
    def agree(self) -> dict[str, NDArray[np.bool_]]:
        """Where ours, rounded as published, is what was published."""
        return {
            name: np.abs(gap) <= (0.5 + ROUNDING) * 10.0 ** -self._decimals(name)
            for name, gap in self.difference.items()
        }

    @property
    def frame(self) -> pd.DataFrame:
        """The table as shown: ours and the difference with one digit more than was published."""
        text = self.published.text
        shown = text.iloc[:, :1].copy()
        for name, data in self.ours.items():
            decimals = self._decimals(name) + 1
            shown[f"{name}, published"] = text[name]
            shown[f"{name}, ours"] = _written(data, decimals)
            shown[f"{name}, difference"] = _written(self.difference[name], decimals)
        return shown

    def verdict(self) -> str:
        """In one sentence, whether they agree."""
        agree = np.concatenate(list(self.agree.values()))
        if agree.all():
            return f"Published and ours agree to the last digit published: all {agree.size}."
        names = listed([name for name, same in self.agree.items() if not same.all()])
        count = f"{(~agree).sum()} of {agree.size}"
        return f"Published and ours differ in the last digit published: {count} ({names})."

    def _repr_html_(self) -> str:
        caption = f"{self.published.title}: published, and ours. Source: {self.published.source}."
        shown = table(self.frame, caption)._repr_html_()
        return f"{shown}<p>{escape(self.verdict())}</p>"

    def _decimals(self, name: str) -> NDArray[np.int64]:
        """Decimals published of each number."""
        return np.array([len(cell.partition(".")[2]) for cell in self.published.text[name]])


def published(name: str) -> Published:
    """Return a published table by name.

    Raises
    ------
    ParameterError
        No such table; the message offers the nearest.

    Examples
    --------
    >>> published("slopes")["sii"].tolist()
    [9.3, 7.3]
    """
    tables = _tables()
    if name not in tables:
        raise ParameterError(
            f"No published table '{name}'.{nearest(name, tables)} There are: {listed(tables)}."
        )
    entry = tables[name]
    return Published(
        entry["title"], entry["source"], pd.read_csv(StringIO(entry["rows"]), dtype=str)
    )


def readable(frame: pd.DataFrame, caption: str, *, decimals: int = 2) -> Html:
    """Write a frame of results as a captioned table, its fractions to so many decimals."""
    shown = frame.copy()
    for name in shown.select_dtypes("floating"):
        shown[name] = _written(shown[name].to_numpy(dtype=np.float64), decimals)
    return table(shown, caption)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return dict(read_yaml(TABLES))


def _written(data: ArrayLike, decimals: ArrayLike) -> list[str]:
    """Numbers as text with true minus signs, and no separators, as they were published."""
    data, decimals = np.broadcast_arrays(np.asarray(data), decimals)
    pairs = zip(data.tolist(), decimals.tolist(), strict=True)
    shown = (number(item, places) if np.isfinite(item) else "[z]" for item, places in pairs)
    return [text.replace(",", "") for text in shown]
