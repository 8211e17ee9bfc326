"""What an objective, an indicator and the catalogue are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ineqlib.errors import UnknownIndicator, nearest

Polarity = Literal["favourable", "adverse", "neutral"]
"""Is a high value good? Decided from what the indicator means, never copied from a publisher."""


@dataclass(frozen=True)
class Objective:
    """One policy objective of the Marmot reviews; ``O`` holds the overarching outcomes."""

    id: str
    name: str
    public_name: str


@dataclass(frozen=True)
class PublisherId:
    """The name one publisher gives to an indicator.

    `sex` and `age` are None where the publisher gives them row by row, and set where the id alone
    stands for one sex or age, or is used for several.
    """

    id: str
    sex: str | None = None
    age: str | None = None
    verified: bool = True
    note: str = ""

    def specificity(self, sex: str | None, age: str | None) -> int:
        """Return how closely this id fits a row's sex and age; −1 if it is another series."""
        pairs = [(self.sex, sex), (self.age, age)]
        if any(mine is not None and theirs not in (None, mine) for mine, theirs in pairs):
            return -1
        return sum(mine is not None and mine == theirs for mine, theirs in pairs)


@dataclass(frozen=True)
class Indicator:
    """A defined statistic. See ``docs/catalogue.md`` for what each field must hold."""

    id: str
    name: str
    public_name: str
    objective: str
    polarity: Polarity
    unit: str
    decimals: int
    age: str
    value_type: str
    source: str = "open"
    """``open``: published; ``local``: the council's own file; ``none``: no open measure yet."""
    publisher_ids: Mapping[str, tuple[PublisherId, ...]] = field(default_factory=dict)
    area_levels: tuple[str, ...] = ()
    """Levels known to be published; where ``district`` is missing, show the county, labelled."""
    pooling_years: float = 1
    short_name: str = ""
    """Where there is no room for the public name; no two indicators have one in common."""
    has_ci: bool = True
    modelled: bool = False
    sampled: bool = False
    """Whether some people were asked or looked at: its counts are no counts of everybody."""
    age_standardised: bool = False
    """Whether it is the rate that there would be with people of usual ages, and no count."""
    lead_owner: str = ""
    partners: tuple[str, ...] = ()
    two_tier_owner: str = ""
    sdh_area: str = ""
    theme: str = ""
    topic: str = ""
    """What it tells of; a list of findings has at most one of a topic."""
    pools: str = ""
    """The yearly indicator whose years this one takes together, and which is quieter for it."""
    used_for: tuple[str, ...] = ()
    sensitive_to_local_action: str = ""
    why_this_indicator: str = ""
    told_as: str = ""
    """A clause: ``{children} leave primary school with the basics``, or with ``{}`` for the value.

    What stands in braces is counted, what stands in brackets gives way to men or women.
    """
    sentinel: bool = False
    """Whether each event is looked into, so that a sign of more is told before it is sure."""
    uncounted: bool = False
    """Whether its public name tells of one thing, which cannot be more or fewer."""
    circumstance: bool = False
    """Whether it is a price or a mean of money: of a place, and not of how most people fare."""
    headline: bool = False
    """Whether a briefing leads with it, and sets it against deprivation."""
    duplicate_of: str = ""
    """The indicator a briefing shows instead of this one, which tells the same story."""
    notes: str = ""

    @property
    def is_share(self) -> bool:
        """Whether its clause counts some of many, such as children of every 100."""
        return "{}" not in self.told_as

    @property
    def is_life_expectancy(self) -> bool:
        """Whether a value is how long people can expect to live, in whatever health."""
        return self.value_type == "life_expectancy"

    @property
    def catalogued(self) -> bool:
        """Whether the catalogue judges this indicator, or a file merely brought it."""
        return bool(self.objective)


@dataclass(frozen=True)
class Catalogue:
    """Objectives and indicators, both in the order they are presented."""

    objectives: Mapping[str, Objective]
    indicators: Mapping[str, Indicator]

    def __getitem__(self, indicator_id: str) -> Indicator:
        try:
            return self.indicators[indicator_id]
        except KeyError:
            raise UnknownIndicator(
                f"No indicator '{indicator_id}' among the {len(self.indicators)} of the "
                f"catalogue.{nearest(indicator_id, self.indicators)} "
                "`ineq indicators` lists them all."
            ) from None

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self.indicators

    def __len__(self) -> int:
        return len(self.indicators)

    def of_objective(self, objective_id: str) -> list[Indicator]:
        """Return the indicators of one objective, in order."""
        return [entry for entry in self.indicators.values() if entry.objective == objective_id]

    def objectives_without_open_measure(self) -> list[Objective]:
        """Return the objectives no open indicator speaks for: shown as such, never left out."""
        covered = {entry.objective for entry in self.indicators.values() if entry.source == "open"}
        return [objective for objective in self.objectives.values() if objective.id not in covered]

    def find(
        self, publisher: str, id: str, sex: str | None = None, age: str | None = None
    ) -> tuple[Indicator, PublisherId] | None:
        """Return the indicator a publisher's id stands for, or None.

        The publisher is ``fingertips`` or ``explore_statistics``; `sex` and `age`, as the row has
        them, decide where one id stands for several series.

        Examples
        --------
        >>> from ineqlib.catalogue import load_catalogue
        >>> indicator, name = load_catalogue().find(
        ...     "explore_statistics", "Male healthy life expectancy")
        >>> indicator.id, name.sex
        ('healthy_life_expectancy', 'Male')
        """
        candidates = [
            (name.specificity(sex, age), indicator, name)
            for indicator, name in self._by_publisher_id.get((publisher, str(id)), [])
        ]
        best = max((fit for fit, _, _ in candidates), default=-1)
        closest = [(indicator, name) for fit, indicator, name in candidates if fit == best >= 0]
        return closest[0] if len(closest) == 1 else None

    @staticmethod
    def describe_unknown(id: str, name: str, unit: str) -> Indicator:
        """Return an indicator the catalogue does not know: shown, but without judgement."""
        return Indicator(
            id=id,
            name=name,
            public_name=name,
            objective="",
            polarity="neutral",
            unit=unit,
            decimals=1,
            age="",
            value_type="",
            notes="Not in the catalogue, so no judgement is made.",
        )

    @cached_property
    def _by_publisher_id(self) -> Mapping[tuple[str, str], list[tuple[Indicator, PublisherId]]]:
        index: dict[tuple[str, str], list[tuple[Indicator, PublisherId]]] = defaultdict(list)
        for indicator in self.indicators.values():
            for publisher, ids in indicator.publisher_ids.items():
                for name in ids:
                    index[publisher, name.id].append((indicator, name))
        return index
