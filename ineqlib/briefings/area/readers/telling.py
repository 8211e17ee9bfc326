"""What every section of a reader's briefing is made from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from ineqlib.briefings.area.differences import Difference, differences
from ineqlib.briefings.area.earlier import Earlier, find_earlier, read_earlier
from ineqlib.briefings.area.options import Options
from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import Comparison
from ineqlib.narrative.judgement import Finding, Judgement, judge
from ineqlib.narrative.reader import Reader, place_inside


@dataclass(frozen=True)
class Telling:
    """An area's facts, judged for one reader."""

    facts: AreaFacts
    """Those of the figures that the reader answers for."""
    judgement: Judgement
    """What of them leads."""
    options: Options
    earlier: Earlier | None = None
    """What the last briefing said; None where there is none."""

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What is not as the last briefing had it."""
        return differences(self.earlier, self.facts.comparisons) if self.earlier else ()

    @property
    def reader(self) -> Reader:
        """Whom it is for."""
        return self.options.reader

    @property
    def area(self) -> str:
        """Name of the area."""
        return self.facts.profile.area.name

    @property
    def place(self) -> str:
        """Name of the area inside a sentence."""
        return place_inside(self.area)

    @property
    def country(self) -> str:
        """Name of the country."""
        return self.facts.profile.country_name

    @property
    def differing(self) -> tuple[Finding, ...]:
        """All figures that differ, those that are worse first."""
        return (*self.judgement.worse, *self.judgement.better)

    def place_of(self, comparison: Comparison) -> int:
        """Return the place of a figure among those that differ; of all others, one behind these."""
        return self._places.get(id(comparison), len(self._places))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(finding.comparison): place for place, finding in enumerate(self.differing)}

    @property
    def chosen(self) -> tuple[Comparison, ...]:
        """Newest figures of the area's own priorities, in their order."""
        by_id: dict[str, list[Comparison]] = {}
        for comparison in self.facts.comparisons:
            if "area" in comparison.facts:
                by_id.setdefault(comparison.indicator.id, []).append(comparison)
        return tuple(chain.from_iterable(by_id.get(name, []) for name in self.options.priorities))

    def objectives(self) -> Iterator[tuple[str, str]]:
        """Yield id and public name of each objective, the reader's first ones first."""
        objectives = load_catalogue().objectives.values()
        names = {objective.id: objective.public_name for objective in objectives}
        for name in dict.fromkeys([*self.reader.first, *names]):
            yield name, names[name]


def telling_of(facts: AreaFacts, options: Options) -> Telling:
    """Judge an area's facts for a reader: the same numbers, fewer of them for some."""
    own = facts_of(facts, options.reader)
    area, earlier = facts.profile.area, None
    if options.previous and (page := find_earlier(options.previous, area, options.reader)):
        earlier = read_earlier(page, area)
    about = f" that concerns {options.reader.partner}" if options.reader.owners else ""
    return Telling(own, judge(own, options.priorities, about, facts), options, earlier)


def facts_of(facts: AreaFacts, reader: Reader) -> AreaFacts:
    """Keep the figures that a reader answers for."""
    if not reader.owners:
        return facts
    own = reader.answers_for
    return replace(
        facts,
        comparisons=tuple(figure for figure in facts.comparisons if own(figure.indicator)),
        trends=tuple(trend for trend in facts.trends if own(trend.comparison.indicator)),
        wider_only=tuple(figure for figure in facts.wider_only if own(figure.series.indicator)),
        gradients=tuple(gradient for gradient in facts.gradients if own(gradient.indicator)),
        inside=tuple(gap for gap in facts.inside if own(gap.indicator)),
        levelling_up=tuple(part for part in facts.levelling_up if own(part.gradient.indicator)),
    )


def owner_of(indicator: Indicator) -> str:
    """Who leads, and who helps."""
    partners = ", ".join(indicator.partners)
    return f"{indicator.lead_owner} (with {partners})" if partners else indicator.lead_owner
