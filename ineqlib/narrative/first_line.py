"""The one plain line that stands for a whole briefing in a list of areas."""

from collections.abc import Sequence

from ineqlib.facts.area import AreaFacts
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.inside import InsideGap
from ineqlib.narrative.gaps import WHOSE
from ineqlib.narrative.judgement import Finding, Judgement
from ineqlib.narrative.sentence import dated, possessive
from ineqlib.text import lower_first, when

COUNTABLE = {"proportion", "rate"}


def first_line(judgement: Judgement, facts: AreaFacts) -> str:
    """Say the first finding of an area; where there is none, that and why."""
    if not judgement.leading:
        return judgement.nothing
    return finding_line(judgement.leading[0], facts)


def finding_line(finding: Finding, facts: AreaFacts) -> str:
    """Say one finding in a line."""
    match finding.kind:
        case "inside":
            return _inside(finding.gaps, finding.spread, facts)
        case "change":
            return _changed(finding)
        case _:
            return _beside(finding)


def _beside(finding: Finding) -> str:
    comparison = finding.comparison
    if comparison is None:
        raise ValueError(f"a finding of {finding.topic} has no figure")
    area, country = comparison.facts["area"], comparison.facts.get("country")
    name = comparison.series.name
    indicator = comparison.indicator
    if country is None or indicator.value_type not in COUNTABLE or indicator.uncounted:
        start = name
    else:
        start = f"{'More' if area.value > country.value else 'Fewer'} {lower_first(name)}"
    sign = "" if finding.sure else "A first sign, which may be chance. "
    beside = f", {country.area_name} {country.text}" if country else _place(finding)
    return f"{sign}{start}: {area.text}{beside}"


def _place(finding: Finding) -> str:
    standing = finding.comparison.standing if finding.comparison else None
    if standing is None:
        return ""
    return f", place {standing.rank.text} of {standing.among.text} areas, the worst first"


def _changed(finding: Finding) -> str:
    comparison = finding.comparison
    change = comparison.change if comparison else None
    if comparison is None or change is None:
        raise ValueError(f"a finding of {finding.topic} has no change")
    way = "up" if change.last.value > change.first.value else "down"
    first, last = change.first, change.last
    return (
        f"{comparison.series.name}: {way} from {first.text}{dated(first.period).text} to "
        f"{last.text}{dated(last.period).text}"
    )


def _inside(gaps: Sequence[InsideGap], spread: Spread | None, facts: AreaFacts) -> str:
    parts = []
    if spread:
        country = possessive(facts.profile.country_name)
        people = "people live in" if spread.unit == "people" else "neighbourhoods are in"
        parts.append(
            f"{spread.most.text} of {people} {country} most deprived fifth of neighbourhoods, "
            f"{spread.least.text} in its least deprived"
        )
    if gaps:
        first = gaps[0]
        name = first.name if len(gaps) == 1 else first.indicator.public_name
        whose = [f" for {WHOSE[gap.sex]}" if len(gaps) > 1 else "" for gap in gaps]
        sizes = [f"{gap.gap.size}{who}" for gap, who in zip(gaps, whose, strict=True)]
        said = f"{lower_first(name) if parts else name}: {', '.join(sizes)} {when(first.period)}"
        parts.append(said)
    return "; ".join(parts)
