"""Charts of what the gap in life expectancy is made of, with their words."""

from collections.abc import Mapping

from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.figure import Figure, Labels
from ineqlib.facts.age_contributions import ContributionByAge
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact
from ineqlib.facts.profile import Profile
from ineqlib.narrative.answers import narrowing
from ineqlib.text import lower_first, upper_first


def contribution_figures(profile: Profile, made_of: ContributionByAge) -> tuple[Figure, ...]:
    """Draw the gap between the most and the least deprived group by age and, if known, by cause."""
    by_age = {upper_first(fact.age): fact for fact in made_of.by_age.values()}
    by_cause = dict(sorted(made_of.by_cause.items(), key=lambda part: -part[1].value))
    parts = {"age": by_age, "cause": {upper_first(name): fact for name, fact in by_cause.items()}}
    return tuple(
        _figure(profile, made_of, kind, of_kind) for kind, of_kind in parts.items() if of_kind
    )


def _figure(
    profile: Profile, made_of: ContributionByAge, kind: str, parts: Mapping[str, Fact]
) -> Figure:
    name, gap = profile.area.name, made_of.gap
    group = made_of.dimension.part
    largest = max(parts, key=lambda part: parts[part].value)
    finding = f"no gap at the most deprived end ({gap.text})"
    if gap.value > 0:
        of_largest = f"{parts[largest].text} of the gap of {gap.text}"
        finding = f"the largest part, {of_largest}, is from {_lower(kind, largest)}"
    texts = ", ".join(f"{part} {fact.text}" for part, fact in parts.items())
    labels = Labels(
        id=f"gap-by-{kind}",
        title=f"How long people live, by {kind}: {finding}",
        subtitle=(
            f"Years of the gap in life expectancy between the least and the most deprived {group} "
            f"of {name}, men and women together, {made_of.period}"
        ),
        alt=f"Bar chart of a gap by {kind}: {finding}. {texts}.",
        source=short_source(profile.pack, [gap.source]),
        note=narrowing(parts.values()),
    )
    return contributions(parts, labels, whole=gap)


def _lower(kind: str, part: str) -> str:
    return f"{'people ' * (kind == 'age')}{lower_first(part)}"
