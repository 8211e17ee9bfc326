"""What Explore Local Statistics tells of its indicators: units, sources, levels, caveats.

It says nothing of polarity, whether more is better: that is the catalogue's to know.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.reading.json_text import parse_json
from ineqlib.text import plural

NAMES = ("slug", "code", "label", "source", "geography")
"""What each indicator has; `code` is what its files have in the column ``indicator``."""


def read_indicators(content: bytes) -> pd.DataFrame:
    """Read what the service says of each of its indicators.

    Parameters
    ----------
    content : bytes
        The answer of ``metadata/indicators``.

    Returns
    -------
    DataFrame
        `slug` (its name in addresses), `publisher_id` (its name in files), `name`, `unit`,
        `decimals`, `topic`, `description`, `levels` (of areas: ``ctry``, ``rgn``, ``cauth``,
        ``utla``, ``ltla``), `has_limits`, `in_development` (official statistics that are so),
        `publisher`, `address` and `released` (of those it comes from, the newest date) and
        `caveats`. What is not said is empty.

    Raises
    ------
    InputError
        A name in addresses stands for several indicators.
    """
    frame = pd.DataFrame([_row(item) for item in parse_json(content)])
    if twice := list(frame.loc[frame["slug"].duplicated(), "slug"].unique()):
        raise InputError(
            f"{plural(len(twice), 'indicator')} described more than once: {listed(twice)}. Which "
            "description holds cannot be told: ask for the list again."
        )
    return frame


def sign_of_unit(item: Mapping[str, Any]) -> str:
    """Return the sign beside the figures, ``%`` or ``£``; empty where there is none."""
    return str(item.get("suffix") or item.get("prefix") or "").strip()


def _row(item: Mapping[str, Any]) -> dict[str, object]:
    sources = item["source"]
    return {
        "slug": item["slug"],
        "publisher_id": item["code"],
        "name": item["label"],
        "unit": f"{sign_of_unit(item)} {item.get('subText') or ''}".strip(),
        "decimals": item.get("decimalPlaces") or 0,
        "topic": item.get("topic") or "",
        "description": item.get("description") or "",
        "levels": tuple(item["geography"]["levels"]),
        "has_limits": bool(item.get("confidenceIntervals")),
        "in_development": bool(item.get("experimentalStatistic")),
        "publisher": "; ".join(source["name"] for source in sources),
        "address": "; ".join(source.get("href") or "" for source in sources),
        "released": max((source.get("date") or "" for source in sources), default=""),
        "caveats": "\n\n".join(item.get("caveats") or ()),
    }
