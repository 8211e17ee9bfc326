"""Charts of the area among all areas, by deprivation, with their words."""

from ineqlib.briefings.area.attribution import index_source, source_line
from ineqlib.catalogue.indices import index_title
from ineqlib.charts.deprivation_line_chart import deprivation_line as line_chart
from ineqlib.charts.figure import Figure, Labels
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.text import slug


def deprivation_line_figure(profile: Profile, line: DeprivationLine) -> Figure:
    """Draw the area among all areas of its tier, by deprivation."""
    indicator, area = line.comparison.indicator, line.comparison.facts["area"]
    side = words.side_of_line(line)
    where = f"{line.beyond.size} {side} the line" if side else "on the line"
    labels = Labels(
        id=slug(f"deprivation-line-{indicator.id}-{area.sex}"),
        title=f"{line.name}: {where} for its deprivation",
        subtitle=(
            f"{indicator.name} ({indicator.unit}), {area.period}, by average score on the "
            f"{index_title(line.index)}; each dot is an area"
        ),
        alt=(
            f"Scatter chart of areas. {area.area_name} has {area.text}; the line through all "
            f"areas has {line.expected.text} at its level of deprivation."
        ),
        source=source_line(profile, [area.source, index_source(line.index)]),
    )
    return line_chart(line, labels)
