"""Charts of what lies inside an area, and of where it stands by deprivation, with their words."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from ineqlib.briefings.area.spine_figures import rank_text
from ineqlib.catalogue.indices import index_title
from ineqlib.charts.beside_chart import beside, beside_scale
from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.deprivation_line_chart import deprivation_line as line_chart
from ineqlib.charts.distribution_chart import distribution, tenth_name
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient, gradient_scale
from ineqlib.charts.layout import Scale
from ineqlib.facts.age_contributions import ContributionByAge
from ineqlib.facts.attribution import index_source, short_source
from ineqlib.facts.comparisons import judge_side
from ineqlib.facts.deprivation import Spread
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.fact import Fact, value_text
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.most_deprived_group import MostDeprivedPair
from ineqlib.facts.profile import Profile
from ineqlib.facts.standing import Standing
from ineqlib.narrative import area as words
from ineqlib.narrative.answers import narrowing
from ineqlib.narrative.reader import place_inside
from ineqlib.narrative.sentence import interval, possessive
from ineqlib.text import joined, lower_first, slug, upper_first


def spread_figure(profile: Profile, spread: Spread) -> Figure:
    """Draw the share of an area in each national tenth of deprivation."""
    name, country = possessive(place_inside(profile.area.name)), profile.country_name
    theirs = possessive(country)
    shares = (f"{tenth_name(tenth.decile)}: {tenth.share.text}." for tenth in spread.tenths)
    labels = Labels(
        id="deprivation-spread",
        title=(
            f"{spread.most.text} of {name} {spread.unit} are in {theirs} most deprived fifth, "
            f"{spread.least.text} in its least deprived"
        ),
        subtitle=f"Share of {spread.unit} by national tenth of deprivation, {spread.index_title}",
        alt=(
            f"Bar chart. {spread.most.text} of {name} {spread.unit} are in {theirs} most "
            f"deprived fifth and {spread.least.text} in its least deprived. By national tenth: "
            f"{' '.join(shares)} {country} has {spread.even.text} in each tenth."
        ),
        source=short_source(profile.pack, [index_source(spread.index)]),
    )
    return distribution(spread.tenths, spread.even, labels, unit=spread.unit, country=country)


def gradient_figures(profile: Profile, gradients: Sequence[Gradient]) -> tuple[Figure, ...]:
    """Draw one chart for each gradient; those of men and of women share their scale."""
    figures: list[Figure] = []
    for _, together in groupby(gradients, key=lambda inside: inside.indicator.id):
        of_indicator = list(together)
        groups = [group for inside in of_indicator for group in inside.groups]
        scale = gradient_scale(groups, [end for inside in of_indicator for end in inside.line])
        figures += (_gradient_figure(profile, inside, scale) for inside in of_indicator)
    return tuple(figures)


def _gradient_figure(profile: Profile, inside: Gradient, scale: Scale) -> Figure:
    """Draw one figure across the groups of an area's own neighbourhoods."""
    indicator = inside.indicator
    labels = Labels(
        id=slug(f"gradient-{indicator.id}-{inside.sex}"),
        title=f"{inside.name}: {_gradient_finding(inside)}",
        subtitle=(
            f"{indicator.name} ({indicator.unit}) by {inside.group_name} of "
            f"{possessive(place_inside(profile.area.name))} own neighbourhoods, {inside.period} "
            f"({inside.index_title})"
        ),
        alt=_gradient_alt(inside),
        source=short_source(profile.pack, {fact.source for fact in inside.facts}),
        note=_line_in_words(inside),
    )
    return gradient(inside.groups, inside.line, labels, unit=indicator.unit, scale=scale)


def _gradient_finding(inside: Gradient) -> str:
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


def _gradient_alt(inside: Gradient) -> str:
    """Give the gap, then each group's figure."""
    groups = words.groups_in_words(inside)
    texts = ", ".join(
        f"{group.label or 'group'} {value_text(group.fact, group.status)}"
        for group in inside.groups
    )
    message = upper_first(_gradient_finding(inside))
    gap = f"Gap along a fitted line: {_gap(inside)}. " if inside.is_clear else ""
    return f"Chart of {groups}. {message}. {gap}Most deprived first: {texts}."


