"""Charts of the gradient inside an area, with their words."""

from ineqlib.briefings.area.attribution import source_line
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.text import slug


def gradient_figure(profile: Profile, inside: Gradient) -> Figure:
    """Draw one figure across the groups of an area's own neighbourhoods."""
    indicator = inside.indicator
    texts = ", ".join(f"{fact.subgroup or 'group'} {fact.text}" for fact in inside.facts)
    groups = words.groups_in_words(inside)
    labels = Labels(
        id=slug(f"gradient-{indicator.id}-{inside.sex}"),
        title=_gradient_title(profile, inside),
        subtitle=(
            f"{indicator.name} by {inside.group_name} of {profile.area.name}'s own "
            f"neighbourhoods, {inside.period} ({inside.index_title})"
        ),
        alt=f"Chart of {groups}, most deprived first: {texts}.",
        source=source_line(profile, {fact.source for fact in inside.facts}),
        note=f"{groups.capitalize()}, linear scale, weighted by population." if inside.sii else "",
    )
    return gradient(inside.groups, inside.line, labels, unit=indicator.unit)


def _gradient_title(profile: Profile, inside: Gradient) -> str:
    if inside.sii is None:
        return f"{inside.name} by deprivation inside {profile.area.name}"
    if not inside.is_clear:
        return f"{inside.name}: no clear gradient inside {profile.area.name}"
    return f"{inside.name}: a gap of {inside.sii.size} inside {profile.area.name}"
