"""Charts of a gap: what it is made of, and how it went over time."""

from collections.abc import Mapping

from ineqlib.briefings.life_expectancy_gap.parts import GapParts
from ineqlib.briefings.life_expectancy_gap.published import PublishedGap, SlopeInside
from ineqlib.charts.contributions_chart import contributions
from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import Scale
from ineqlib.charts.trend_chart import trend
from ineqlib.document.blocks import TableBlock
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact, interval_text
from ineqlib.facts.inside import GapOverTime
from ineqlib.narrative.moves import by_place
from ineqlib.pack import Pack
from ineqlib.text import SEX_WORDS, lower_first, number, slug


def in_order(parts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return parts, the largest first."""
    return dict(sorted(parts.items(), key=lambda part: -part[1].value))


def part_in_words(name: str) -> str:
    """Write the name of a part as it stands inside a sentence.

    Examples
    --------
    >>> part_in_words("Aged 1 to 24"), part_in_words("Cancer")
    ('people aged 1 to 24', 'cancer')
    """
    plain = lower_first(name)
    return f"people {plain}" if plain.startswith("aged ") else plain


def part_figures(pack: Pack, made_of: GapParts) -> list[Figure]:
    """Draw the gap by age, and by cause where causes are known."""
    kinds = {"age": dict(made_of.ages), "cause": in_order(made_of.causes)}
    return [_part_figure(pack, made_of, kind, parts) for kind, parts in kinds.items() if parts]


def _part_figure(pack: Pack, made_of: GapParts, kind: str, parts: Mapping[str, Fact]) -> Figure:
    name, largest = next(iter(in_order(parts).items()))
    whose = made_of.whose.capitalize()
    finding = (
        f"{whose}: the largest part is {part_in_words(name)}, {largest.text} of {made_of.gap.text}"
    )
    texts = ", ".join(f"{part} {fact.text}" for part, fact in parts.items())
    narrowing = any(fact.value < 0 for fact in parts.values())
    labels = Labels(
        id=f"gap-by-{kind}-{slug(made_of.sex)}",
        title=finding,
        subtitle=(
            f"Years by {kind} of the gap in life expectancy between {made_of.between}, "
            f"{made_of.whose}, {made_of.period}"
        ),
        alt=f"Bar chart of a gap by {kind}. {finding}. {texts}.",
        source=short_source(pack, [made_of.gap.source]),
        note=(
            f"Grey bars to the left narrow the gap: there fewer die in {made_of.shorter}."
            if narrowing
            else ""
        ),
    )
    return contributions(parts, labels, whole=made_of.gap)


def part_table(made_of: GapParts) -> TableBlock:
    """Set out every part with its interval, and with its share of the gap where asked for."""
    rows = {**made_of.ages, **in_order(made_of.causes), "The whole gap": made_of.gap}
    cells = {
        "Part": list(rows),
        "Years": [fact.number for fact in rows.values()],
        "95% interval": [interval_text(fact) for fact in rows.values()],
    }
    if made_of.shares:
        shares = [made_of.shares.get(name) for name in rows]
        cells["Share of the gap"] = [share.text if share else "" for share in shares]
    caption = f"Years of the gap between {made_of.between}, {made_of.whose}, {made_of.period}"
    return TableBlock(f"parts-{slug(made_of.sex)}", cells, caption)


def trend_figure(pack: Pack, shown: PublishedGap, other: str) -> Figure:
    """Draw life expectancy over time here and in the area compared with."""
    whose = SEX_WORDS[shown.sex]
    labels = Labels(
        id=f"over-time-{slug(shown.sex)}",
        title=f"Life expectancy, {whose}: {_moved(shown.over_time)}",
        subtitle=f"Life expectancy at birth (years), {whose}, {shown.here.area_name} and {other}",
        alt=_alt(shown),
        source=short_source(pack, {shown.here.source}),
    )
    return trend(shown.points, labels)


def slope_figure(pack: Pack, sex: str, slope: SlopeInside, scale: Scale) -> Figure:
    """Draw the gap inside the area over time; those of men and of women share their scale."""
    whose, place = SEX_WORDS[sex], slope.gap.area_name
    labels = Labels(
        id=f"inside-over-time-{slug(sex)}",
        title=f"The gap inside {place}, {whose}: {_moved(slope.over_time)}",
        subtitle=(
            f"Years between the most and the least deprived end of {place} (slope index), {whose}"
        ),
        alt=_alt(slope),
        source=short_source(pack, {slope.gap.source}),
    )
    return trend(slope.points, labels, scale=scale)


def _alt(shown: PublishedGap | SlopeInside) -> str:
    since = shown.over_time.before.period if shown.over_time else ""
    return f"Line chart. {' '.join(by_place(shown.points, since))}"


def _moved(over_time: GapOverTime | None) -> str:
    if over_time is None:
        return "too few periods to tell whether the gap closes"
    before, after = over_time.before, over_time.after
    ends = f"{number(before.value, before.decimals)} then {after.text}"
    match over_time.verdict:
        case "wider" | "narrower" | "reversed":
            return f"{over_time.verdict}, {ends}"
        case "no clear change":
            return f"no clear change, {ends}"
        case "may be chance":
            return f"{ends}, which may be chance"
        case _:
            return f"{ends}, change not told"
