"""Whom a briefing is for: what comes first for them, and in which words a number is put.

The numbers are the same for everybody; order, depth and words are not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ineqlib.catalogue import Indicator
from ineqlib.errors import ParameterError, choose_from
from ineqlib.facts.fact import Fact
from ineqlib.narrative.sentence import Number, Sentence, sentence
from ineqlib.text import lower_first, number, with_unit

Annex = Literal["same", "separate", "none"]
PLURAL_FROM = 1.5
"""Below it a rounded share would be none or one, with which no plural agrees."""
_COUNTED = re.compile(r"\{(.+)\}")
_SEX = {"Male": ("men", "boys"), "Female": ("women", "girls")}


@dataclass(frozen=True)
class Reader:
    """One kind of reader."""

    name: str
    """What `audience` calls them."""
    title: str
    """Of their briefing, after the name of the area."""
    owners: tuple[str, ...] = ()
    partner: str = ""
    """Who leads the indicators that they answer for, and what they are called where they help;
    empty for readers who answer for all."""
    first: tuple[str, ...] = ()
    """Ids of the objectives that come first for them, in order; the others follow."""
    is_plain: bool = False
    """Whether numbers are told as people ("54 of every 100 children"), rounded, and without
    intervals, slopes or ranks far from either end."""
    annex: Annex = "same"
    """Where the annex usually is."""

    def answers_for(self, indicator: Indicator) -> bool:
        """Tell whether an indicator is theirs."""
        return (
            not self.owners
            or indicator.lead_owner in self.owners
            or self.partner in indicator.partners
        )

    def share(
        self, fact: Fact, who: str, what: str, decimals: int | None = None, here: str = " here"
    ) -> Sentence:
        """Tell a share or rate: of whom, how many, what they do.

        Examples
        --------
        >>> from ineqlib.facts.fact import Fact
        >>> basics = Fact("basics", 54.3, "54.3%", 1, "%")
        >>> AUDIENCES["director"].share(basics, "children", "leave school").text
        '54.3% of children leave school'
        >>> AUDIENCES["public"].share(basics, "children", "leave school", 0).text
        'of every 100 children here, 54 leave school'
        """
        base = "100" if fact.unit == "%" else fact.unit.split()[1]
        if self.is_plain:
            count = self.number(fact, decimals, "")
            return sentence(f"of every {base} {who}{here}, ", count, f" {what}")
        if fact.unit == "%":
            return sentence(fact, f" of {who} {what}")
        return sentence(self.number(fact, None, ""), f" of every {base} {who} {what}")

    def number(self, fact: Fact, decimals: int | None = None, unit: str | None = None) -> Number:
        """Tell a fact's number, rounded for readers who are told it so; its sign left out."""
        if unit is None and (decimals is None or not self.is_plain):
            return Number(fact.size, float(fact.value), fact.id)
        places = fact.decimals if decimals is None else decimals
        text = with_unit(number(abs(fact.value), places), fact.unit if unit is None else unit)
        return Number(text, float(fact.value), fact.id)

    def decimals(self, *facts: Fact | None, alike: bool = False) -> int | None:
        """Return with how many decimals figures that stand beside each other are told.

        None where they are told as published: they are small, or would look alike when they are
        rounded (unless `alike` says that they may), or are no shares and rates (a tenth of a year
        of life is a month).
        """
        known = [fact for fact in facts if fact]
        rounded = {number(abs(fact.value), 0) for fact in known}
        is_share = all(fact.unit == "%" or fact.unit.startswith("per ") for fact in known)
        if (
            not self.is_plain
            or not is_share
            or any(abs(fact.value) < PLURAL_FROM for fact in known)
        ):
            return None
        return 0 if alike or len(rounded) == len({fact.text for fact in known}) else None

    def decimals_of_gap(self, gap: Fact) -> int | None:
        """Return with how many decimals the gap between two ends of a line is told."""
        return 0 if self.is_plain and abs(gap.value) >= 1 else None


