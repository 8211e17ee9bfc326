"""What Fingertips answers in JSON: recent trends, categories of areas, groups, populations.

A figure of -1 there is none, and stands as ``"-"`` in words; so do counts of -1 and denominators of
0 or less.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.reading.json_text import parse_json

NO_FIGURE = -1.0
SEXES = {1: "Male", 2: "Female", 4: "Persons", -1: "Persons"}
TRENDS = {
    0: "Cannot be calculated",
    1: "Increasing",
    2: "Decreasing",
    3: "No significant change",
}
"""Marker -> the label of the download, without what it says of better and worse."""


def read_trends(content: bytes) -> pd.DataFrame:
    """Read the recent trend of each area.

    Parameters
    ----------
    content : bytes
        The answer of ``recent_trends/for_child_areas``.

    Returns
    -------
    DataFrame
        `area_code`, `trend`, `points` (how many figures it was made from) and `message` (why it
        cannot be calculated).

    Raises
    ------
    InputError
        A marker is none that is known.
    """
    rows = [
        (code, item["Marker"], int(item.get("PointsUsed") or 0), item.get("Message") or "")
        for code, item in parse_json(content).items()
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "trend", "points", "message"])
    strange = sorted(set(frame["trend"]) - set(TRENDS))
    if strange:
        raise InputError(
            f"{len(strange)} marker(s) of recent trends that are not known: {listed(strange)}. "
            f"Known: {listed(TRENDS)}."
        )
    return frame.assign(trend=frame["trend"].map(TRENDS))


def read_area_categories(content: bytes) -> pd.DataFrame:
    """Read in which category each area lies: `area_code` and `category`, by number.

    Of tenths by deprivation, 1 is the most deprived.
    """
    return pd.DataFrame(parse_json(content).items(), columns=["area_code", "category"])


def read_population(content: bytes) -> pd.DataFrame:
    """Read how many live in an area, by sex and bands of five years.

    Returns
    -------
    DataFrame
        `area_code`, `period`, `sex`, `age` and `population`.

    Raises
    ------
    InputError
        There are more or fewer numbers than bands.
    """
    answer = parse_json(content)
    labels, frames = answer["Labels"], []
    for sex, numbers in answer["PopulationTotals"].items():
        if len(numbers) != len(labels):
            raise InputError(
                f"{len(numbers)} numbers for {len(labels)} bands of age (sex {sex}, "
                f"{answer['Code']}): Fingertips leaves out a band without people, and which one it "
                "is cannot be told. Take populations from Nomis."
            )
        people = [without_sentinel(number) for number in numbers]
        frames.append(pd.DataFrame({"sex": SEXES[int(sex)], "age": labels, "population": people}))
    frame = pd.concat(frames, ignore_index=True)
    frame.insert(0, "area_code", answer["Code"])
    frame.insert(1, "period", answer["Period"])
    return frame


def read_groups(content: bytes, category_types: bytes) -> pd.DataFrame:
    """Read the newest figures of one area's groups, such as tenths by deprivation.

    Parameters
    ----------
    content : bytes
        The answer of ``partition_data/by_category``.
    category_types : bytes
        The answer of ``category_types``, which names the groups.

    Returns
    -------
    DataFrame
        `publisher_id`, `area_code`, `sex`, `year` and `years` (the first of how many),
        `category_type`, `category`, `value`, `lower_ci`, `upper_ci`, `count`, `denominator`.

    Raises
    ------
    InputError
        A group has no name.
    """
    answer = parse_json(content)
    names = {
        (kind["Id"], category["Id"]): (kind["Name"], category["Name"])
        for kind in parse_json(category_types)
        for category in kind["Categories"]
    }
    figures = [item for item in answer["Data"] if item.get("CategoryTypeId", -1) > 0]
    groups = [(item["CategoryTypeId"], item["CategoryId"]) for item in figures]
    if unknown := sorted(set(groups) - set(names)):
        raise InputError(
            f"{len(unknown)} group(s) of people without a name: {listed(unknown)}. Fetch "
            "category_types anew: it is older than the figures."
        )
    return pd.DataFrame(
        [
            {
                "publisher_id": str(answer["IndicatorId"]),
                "area_code": answer["AreaCode"],
                "sex": SEXES[item.get("SexId", answer["SexId"])],
                "year": item["Year"],
                "years": item.get("YearRange", 1),
                "category_type": names[group][0],
                "category": names[group][1],
                **_numbers(item),
            }
            for item, group in zip(figures, groups, strict=True)
        ]
    )


def read_group_trends(content: bytes) -> pd.DataFrame:
    """Read the figures of one area's groups over time.

    Returns
    -------
    DataFrame
        `category`, `period`, `value`, `lower_ci`, `upper_ci`, `count`, `denominator`.

    Raises
    ------
    InputError
        A group has more or fewer figures than there are periods.
    """
    rows = []
    for kind in parse_json(content):
        names = {str(label["Id"]): label["Name"] for label in kind["Labels"]}
        periods = kind["Periods"]
        for key, figures in kind["TrendData"].items():
            if len(figures) != len(periods):
                raise InputError(
                    f"{len(figures)} figures of '{names[key]}' for {len(periods)} periods: which "
                    "period lacks one cannot be told. Take them from the download of the indicator."
                )
            rows += [
                {"category": names[key], "period": period, **_numbers(figure or {"Val": NO_FIGURE})}
                for period, figure in zip(periods, figures, strict=True)
            ]
    return pd.DataFrame(rows)


def without_sentinel(value: float | None, text: str = "") -> float:
    """Return a figure; NaN for what stands for none.

    Examples
    --------
    >>> without_sentinel(78.5, "78.5"), without_sentinel(-1, "-")
    (78.5, nan)
    """
    return math.nan if value is None or value == NO_FIGURE or text == "-" else float(value)


def _numbers(item: Mapping[str, Any]) -> dict[str, float]:
    value = without_sentinel(item["Val"], item.get("ValF", ""))
    limits = [without_sentinel(item.get(name)) for name in ("LoCI", "UpCI")]
    if math.isnan(value + sum(limits)):  # a limit alone, or around no figure, says nothing
        limits = [math.nan, math.nan]
    denominator = without_sentinel(item.get("Denom"))
    return {
        "value": value,
        "lower_ci": limits[0],
        "upper_ci": limits[1],
        "count": without_sentinel(item.get("Count")),
        "denominator": denominator if denominator > 0 else math.nan,
    }