def contribution_figures(profile: Profile, made_of: ContributionByAge) -> tuple[Figure, ...]:
    """Draw the gap between the most and the least deprived group by age and, if known, by cause."""
    by_age = {upper_first(fact.age): fact for fact in made_of.by_age.values()}
    by_cause = dict(sorted(made_of.by_cause.items(), key=lambda part: -part[1].value))
    parts = {"age": by_age, "cause": {upper_first(name): fact for name, fact in by_cause.items()}}
    return tuple(
        _contribution_figure(profile, made_of, kind, of_kind)
        for kind, of_kind in parts.items()
        if of_kind
    )


def _contribution_figure(
    profile: Profile, made_of: ContributionByAge, kind: str, parts: Mapping[str, Fact]
) -> Figure:
    name, gap = profile.area.name, made_of.gap
    group = made_of.dimension.part
    largest = max(parts, key=lambda part: parts[part].value)
    finding = f"no gap at the most deprived end ({gap.text})"
    if gap.value > 0:
        of_largest = f"{parts[largest].text} of the gap of {gap.text}"
        finding = f"the largest part, {of_largest}, is from {_part_in_words(kind, largest)}"
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


def _part_in_words(kind: str, part: str) -> str:
    return f"{'people ' * (kind == 'age')}{lower_first(part)}"


def most_deprived_figures(
    profile: Profile, pairs: Sequence[MostDeprivedPair]
) -> tuple[Figure, ...]:
    """Draw one chart for each pair; those of men and of women share their scale."""
    figures: list[Figure] = []
    for _, together in groupby(pairs, key=lambda pair: pair.indicator.id):
        of_indicator = list(together)
        scale = beside_scale(fact for pair in of_indicator for fact in pair.facts.values())
        figures += (_most_deprived_figure(profile, pair, scale) for pair in of_indicator)
    return tuple(figures)


def _most_deprived_figure(profile: Profile, pair: MostDeprivedPair, scale: Scale) -> Figure:
    """Draw the most deprived group and the average of an area beside the country's."""
    name, country = profile.area.name, profile.country_name
    ours = "national" if pair.like_for_like else "own"
    places = {
        "area_most_deprived": f"Most deprived {pair.group} ({ours}): {name}",
        "area_average": f"Average: {name}",
        "country_most_deprived": f"Most deprived {pair.group}: {country}",
        "country_average": f"Average: {country}",
    }
    finding = _groups_compared(pair, country)
    texts = "; ".join(f"{places[role]}: {fact.text}" for role, fact in pair.facts.items())
    of_own_ranking = f"Our {pair.group} is the most deprived part of this area, by its own ranking."
    labels = Labels(
        id=slug(f"most-deprived-{pair.indicator.id}-{pair.sex}"),
        title=f"{pair.name}: {finding}",
        subtitle=f"{pair.indicator.name} ({pair.indicator.unit}), {pair.period}",
        alt=f"Dot chart with intervals: {finding}. {texts}.",
        source=short_source(profile.pack, {fact.source for fact in pair.facts.values()}),
        note="" if pair.like_for_like else of_own_ranking,
    )
    polarity = pair.indicator.polarity
    better = {"favourable": "right", "adverse": "left"}.get(polarity, "")
    return beside(pair.facts, places, labels, scale=scale, better=better)


def _groups_compared(pair: MostDeprivedPair, country: str) -> str:
    """Compare the two groups as far as their cut and their intervals allow; else give both."""
    ours, theirs = pair.facts["area_most_deprived"], pair.facts["country_most_deprived"]
    beside_them = f"{ours.text} in our most deprived {pair.group}, {theirs.text} in {country}'s"
    if not pair.like_for_like or ours.limits is None or theirs.limits is None:
        return beside_them
    if ours.limits[0] <= theirs.limits[1] and theirs.limits[0] <= ours.limits[1]:
        return f"{beside_them}: about the same"
    side = "higher" if ours.value > theirs.value else "lower"
    return f"{beside_them}: {judge_side(pair.indicator, side)}"


def deprivation_line_figure(profile: Profile, line: DeprivationLine) -> Figure:
    """Draw the area among all areas of its tier, by deprivation."""
    indicator, area = line.comparison.indicator, line.comparison.facts["area"]
    finding = _beside_the_line(line)
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


def _beside_the_line(line: DeprivationLine) -> str:
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
