"""The labels of groups against their places: which end of deprivation is which."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from ineqlib.deprivation_words import GROUP_WORDS, end_patterns
from ineqlib.observations import Dimension
from ineqlib.sources.plausible.finding import Context, Doubt

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("first", "1st"),
            ("second", "2nd"),
            ("third", "3rd"),
            ("fourth", "4th"),
            ("fifth", "5th"),
        ),
        start=1,
    )
    for word in words
}
_GROUP_WORDS = {groups: GROUP_WORDS[groups] for groups in (5, 10)}
"""Of the groups that figures are read in."""
_SOME = "|".join(_GROUP_WORDS.values())
_DEPRIVED, _WELL_OFF = end_patterns(
    _SOME, most="(?:most|more)", least="(?:least|less)", between="[ -]+"
)
_ALONE = r"(?:\(|(?:^|\d)\W*\b){}\W*$"
"""The word by itself, or behind a number: ``Quintile 1 - most``."""
_END = re.compile(
    rf"(?:\b(?P<nth>{'|'.join(_ORDINALS)})[ -]+)?"
    rf"(?:(?P<deprived>{_DEPRIVED}|{_ALONE.format('most')}|\bmd[qd]\b|\bcore ?20\b(?! ?plus))"
    rf"|{_WELL_OFF}|{_ALONE.format('least')}|\bld[qd]\b)",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b({_SOME})s?\b(?! (?:most|more|least|less|poorest|richest))", re.IGNORECASE)
"""The word for a group, and not an ordinal (``Fifth least deprived tenth``)."""
_NTH = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_JOINED = re.compile(r"[_.]+|(?<=[a-z])(?=[A-Z])")
"""What programs put between words: Most.deprived, most_deprived, MostDeprived."""
_NUMBER = re.compile(r"\D*(\d{1,2})\D*")
_RANGE = re.compile(r"\D*(\d{1,3})\D+(\d{1,3})\D*")
_LEVEL = re.compile(
    r"(?P<very>very |extremely )?(?:(?P<more>high(?:er)?)|(?P<less>low(?:er)?))"
    r"(?: deprivation| needs?)?"
    r"|(?:(?P<most>highest|greatest)|(?P<least>lowest|smallest)) (?:deprivation|needs?)"
    r"|(?:(?P<not>not |least )?(?P<much>very |extremely |highly )?deprived|(?P<rich>affluent))"
    r"(?: (?:areas?|neighbourhoods?|communities))?",
    re.IGNORECASE,
)
"""How deprived a group is said to be, where no word says that none is more so."""
FEWEST_NUMBERS = 3
"""Numbers in labels of which one can be between two others."""

_FIGURE = "indicator_id area_code period_start period_end sex age".split()
_BY_DEPRIVATION = re.compile(rf"depriv|\b(?:imd|iod)|{_SOME}", re.IGNORECASE)
_MIDDLE = re.compile(r"\b(?:middle|average)\b", re.IGNORECASE)
_SIDE = re.compile(
    rf"(?:top|bottom|upper|lower|highest|lowest|high[ -]end|low[ -]end)\b[ -]*"
    rf"(?:(?:the )?(?:\d+ ?(?:%|per ?cent)?|{_SOME}|third|half|middle|group|areas?|end)s?)?",
    re.IGNORECASE,
)
"""A side that is that of the most deprived to some, and that of the least deprived to others."""
_OF_WHAT = re.compile(r"income|wealth|earning|pay|salar", re.IGNORECASE)
"""Of these the lower side is the deprived one."""


def place_of_label(label: str, groups: int) -> int | None:
    """Return the place that the words of a label give a group, 1 = most deprived.

    Examples
    --------
    >>> place_of_label("Second least deprived fifth", 5), place_of_label("1 (most deprived)", 10)
    (4, 1)
    >>> place_of_label("Quintile 1 (poorest)", 5), place_of_label("Quintile 5 (richest)", 5)
    (1, 5)
    """
    label = _JOINED.sub(" ", label)
    ends = list(_END.finditer(label))
    if len(ends) != 1:
        return (groups + 1) // 2 if not ends and groups % 2 and _MIDDLE.search(label) else None
    place = _ORDINALS.get((ends[0]["nth"] or "first").lower(), 1)
    return place if ends[0]["deprived"] else groups + 1 - place


def _place_of_number(labels: list[str]) -> dict[str, int]:
    """Return the number in each label, where they count the groups and no words say from where."""
    if any(_END.search(label) for label in labels):
        return {}
    matches = [_NUMBER.fullmatch(label) for label in labels]
    numbers = [int(match[1]) for match in matches if match] or _ranked(labels)
    counts = sorted(numbers) == list(range(1, len(labels) + 1)) and len(labels) > 1
    return dict(zip(labels, numbers, strict=True)) if counts else {}


def _numbered(label: str) -> str:
    """Write the first ordinal in a label that names no end as a number: ``2 quintile``."""
    if _END.search(label):
        return label
    return _NTH.sub(lambda match: str(_ORDINALS[match[0].lower()]), label, count=1)


def _shuffled(groups: pd.DataFrame) -> dict[str, int]:
    """Return the numbers of labels that neither go up with the order of the groups nor down.

    Examples
    --------
    >>> labels = ["Most deprived", "3", "2", "4", "Least deprived"]
    >>> _shuffled(pd.DataFrame({"subgroup": labels, "subgroup_order": [1, 2, 3, 4, 5]}))
    {'3': 3, '2': 2, '4': 4}
    """
    in_order = groups.sort_values("subgroup_order")["subgroup"].drop_duplicates()
    matches = {label: _NUMBER.fullmatch(label) for label in in_order if not _END.search(label)}
    numbers = {label: int(match[1]) for label, match in matches.items() if match}
    row = pd.Series(list(numbers.values()), dtype="int64")
    goes = row.is_monotonic_increasing or row.is_monotonic_decreasing
    return {} if goes or len(row) < FEWEST_NUMBERS else numbers


def _mirrored(groups: pd.DataFrame) -> dict[str, int]:
    """Return the numbers of bare labels that count the groups from the other end, or nothing.

    Examples
    --------
    >>> labels = ["Greatest", "2", "3", "4", "Smallest"]
    >>> _mirrored(pd.DataFrame({"subgroup": labels, "subgroup_order": [5, 4, 3, 2, 1]}))
    {'2': 2, '3': 3, '4': 4}
    """
    say_it = [label for label in groups["subgroup"] if _END.search(label) or _level(label)]
    if say_it:
        return {}
    bare = groups[groups["subgroup"].str.fullmatch(r"\d{1,2}")].drop_duplicates("subgroup")
    numbers, orders = bare["subgroup"].astype(int), bare["subgroup_order"].astype(int)
    last = int(groups["subgroup_order"].max())
    is_mirrored = len(bare) > 1 and (numbers + orders == last + 1).all() and (numbers <= last).all()
    return dict(zip(bare["subgroup"], numbers.tolist(), strict=True)) if is_mirrored else {}


def _ranked(labels: list[str]) -> list[int]:
    """Return the places of labels that are ranges, each beginning where another one ends.

    Examples
    --------
    >>> _ranked(["80-100%", "0-20%"]), _ranked(["81-100", "0-80"]), _ranked(["0-20%", "Others"])
    ([], [2, 1], [])
    """
    matches = [_RANGE.fullmatch(label) for label in labels]
    ranges = [(int(match[1]), int(match[2])) for match in matches if match]
    ends = sorted(ranges)
    follow = all(after[0] - end in (0, 1) for (_, end), after in pairwise(ends))
    return [ends.index(pair) + 1 for pair in ranges] if follow and all(matches) else []


def _groups_of_label(label: str) -> int:
    """Return of how many groups a label says it is one; 0 where it does not say."""
    nouns = [match[1].casefold() for match in _NOUN.finditer(label)]
    return next((n for n, words in _GROUP_WORDS.items() if nouns and nouns[-1] in words), 0)


def label_contradicts_order(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find groups whose label names another place than `subgroup_order` gives them."""
    ordered = rows["subgroup_order"].notna() & (rows["dimension"] != "")
    if not ordered.any():
        return
    names = ["dimension", "subgroup", "subgroup_order"]
    keys = rows.loc[ordered, names].drop_duplicates()
    for expected, wrong in _contradictions(keys).items():
        if wrong:
            mine = pd.MultiIndex.from_frame(rows[names])
            yield Doubt(pd.Series(mine.isin(wrong), rows.index) & ordered, expected)
    if keys.duplicated(["dimension", "subgroup_order"]).any():
        places = [*_FIGURE, "dimension", "subgroup_order"]
        groups = rows.loc[ordered, [*places, "subgroup"]].drop_duplicates()
        shared = groups.index[groups.duplicated(places, keep=False)]
        if len(shared):
            yield Doubt(
                pd.Series(rows.index.isin(shared), rows.index),
                "a subgroup_order of its own for each group of an area and period",
            )


