"""Charts of the gradient inside an area, with their words."""

from collections.abc import Sequence
from itertools import groupby

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient, gradient_scale
from ineqlib.charts.layout import Scale
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import value_text
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import interval, possessive
from ineqlib.text import slug, upper_first


def gradient_figures(profile: Profile, gradients: Sequence[Gradient]) -> tuple[Figure, ...]:
    """Draw one chart for each gradient; those of men and of women share their scale."""
    figures: list[Figure] = []
    for _, together in groupby(gradients, key=lambda inside: inside.indicator.id):
        of_indicator = list(together)
        groups = [group for inside in of_indicator for group in inside.groups]
        scale = gradient_scale(groups, [end for inside in of_indicator for end in inside.line])
        figures += (_figure(profile, inside, scale) for inside in of_indicator)
    return tuple(figures)


def _figure(profile: Profile, inside: Gradient, scale: Scale) -> Figure:
    """Draw one figure across the groups of an area's own neighbourhoods."""
    indicator = inside.indicator
    labels = Labels(
        id=slug(f"gradient-{indicator.id}-{inside.sex}"),
        title=f"{inside.name}: {_finding(inside)}",
        subtitle=(
            f"{indicator.name} ({indicator.unit}) by {inside.group_name} of "
            f"{possessive(place_inside(profile.area.name))} own neighbourhoods, {inside.period} "
            f"({inside.index_title})"
        ),
        alt=_alt(inside),
        source=short_source(profile.pack, {fact.source for fact in inside.facts}),
        note=_line_in_words(inside),
    )
    return gradient(inside.groups, inside.line, labels, unit=indicator.unit, scale=scale)


def _finding(inside: Gradient) -> str:
    """Give both ends, and say so where the groups between them do not bear a gradient out."""
    first, last = inside.facts[0], inside.facts[-1]
    ends = f"{first.text} in the most deprived {inside.group_name}, {last.text} in the least"
    if inside.sii is not None and not inside.is_clear:
        return f"no clear gradient ({ends})"
    return ends


def _line_in_words(inside: Gradient) -> str:
    """Say what a straight line through the groups makes of the gap, and what it is not."""
    if inside.sii is None:
        return ""
    across = f"A straight line through the {words.groups_in_words(inside)}, weighted by population,"
    if not inside.is_clear:
        return f"{across} cannot be told from a level one{interval(inside.sii).text}."
    alone = "It cannot be compared with the whole country's."
    return f"{across} suggests a gap of {_gap(inside)}. {alone}"


def _gap(inside: Gradient) -> str:
    return f"{inside.sii.size}{interval(inside.sii, turned=True).text}" if inside.sii else ""


def _alt(inside: Gradient) -> str:
    """Give the gap, then each group's figure."""
    groups = words.groups_in_words(inside)
    texts = ", ".join(
        f"{group.label or 'group'} {value_text(group.fact, group.status)}"
        for group in inside.groups
    )
    message = upper_first(_finding(inside))
    gap = f"Gap along a fitted line: {_gap(inside)}. " if inside.is_clear else ""
    return f"Chart of {groups}. {message}. {gap}Most deprived first: {texts}."
