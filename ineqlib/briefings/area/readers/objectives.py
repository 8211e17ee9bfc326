"""Worse and better by objective, for whoever has to answer for them; and what changed most."""

from collections.abc import Iterator

from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.briefings.area.spine_figures import OWN_FIGURES
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.document.blocks import Block, FigureGrid, bullets, heading, no_data
from ineqlib.document.model import Section
from ineqlib.narrative import findings, levels
from ineqlib.narrative.judgement import UNSIZED, Finding
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import Sentence, possessive, sentence
from ineqlib.text import slug

MOST = 5
"""Figures of one objective; the annex has all."""
MOST_DRAWN = 6
OTHER_SEX = {"Male": "Female", "Female": "Male"}


def objectives(telling: Telling) -> Section:
    """What is worse and what is better, objective by objective, furthest first."""
    title = "What is worse and what is better"
    differing, chosen = telling.differing, tuple(_chosen(telling))
    own = tuple(_own_figures(telling))
    if not differing and not chosen and not own:
        return Section("objectives", title, (no_data("no-difference", _nothing(telling)),))
    blocks: list[Block] = [*chosen]
    for objective, name in telling.objectives():
        of_objective = [finding for finding in differing if _objective(finding) == objective]
        of_objective.sort(key=_furthest_behind)
        if of_objective:
            items = [_item(telling, finding) for finding in of_objective[:MOST]]
            blocks += [heading(name), bullets(f"objective-{slug(objective)}", items)]
    blocks += own
    return Section("objectives", title, tuple(blocks), sentence(_lead(telling)))


def _item(telling: Telling, finding: Finding) -> Sentence:
    """A finding, and the same figure of the other sex: a topic has one finding, and both ask."""
    told, comparison = findings.in_words(finding, telling.reader), finding.comparison
    if comparison is None or comparison.series.sex not in OTHER_SEX:
        return told
    same = (comparison.indicator.id, comparison.period, OTHER_SEX[comparison.series.sex])
    others = (
        levels.of_other_sex(other, telling.reader)
        for other in telling.facts.comparisons
        if (other.indicator.id, other.period, other.series.sex) == same and "area" in other.facts
    )
    return sentence(told, next(others, sentence()))


def _nothing(telling: Telling) -> str:
    if is_tiny(telling.facts):
        return (
            "Too few people live here to call any figure worse or better; the annex has them all."
        )
    if telling.judgement.is_unsized:
        return UNSIZED
    judgement = telling.judgement
    return (
        judgement.nothing
        or judgement.not_compared
        or f"No figure differs from {possessive(telling.country)} clearly, lastingly and by enough "
        "to matter."
    )


def _lead(telling: Telling) -> str:
    """Say what is listed, in which order, and where one of the two sides is empty."""
    judgement, country = telling.judgement, telling.country
    if not telling.differing:
        return _nothing(telling)
    said = [
        f"Figures that differ from {possessive(country)} beyond what chance explains, by "
        "objective of the Marmot reviews; in each, what is worse comes first, and the furthest "
        "away first."
    ]
    known = [finding.comparison for finding in telling.differing if finding.comparison]
    if any("country" not in comparison.facts for comparison in known):
        said.append(f"Where {country} has none, those among the worst or best fifth of areas.")
    sides = {"worse": judgement.worse, "better": judgement.better}
    said += [f"No figure is clearly {side}." for side, findings in sides.items() if not findings]
    return " ".join(said)


def _own_figures(telling: Telling) -> Iterator[Block]:
    """The council's own figures, whatever they say."""
    known = [figure for figure in telling.facts.own if "area" in figure.facts]
    if known:
        items = [levels.level(figure, figure.change, telling.reader) for figure in known[:MOST]]
        yield heading(OWN_FIGURES)
        yield bullets("own", items)


def _chosen(telling: Telling) -> Iterator[Block]:
    """The area's own priorities, whatever they say."""
    if chosen := telling.chosen:
        changes = {id(trend.comparison): trend.change for trend in telling.facts.trends}
        yield heading(f"What {telling.place} has chosen to put first")
        items = [levels.level(figure, changes.get(id(figure)), telling.reader) for figure in chosen]
        yield bullets("priorities", items)


def _furthest_behind(finding: Finding) -> tuple[bool, float]:
    """Put what is worse first, and of either side what differs most."""
    seen = finding.comparison.evidence if finding.comparison else None
    return finding.side != "worse", -abs(seen.size) if seen else 0.0


def _objective(finding: Finding) -> str:
    return finding.comparison.indicator.objective if finding.comparison else ""


def changes(telling: Telling) -> Section:
    """What changed, or matters most, over the years that are known."""
    title = "What changed"
    shown = telling.judgement.changes
    if not shown:
        why = "No figure is known for enough periods to say what changed."
        if is_tiny(telling.facts):
            why = "Too few people live here to tell a change from chance."
        elif any(trend.change for trend in telling.facts.trends):
            why = (
                "Over the last ten years no figure changed both by more than chance explains and "
                f"by more than {possessive(telling.country)} did."
            )
        return Section("changes", title, (no_data("no-changes", why),))
    items = [findings.in_words(finding, telling.reader) for finding in shown]
    lead = (
        "Over the last ten years as far as they are known: what moved by more than chance "
        f"explains, and by more than {telling.country}'s figure did."
    )
    blocks: list[Block] = [bullets("changes", items)]
    if drawn := [finding.trend for finding in shown if finding.trend][:MOST_DRAWN]:
        blocks.append(FigureGrid(trend_figures(telling.facts.profile, drawn, "change")))
    return Section("changes", title, tuple(blocks), sentence(lead))
