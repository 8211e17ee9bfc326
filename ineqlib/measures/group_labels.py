"""The labels that pandas data of groups carry: what no group is called, and their order."""

import re
from collections.abc import Sequence

import pandas as pd

from ineqlib.deprivation_words import GROUP_WORDS, end_patterns
from ineqlib.errors import InputError, listed
from ineqlib.measures.age_labels import carried_labels

_GROUPS = "|".join(GROUP_WORDS.values())
MOST, LEAST = (
    rf"(?<!th )(?<![nr]d )(?<!st )(?<!next )\b(?:{words})\b"
    rf"|^(?:[\W\d]|{_GROUPS}|[qd])+{bare}\W*$"
    for words, bare in zip(end_patterns(_GROUPS), ("most", "least"), strict=True)
)
"""What the labels of the most and of the least deprived end hold, as regular expressions.

"Most" and "least" alone name an end only beside a number or a group: "Q1 (most)".
"""
_TOTALS = ("total", "all", "grand total", "overall", "all groups")
_GROUP = re.compile(rf"{_GROUPS}|^[qd]\W?\d")
_NUMBER = re.compile(r"\D*(\d{1,2})\D*")


def names_end(label: str, words: str) -> bool:
    """Tell whether a label names one end of the scale.

    Examples
    --------
    >>> names_end("Most deprived fifth", MOST), names_end("Second most deprived fifth", MOST)
    (True, False)
    """
    return re.search(words, label.casefold()) is not None


def check_group_labels(data: object, name: str, *, ordered: bool) -> None:
    """Refuse labels that name no group, one group twice, or groups in an order that is not theirs.

    Parameters
    ----------
    data
        What a measure was given; only pandas data carry labels.
    name
        Its name, for the message.
    ordered
        Whether the measure takes the most deprived group first.

    Raises
    ------
    InputError
        A total among the groups; a label twice; the least deprived group first, the most deprived
        last, or numbers in the order of the alphabet (1, 10, 2) where there is an order.
    """
    if not isinstance(data, pd.Series | pd.DataFrame):
        return
    labels = list(data.axes[-1])
    if not labels or not all(isinstance(label, str) for label in labels):
        return
    if totals := [label for label in labels if label.strip().casefold() in _TOTALS]:
        raise InputError(f"{name}: {totals[0]!r} is no group. Expected groups alone: leave it out.")
    if carried_labels(data) is None:
        again = sorted({label for label in labels if labels.count(label) > 1})
        raise InputError(
            f"{name}: {len(again)} of the labels are there twice ({listed(map(repr, again))}). "
            "Expected each group once."
        )
    if ordered:
        _check_order(labels, name)


def _check_order(labels: Sequence[str], name: str) -> None:
    wrong = [label for label in labels[1:] if names_end(label, MOST)]
    wrong += [label for label in labels[:-1] if names_end(label, LEAST)]
    numbers = [int(match[1]) for label in labels if (match := _NUMBER.fullmatch(label))]
    in_order = numbers in (sorted(numbers), sorted(numbers, reverse=True))
    if len(numbers) == len(labels) == len(set(numbers)) and not in_order:
        # Numbers of places say nothing of their order; those of groups do.
        are_groups = all(_GROUP.search(label.casefold()) for label in labels)
        wrong += labels[1:2] if are_groups or sorted(labels) == list(labels) else []
    if wrong:
        raise InputError(
            f"{name}: {wrong[0]!r} is at {labels.index(wrong[0])} (counting from 0). Expected the "
            "most deprived group first and the least deprived last; text in order of the alphabet "
            "puts 10 before 2."
        )