AUDIENCES: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("director", "health inequalities briefing"),
        Reader(
            "children",
            "health inequalities briefing for children's services",
            ("Director of Children's Services",),
            "children's services",
            ("A", "B", "D"),
        ),
        Reader(
            "adults",
            "health inequalities briefing for adult social care",
            ("Director of Adult Social Services",),
            "adult social care",
            ("E", "F", "C", "D"),
        ),
        Reader("member", "briefing for councillors", is_plain=True, annex="separate"),
        Reader(
            "public",
            "how well people live here, and why",
            first=("E", "D", "C", "B", "A"),
            is_plain=True,
            annex="separate",
        ),
    )
}
"""Who can be asked for."""


def reader_named(audience: str) -> Reader:
    """Return a reader by name; the error offers the nearest."""
    if audience not in AUDIENCES:
        raise ParameterError(
            f"There is no audience '{audience}'.{choose_from(audience, AUDIENCES)}."
        )
    return AUDIENCES[audience]


def clause(
    reader: Reader,
    indicator: Indicator,
    fact: Fact,
    decimals: int | None = None,
    here: str = " here",
) -> Sentence | None:
    """Tell one figure in a clause; None where the catalogue has no words that would fit it."""
    template = indicator.told_as
    unusual_age = fact.age not in ("", indicator.age)
    names_sex = fact.sex not in _SEX or "[people]" in template or _COUNTED.search(template)
    if not template or unusual_age or not names_sex:
        return None
    # Where few are old fewer die than the rate says, which is made to be compared.
    allowing = ", allowing for age" if indicator.age_standardised else ""
    if counted := _COUNTED.search(template):
        who = _of_sex(counted[1], fact.sex)
        does = f"{template[counted.end() :].strip()}{allowing}"
        return reader.share(fact, who, does, decimals, here)
    before, after = template.replace("[people]", _of_sex("people", fact.sex)).split("{}")
    return sentence(before, reader.number(fact, decimals), f"{after}{allowing}")


def more_of(reader: Reader, indicator: Indicator, gap: Fact, decimals: int | None) -> Sentence:
    """Tell by how much more a value is somewhere: ``men can expect to live 7 years more``."""
    before, after = indicator.told_as.replace("[people]", _of_sex("people", gap.sex)).split("{}")
    rest = after if after.startswith(" more") else f" more{after}"
    return sentence(before, "about ", reader.number(gap, decimals), rest)


def _of_sex(who: str, sex: str) -> str:
    """Name men or women in the place of people."""
    adults, young = _SEX.get(sex, ("", ""))
    if not adults or who.split(maxsplit=1)[0] in (adults, young, "mothers"):
        return who
    for word, instead in (("people", adults), ("adults", adults), ("children", young)):
        if who.split(maxsplit=1)[0] == word:
            return f"{instead}{who.removeprefix(word)}"
    return f"{who} ({adults})"


WITH_ARTICLE = frozenset(
    {
        "City of London",
        "East Midlands",
        "East Riding of Yorkshire",
        "East of England",
        "Forest of Dean",
        "Isle of Wight",
        "Isles of Scilly",
        "North East",
        "North West",
        "South East",
        "South West",
        "Vale of White Horse",
        "West Midlands",
    }
)
"""Places that take an article inside a sentence."""


def place_inside(name: str) -> str:
    """Write the name of a place as it stands inside a sentence.

    Examples
    --------
    >>> place_inside("North East"), place_inside("Kent")
    ('the North East', 'Kent')
    """
    return f"the {name}" if name in WITH_ARTICLE else name


def name_inside(name: str) -> str:
    """Write a name as it stands inside a sentence; names that begin with capitals keep them.

    Examples
    --------
    >>> name_inside("NHS Health Checks"), name_inside("A fall"), name_inside("Falls")
    ('NHS Health Checks', 'a fall', 'falls')
    """
    begins = name[:2].strip()
    return name if len(begins) > 1 and begins.isupper() else lower_first(name)
