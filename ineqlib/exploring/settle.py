"""Keeping a question valid: what a choice rules out falls to a default, and that is said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from ineqlib.exploring.choices import Choices
from ineqlib.exploring.links import GROUP
from ineqlib.exploring.question import LISTS, Question
from ineqlib.observations import Dimension
from ineqlib.text import SEX_WORDS


class Settled(NamedTuple):
    """A question that can be asked, and what had to be changed for that, a sentence each."""

    question: Question
    remarks: tuple[str, ...] = ()


def settle(wish: Question, choices: Choices) -> Settled:
    """Return the nearest question to one that is wished for which can be asked of a pack."""
    remarks: list[str] = []
    for step in (_area, _second, _indicator, _sex, _dimension, _period, _selected, _lists):
        wish = step(wish, choices, remarks.append)
    return Settled(wish, tuple(remarks))


Say = Callable[[str], None]


def _area(wish: Question, choices: Choices, say: Say) -> Question:
    area = choices.area(wish.area)
    if area is None:
        default = choices.default_area
        if wish.area:
            say(
                f"The pack '{choices.pack.title}' has no area '{wish.area}': "
                f"{choices.name(default)} is shown."
            )
        return replace(wish, area=default)
    return replace(wish, area=area.code)


def _second(wish: Question, choices: Choices, say: Say) -> Question:
    if not wish.second:
        return wish
    area = choices.area(wish.second)
    if area is None:
        say(f"The pack '{choices.pack.title}' has no area '{wish.second}' to compare with.")
        return replace(wish, second="")
    if area.code == wish.area:
        say(f"{area.name} is not compared with itself: no second area is shown.")
        return replace(wish, second="")
    return replace(wish, second=area.code)


def _indicator(wish: Question, choices: Choices, say: Say) -> Question:
    if wish.indicator in choices.indicators:
        return wish
    default = choices.default_indicator
    if wish.indicator:
        say(
            f"The pack '{choices.pack.title}' has no indicator '{wish.indicator}': "
            f"{choices.indicators[default].label} is shown."
        )
    return replace(wish, indicator=default)


def _sex(wish: Question, choices: Choices, say: Say) -> Question:
    sexes = choices.series(wish.area, wish.indicator).sexes
    if wish.sex in sexes:
        return wish
    if wish.sex:
        label = choices.indicators[wish.indicator].label
        absent, shown = (sex_words(sex).lower() for sex in (wish.sex, sexes[0]))
        say(f"'{label}' has no figures of {absent}: {shown} is shown.")
    return replace(wish, sex=sexes[0])


def _dimension(wish: Question, choices: Choices, say: Say) -> Question:
    if wish.dimension in choices.series(wish.area, wish.indicator).dimensions:
        return wish
    label = choices.indicators[wish.indicator].label
    say(
        f"'{label}' is not published by {dimension_words(wish.dimension)} for "
        f"{choices.name(wish.area)}: everybody together is shown."
    )
    return replace(wish, dimension="")


def _period(wish: Question, choices: Choices, say: Say) -> Question:
    periods = choices.series(wish.area, wish.indicator).periods
    if not wish.period:
        return wish
    if wish.period in periods:
        # The newest is followed when the indicator changes, so it is not fixed by its name.
        return replace(wish, period="") if wish.period == periods[-1] else wish
    label = choices.indicators[wish.indicator].label
    say(f"'{label}' has no figures for {wish.period}: the newest are shown.")
    return replace(wish, period="")


def _selected(wish: Question, choices: Choices, say: Say) -> Question:
    code = wish.selected
    if not code or code in choices.areas or GROUP.fullmatch(code):
        return wish
    areas = filter(None, (wish.area, wish.second))
    if any(code in choices.fifths(area) for area in areas):
        return wish
    say(f"{code} is no neighbourhood of {choices.name(wish.area)}: nothing is marked.")
    return replace(wish, selected="")


def _lists(wish: Question, _choices: Choices, _say: Say) -> Question:
    ordered: dict[str, Any] = {
        name: tuple(member for member in members if member in getattr(wish, name))
        for name, members in LISTS.items()
    }
    return replace(wish, **ordered)


def sex_words(sex: str) -> str:
    """Return whose figures they are, as a choice is labelled.

    Examples
    --------
    >>> sex_words("Female"), sex_words("Persons")
    ('Women', 'Everybody')
    """
    return (SEX_WORDS.get(sex, sex) or "everybody").capitalize()


def dimension_words(text: str) -> str:
    """Return what people are grouped by, as a choice is labelled.

    Examples
    --------
    >>> dimension_words("national_deprivation_quintile:imd2019")
    'fifths by deprivation in the country (imd2019)'
    >>> dimension_words("")
    'everybody together'
    """
    dimension = Dimension.parse(text)
    if not text:
        return "everybody together"
    if not dimension.is_deprivation:
        return text
    where = {
        "local": "inside the area",
        "national": "in the country",
        "area": "of authorities",
    }[dimension.whose]
    return f"{dimension.part}s by deprivation {where} ({dimension.index})"
