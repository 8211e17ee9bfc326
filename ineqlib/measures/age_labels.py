"""Names of age bands read as ages: "0-4", "under 1", "65 to 69", "90+"."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.estimate import FloatArray

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"\d{{1,2}}[- ](?:{_MONTH})|(?:{_MONTH})[- ]\d{{1,2}}", re.IGNORECASE)
_PATTERNS = (
    (r"(?P<first>\d+)(?:-|–|to)(?P<last>\d+)", "closed"),
    (r"(?P<first>\d+)(?:\+|plus|(?:and|or)(?:over|older|above|more))", "open"),
    (r"(?:under|lessthan|<)(?P<end>\d+)", "first"),
    (r"(?P<first>\d+)", "year"),
)


def ages_of(labels: Iterable[object], name: str = "bands") -> tuple[FloatArray, FloatArray]:
    """Read labels as the ages where bands start and end; the end of an open one is infinite."""
    labels = list(labels)
    ages = [_ages(str(label)) for label in labels]
    if unread := [str(label) for label, read in zip(labels, ages, strict=True) if read is None]:
        raise InputError(
            f"{name}: {len(unread)} of {len(labels)} labels are no age band: {listed(unread)}. "
            'Expected labels such as "0-4", "under 1" or "90+".'
        )
    start, end = np.array([read for read in ages if read is not None]).reshape(-1, 2).T
    return start, end


def require_no_gaps(
    start: FloatArray, end: FloatArray, labels: Sequence[str], name: str = "bands"
) -> None:
    """Refuse bands that do not follow one another, youngest first."""
    if len(apart := np.flatnonzero(start[1:] != end[:-1])):
        place = int(apart[0])
        raise InputError(
            f"{name}: {labels[place + 1]!r} at {place + 1} (counting from 0) does not follow "
            f"{labels[place]!r}. Expected bands without gaps, youngest first: text in order of "
            "the alphabet puts 10-14 before 5-9."
        )


def require_apart(labels: Sequence[str], name: str = "bands") -> None:
    """Refuse labels of which a spreadsheet has made dates, and ages that are in two bands."""
    if dates := [label for label in labels if _DATE.fullmatch(label.strip())]:
        raise InputError(
            f"{name}: {len(dates)} of {len(labels)} labels are dates, which a spreadsheet makes of "
            f"ages such as 5-9: {listed(map(repr, dates))}. Give the ages as text."
        )
    ages = [(*read, label) for label in labels if (read := _ages(label)) is not None]
    for (_, end, first), (start, _, second) in pairwise(sorted(ages)):
        if start < end:
            raise InputError(
                f"{name}: {first!r} and {second!r} share ages. Expected each age in one band: "
                "leave out totals, and bands that are parts of others."
            )


def require_order(labels: Sequence[str], name: str = "bands") -> None:
    """Refuse labels that are ages, but not youngest first."""
    start = starts_of(labels)
    if len(turned := np.flatnonzero(start[1:] <= start[:-1])):
        place = int(turned[0])
        raise InputError(
            f"{name}: {labels[place + 1]!r} at {place + 1} (counting from 0) comes after "
            f"{labels[place]!r}. Expected the youngest band first: text in order of the alphabet "
            "puts 10-14 before 5-9."
        )


def starts_of(labels: Sequence[str]) -> FloatArray:
    """Return the ages where bands start, NaN where a label is no age."""
    ages = [_ages(label) for label in labels]
    return np.array([np.nan if read is None else read[0] for read in ages])


def labels_of(start: FloatArray) -> tuple[str, ...]:
    """Name bands by the ages at which they start, the last of them open."""
    return (*(_closed(*ends) for ends in pairwise(start.tolist())), f"{start[-1]:g}+")


def carried_labels(data: object) -> Sequence[str] | None:
    """Return the labels of bands that pandas data carry on their last axis, if they are text."""
    if isinstance(data, pd.Series | pd.DataFrame):
        labels = list(data.axes[-1])
        if all(isinstance(label, str) for label in labels) and len(set(labels)) == len(labels):
            return labels
    return None


def _closed(first: float, after: float) -> str:
    if first % 1 or after % 1:
        return f"{first:g} to under {after:g}"
    return f"{first:g}" if after == first + 1 else f"{first:g}-{after - 1:g}"


def _ages(label: str) -> tuple[float, float] | None:
    plain = re.sub(r"\bage[sd]?\b|\b(years?|yrs?)( old)?\b|\s", "", label.casefold())
    for pattern, kind in _PATTERNS:
        if match := re.fullmatch(pattern, plain):
            if kind == "first":
                return 0.0, float(match["end"])
            first = float(match["first"])
            ends = {"open": np.inf, "year": first + 1}
            end = float(match["last"]) + 1 if kind == "closed" else ends[kind]
            return (first, end) if first < end else None
    return None