def label_says_no_end(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find groups by deprivation of which a label has the top or the bottom, and not of what."""
    dimensions = [
        text
        for text in rows["dimension"].unique()
        if _BY_DEPRIVATION.search(text) and not _OF_WHAT.search(text)
    ]
    if not dimensions:
        return
    labels = rows["subgroup"].where(rows["dimension"].isin(dimensions))
    unclear = [text for text in labels.dropna().unique() if _SIDE.fullmatch(text.strip())]
    if unclear:
        yield Doubt(
            labels.isin(unclear),
            "labels that say which end is the most deprived one: to some the top 20% are the most "
            "deprived, to others the least",
        )


def _level(label: str) -> int | None:
    """Return how deprived a label says a group is, the higher the more; None if it does not.

    Examples
    --------
    >>> [_level(label) for label in ("Very high", "High deprivation", "Low", "Not deprived", "3")]
    [2, 1, -1, -2, None]
    >>> [_level(label) for label in ("Highest need", "Deprived areas", "Affluent areas")]
    [3, 1, -2]
    """
    match = _LEVEL.fullmatch(label.strip())
    if not match:
        return None
    if match["more"] or match["less"]:
        return (2 if match["very"] else 1) * (1 if match["more"] else -1)
    if match["most"] or match["least"]:
        return 3 if match["most"] else -3
    return -2 if match["not"] or match["rich"] else 2 if match["much"] else 1


def _turned_round(groups: pd.DataFrame) -> bool:
    """Tell whether of the groups said to be more and less deprived the less have the lower order.

    Examples
    --------
    >>> _turned_round(pd.DataFrame({"subgroup": ["Low", "High"], "subgroup_order": [1, 2]}))
    True
    """
    levels = groups["subgroup"].map(_level)
    pairs = groups.assign(level=levels).dropna(subset="level").drop_duplicates("level")
    orders = pairs.sort_values("level", ascending=False)["subgroup_order"]
    return len(orders) > 1 and not orders.is_monotonic_increasing


def _contradictions(keys: pd.DataFrame) -> dict[str, list[tuple[str, str, int]]]:
    """Return of each thing that is expected the groups that are otherwise."""
    by_words, by_number, of_others = [], [], []
    for dimension, groups in keys.groupby("dimension", sort=False, observed=True):
        number = Dimension.parse(str(dimension)).groups
        last = number or int(groups["subgroup_order"].max())
        numbers, words = {}, groups["subgroup"].map(lambda label: _JOINED.sub(" ", label))
        if _BY_DEPRIVATION.search(str(dimension)):
            plain = groups.assign(subgroup=words.map(_numbered))
            numbers = (
                _place_of_number(plain["subgroup"].unique().tolist())
                or _mirrored(plain)
                or _shuffled(plain)
            )
            if _turned_round(plain):
                by_words.extend(groups.itertuples(index=False, name=None))
                continue
        for key, label in zip(groups.itertuples(index=False, name=None), words, strict=True):
            order = key[2]
            place = place_of_label(label, last)
            if number and _groups_of_label(label) not in (0, number):
                of_others.append(key)
            elif place is not None and place != order:
                by_words.append(key)
            elif numbers.get(_numbered(label), order) != order:
                by_number.append(key)
    return {
        "subgroup_order 1 for the most deprived group and the highest for the least deprived, as "
        "the labels have it": by_words,
        "the numbers in the labels to count the groups as subgroup_order does, 1 = most deprived; "
        "where they count the other way, let the labels say so (5 = most deprived)": by_number,
        "as many groups as the dimension says: ten for deciles, five for quintiles": of_others,
    }
