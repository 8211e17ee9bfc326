"""Of whom each row of Explore Education Statistics is: what its filters say, columns of words."""

import re

import pandas as pd

_SEX = re.compile(r"(?:sex|gender)(?:_.*)?|.*_(?:sex|gender)", re.IGNORECASE)
_AGE = re.compile(r"age(?:_(?:group|band|range|summary|start))?", re.IGNORECASE)
_EVERYBODY = re.compile(r"total\b.*|all\b(?! other).*", re.IGNORECASE)
_KIND_OF_PEOPLE = re.compile(
    r"characteristic|breakdown|ethnic|disadvantage|free_school|language|deprivation|disabil|premium"
    r"|(?:^|_)(?:fsm\d?|sen|eal|idaci|imd)(?:_|$)"
)
"""Filters that part people, and not schools, subjects or kinds of absence."""
_TOPIC = ("_topic", "_group", "_type")


def of_whom(filters: pd.DataFrame) -> pd.DataFrame:
    """Return sex, age, dimension and subgroup of each row, and what holds for the whole file.

    Of everybody together is the row in which each filter says total or all. A filter that has one
    word alone in all rows says what the file is about; where that is a kind of people, the figures
    are that group's, as they are with the other groups beside it.
    """
    people = pd.DataFrame({"sex": "", "age": ""}, index=filters.index)
    words: dict[str, pd.Series] = {}
    notes = []
    for name, column in filters.items():
        everybody = _is_everybody(column)
        lower = str(name).casefold()
        if _SEX.fullmatch(lower):
            people["sex"] = column.mask(everybody, "")
        elif _AGE.fullmatch(lower):
            people["age"] = column.mask(everybody, "")
        elif column.nunique() == 1 and not everybody.any() and not _KIND_OF_PEOPLE.search(lower):
            notes.append(f"{in_words(lower)}: {column.iloc[0]}")
        else:
            words[lower] = column.mask(everybody, "")
    return people.join(_groups(words, filters.index)).assign(note="; ".join(notes))


def _is_everybody(column: pd.Series) -> pd.Series:
    return column.str.fullmatch(_EVERYBODY.pattern, case=False) | column.isin(["", "z"])


def _groups(words: dict[str, pd.Series], index: pd.Index) -> pd.DataFrame:
    """Return the dimension and subgroup that several filters together make."""
    topics = {
        name.removesuffix(end): name
        for name in words
        for end in _TOPIC
        if name.endswith(end) and name.removesuffix(end) in words
    }
    dimension = pd.Series("", index)
    subgroup = pd.Series("", index)
    for name, column in words.items():
        if name in topics.values():
            continue
        topic = words[topics[name]] if name in topics else pd.Series("", index)
        label = topic.mask(topic == "", in_words(name)).mask(column == "", "")
        dimension = _together(dimension, label, " and ")
        subgroup = _together(subgroup, column, ", ")
    return pd.DataFrame({"dimension": dimension, "subgroup": subgroup})


def _together(first: pd.Series, second: pd.Series, between: str) -> pd.Series:
    both = (first != "") & (second != "")
    return first + both.map({True: between, False: ""}) + second


def filters_without_total(filters: pd.DataFrame) -> list[str]:
    """Return the filters that make groups and of which no word is everybody."""
    return [
        name
        for name in map(str, filters)
        if (filters[name].nunique() > 1 or _KIND_OF_PEOPLE.search(name.casefold()))
        and not (_SEX.fullmatch(name) or _AGE.fullmatch(name) or _is_everybody(filters[name]).any())
        and not any(name.removesuffix(end) in filters for end in _TOPIC if name.endswith(end))
    ]


def in_words(name: str) -> str:
    """Write the name of a column as words.

    Examples
    --------
    >>> in_words("school_type")
    'School type'
    """
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
