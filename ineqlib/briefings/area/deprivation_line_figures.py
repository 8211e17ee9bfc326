"""Charts of the area among all areas, by deprivation, with their words."""

from ineqlib.briefings.area.spine_figures import rank_text
from ineqlib.catalogue.indices import index_title
from ineqlib.charts.deprivation_line_chart import deprivation_line as line_chart
from ineqlib.charts.figure import Figure, Labels
from ineqlib.facts.attribution import index_source, short_source
from ineqlib.facts.comparisons import judge_side
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.profile import Profile
from ineqlib.facts.standing import Standing
from ineqlib.narrative import area as words
from ineqlib.text import joined, slug, upper_first


def deprivation_line_figure(profile: Profile, line: DeprivationLine) -> Figure:
    """Draw the area among all areas of its tier, by deprivation."""
    indicator, area = line.comparison.indicator, line.comparison.facts["area"]
    finding = _finding(line)
    rank = _rank(line.comparison.standing)
    place = f"{area.area_name}: {finding}; {_distance(line)}."
    labels = Labels(
        id=slug(f"deprivation-line-{indicator.id}-{area.sex}"),
        title=f"{line.name}: {finding}",
        subtitle=(
            f"{indicator.name} ({indicator.unit}), {area.period}, by average score on the "
            f"{index_title(line.index)}; each dot is an area"
        ),
        alt=f"Scatter chart of areas. {place} {rank}".strip(),
        source=short_source(profile.pack, [area.source, index_source(line.index)]),
        note=f"{rank} {_nearest(line)}".strip(),
    )
    return line_chart(line, labels)


def _finding(line: DeprivationLine) -> str:
    """Say better or worse than its deprivation suggests only where the interval bears it out."""
    area = line.comparison.facts["area"]
    both = f"{area.text}, where the line through areas as deprived has {line.expected.text}"
    if area.limits is None or not words.side_of_line(line):
        return both
    if area.limits[0] <= line.expected.value <= area.limits[1]:
        return f"{area.text}, about as its deprivation suggests ({line.expected.text})"
    side = "higher" if line.beyond.value > 0 else "lower"
    verdict = judge_side(line.comparison.indicator, side)
    return f"{area.text}, {verdict} than its deprivation suggests ({line.expected.text})"


def _distance(line: DeprivationLine) -> str:
    side = words.side_of_line(line)
    return f"{line.beyond.size} {side} the line" if side else "on the line"


def _rank(standing: Standing | None) -> str:
    if standing is None:
        return ""
    text = rank_text(standing)
    from_worst = " (1 is worst)" if standing.counted_from == "worst" else ""
    return f"{upper_first(text)}{from_worst}."


def _nearest(line: DeprivationLine) -> str:
    names = [point.area_name for point in line.nearest]
    return f"Nearest in deprivation: {joined(names)}." if names else ""
