"""Texts of millions of rows as categories, which take a tenth of the room.

Every function takes a column of either kind and gives the kind it was given. Categories are always
in the order of their texts, so that rows sort as texts do.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

_WHOLE = re.compile(r"\d+\.0")


def categories(codes: NDArray[Any], texts: list[str]) -> pd.Categorical:
    """Return the texts that codes stand for, as categories in order; equal texts become one."""
    different = sorted(set(texts))
    place = {text: number for number, text in enumerate(different)}
    number = np.array([place[text] for text in texts], dtype=np.int32)
    dtype = pd.CategoricalDtype(pd.Index(different, dtype="str"))
    return pd.Categorical.from_codes(number[codes] if texts else codes, dtype=dtype)


def is_categories(column: pd.Series) -> bool:
    """Tell whether a column of texts is kept as categories."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def changed(column: pd.Series, change: Callable[[str], str] | Mapping[str, str]) -> pd.Series:
    """Return a column with each text changed; one that a mapping does not have stays."""
    rule = (lambda text: change.get(text, text)) if isinstance(change, Mapping) else change
    if not is_categories(column):
        numbers, different = pd.factorize(column.array, use_na_sentinel=False)
        before = different.tolist()
        after = [rule(text) for text in before]
        if after == before:
            return column
        made = pd.array(after, dtype=column.dtype)
        return pd.Series(made.take(numbers), column.index, name=column.name)
    codes, texts = column.cat.codes.to_numpy(), column.cat.categories
    return pd.Series(categories(codes, [rule(text) for text in texts]), column.index)


def whole_numbers(column: pd.Series) -> pd.Series:
    """Write whole numbers without a decimal: programs write 7.0 beside an empty cell.

    Examples
    --------
    >>> whole_numbers(pd.Series(["7.0", "7.5", "R"])).tolist()
    ['7', '7.5', 'R']
    """
    return changed(column, lambda text: text[:-2] if _WHOLE.fullmatch(text) else text)


def has_byte(column: pd.Series, is_one: Callable[[NDArray[np.uint8]], NDArray[np.bool_]]) -> bool:
    """Tell whether a column's texts, as UTF-8, may have a byte of some kind.

    Looking at all bytes at once takes a part of the time that it takes to look at each cell. Those
    of rows that were left out may be among them.
    """
    cells = pa.array(column.cat.categories if is_categories(column) else column.array)
    chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
    texts = [text for chunk in chunks if (text := chunk.buffers()[-1])]
    return any(is_one(np.frombuffer(text, np.uint8)).any() for text in texts)


def like(column: pd.Series, text: str) -> pd.Series | str:
    """Return a text for all rows beside a column."""
    if not is_categories(column):
        return text
    return pd.Series(categories(np.zeros(len(column), np.int8), [text]), column.index)


def numbered(*columns: pd.Series) -> tuple[NDArray[np.intp], list[tuple[Any, ...]]]:
    """Number each row by what the columns say together, and list what they say, first come first.

    Examples
    --------
    >>> numbers, different = numbered(pd.Series(["a", "b", "a"]), pd.Series(["x", "x", "x"]))
    >>> numbers.tolist(), different
    ([0, 1, 0], [('a', 'x'), ('b', 'x')])
    """
    number = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        own, different = pd.factorize(column.array, use_na_sentinel=False)
        if len(different) > 1:
            number, _ = pd.factorize(number * len(different) + own)
    first = np.flatnonzero(~pd.Series(number).duplicated())
    return number, list(zip(*(column.array[first].tolist() for column in columns), strict=True))


def looked_up(column: pd.Series, known: Callable[[str], Any]) -> pd.Series:
    """Return what is known of each row's text, having asked once for each different one."""
    number, different = pd.factorize(column.array)
    values = np.array([known(text) for text in different.tolist()])
    return pd.Series(values[number] if len(number) else [], column.index)


def spread(number: NDArray[np.intp], texts: list[str], beside: pd.Series) -> pd.Series:
    """Return the text with each row's number; as categories, if a column beside them is."""
    if is_categories(beside):
        return pd.Series(categories(number, texts), beside.index)
    return pd.Series(pd.array(texts, dtype="str").take(number), beside.index)


def joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return both texts of each row with a space between them."""
    number, different = numbered(first, second)
    return spread(number, [" ".join(pair) for pair in different], first)


def repeated(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Tell which rows say the same in some columns as another row; in little memory."""
    mark = pd.util.hash_pandas_object(frame[columns], index=False)
    perhaps = mark.duplicated(keep=False)
    if not perhaps.any():
        return perhaps
    again = frame.loc[perhaps, columns].duplicated(keep=False)
    return again.reindex(frame.index, fill_value=False)


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put frames one below the other; where one has categories, all have."""
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    shared = [name for name in frames[0] if all(name in frame for frame in frames)]
    for name in shared:
        columns = [frame[name] for frame in frames]
        if len(frames) == 1 or not any(map(is_categories, columns)):
            continue
        as_categories = [
            column if is_categories(column) else column.astype("str").astype("category")
            for column in columns
        ]
        every = sorted({text for column in as_categories for text in column.cat.categories})
        dtype = pd.CategoricalDtype(pd.Index(every, dtype="str"))
        frames = [
            frame.assign(**{name: column.astype(dtype)})
            for frame, column in zip(frames, as_categories, strict=True)
        ]
    return pd.concat(frames, ignore_index=True)
