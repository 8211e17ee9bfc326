"""Areas that a file names without their codes: what other files of the folder call them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.sources.base import Parsed
from ineqlib.sources.rows import set_aside_rows
from ineqlib.text import plural

_TYPES = ("lad", "utla", "region", "country")


@cache  # every file of a folder names the same areas
def key_of(name: str) -> str:
    """Reduce the name of an area to what publishers agree on.

    Examples
    --------
    >>> key_of("Herefordshire, County of") == key_of("County of Herefordshire")
    True
    """
    words = name.casefold().replace("&", "and").replace(".", "").replace(",", " ").split()
    return " ".join(sorted(word for word in words if word not in ("the", "ua")))


def codes_by_name(
    named: Iterable[pd.DataFrame], present: Callable[[pd.Series], pd.Series], ended: Iterable[str]
) -> dict[str, set[str]]:
    """Return the codes of present English authorities, regions and England by name.

    Parameters
    ----------
    named : iterable of DataFrame
        Of area_code and area_name.
    present : callable
        Replaces old codes of areas that still exist.
    ended : iterable of str
        Codes of areas that are no more: they are named where no present area has the name.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    gone: dict[str, set[str]] = defaultdict(set)
    no_more = set(ended)
    for frame in named:
        rows = frame[frame["area_code"].str.startswith(("E", "X"))].drop_duplicates()
        for code, name in zip(present(rows["area_code"]), rows["area_name"], strict=True):
            if name and area_type(code) in _TYPES:
                (gone if code in no_more else codes)[key_of(name)].add(code)
    return {**gone, **codes}


def with_codes(parsed: Parsed, codes: dict[str, set[str]]) -> Parsed:
    """Give the rows that name an area alone its code; set aside those of none, or of several.

    Returns
    -------
    Parsed
        The same object where no row lacks a code.
    """
    frame = parsed.frame
    nameless = frame["area_code"] == ""
    if not nameless.any():
        return parsed
    possible = {
        name: codes.get(key_of(name), set()) for name in frame["area_name"][nameless].unique()
    }
    code = frame["area_name"].map(lambda name: min(possible.get(name, [""]), default=""))
    number = frame["area_name"].map(lambda name: len(possible.get(name, ())))
    aside = list(parsed.set_aside)
    for reason, where in (
        ("area has no code here, and no other file of the folder has its name", number == 0),
        ("area has no code here, and its name is that of several areas", number > 1),
    ):
        if (nameless & where).any():
            aside.append(set_aside_rows(frame[nameless & where], reason, "area_name"))
    kept = ~nameless | (number == 1)
    filled = frame["area_code"].mask(nameless, code.astype("string"))
    rows = frame.assign(area_code=filled, area_type=filled.map(area_type).astype("string"))[kept]
    named = int((nameless & kept).sum())
    remarks = (
        f"{plural(named, 'row')} got the code of the area from its name in other files",
    ) * bool(named)
    return replace(
        parsed,
        frame=rows.reset_index(drop=True),
        set_aside=tuple(aside),
        remarks=(*parsed.remarks, *remarks),
    )
