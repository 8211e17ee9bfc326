"""Headings as publishers write them, however a program has spelt them since."""

import re
from collections.abc import Iterable

_YEAR = re.compile(r"X(\d{4})(?:[._](\d\d))?(?:[._]+(Q[1-4]))?(?:[._]+([pr])[._]?)?", re.IGNORECASE)
_ANNOTATIONS = re.compile(r"(.+?)[._]+Annotations", re.IGNORECASE)
_DOTS = re.compile(r"(?<=[A-Za-z])\.+(?=[A-Za-z])")
_MONTH = re.compile(r"([A-Z][a-z]{2})[._](\d\d)", re.IGNORECASE)


def plain_heading(heading: str) -> str:
    """Reduce a heading to what every program leaves of it.

    Examples
    --------
    >>> {plain_heading(name) for name in ("Area Code", "Area.Code", "area_code", "AreaCode")}
    {'areacode'}
    """
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def as_published(columns: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return headings as their publisher writes them, where R or a database has respelt them.

    Parameters
    ----------
    columns
        As they are written: ``Metric.Type``, ``metric_type``; ``X2023.24`` for 2023/24.
    known
        Those of the publisher. Of any other the dots between words are spaces again; and what R
        has made of a period is the period.

    Examples
    --------
    >>> as_published(["Area", "Metric.Type", "X2023.24", "x2023_24_q1"], ["Metric type"])
    ('Area', 'Metric type', '2023/24', '2023/24 Q1')
    >>> as_published(["X2021", "X2022..p.", "X2023.25", "Age.band", "Aug.17...Annotations"], [])
    ('2021', '2022 (p)', 'X2023.25', 'Age band', 'Aug-17 - Annotations')
    """
    by_plain = {plain_heading(name): name for name in reversed(list(known))}
    written = list(columns)
    published = [by_plain.get(plain_heading(name)) or _others(name) for name in written]
    # Of two that would be one, neither is sure.
    return tuple(
        new if published.count(new) == 1 else old
        for old, new in zip(written, published, strict=True)
    )


def _others(heading: str) -> str:
    if beside := _ANNOTATIONS.fullmatch(heading):
        return f"{_others(beside[1])} - Annotations"
    if month := _MONTH.fullmatch(heading):
        return f"{month[1].capitalize()}-{month[2]}"
    match = _YEAR.fullmatch(heading)
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        return _DOTS.sub(" ", heading)
    year = f"{match[1]}/{match[2]}" if match[2] else match[1]
    quarter = f" {match[3].upper()}" if match[3] else ""
    mark = f" ({match[4].lower()})" if match[4] else ""
    return f"{year}{quarter}{mark}"
