"""The sections about what the area's average hides, and where it stands given its deprivation."""

from html import escape
from typing import Any

import pandas as pd

from ineqlib.briefings.area.attribution import source_line
from ineqlib.charts.distribution import distribution
from ineqlib.charts.figure import Labels
from ineqlib.charts.gradient import beside, gradient
from ineqlib.charts.peers import peers
from ineqlib.charts.small_area_map import small_area_map
from ineqlib.document.blocks import Blocks, bullets, nothing, paragraph
from ineqlib.facts.deprivation import Spread, small_areas
from ineqlib.facts.deprivation_line import DeprivationLine
from ineqlib.facts.gradients import Gradient
from ineqlib.facts.indices import SMALL_AREA_VINTAGES, index_name
from ineqlib.facts.most_deprived_group import Poorest
from ineqlib.facts.profile import Profile
from ineqlib.narrative import area as words
from ineqlib.observations import split_dimension
from ineqlib.text import NO_VALUE, difference_unit, number, slug, with_unit

NOT_PEOPLE = (
    "An area's deprivation is not a person's: most deprived neighbourhoods hold people who are "
    "not poor, and many people who are poor live elsewhere."
)


def _index_sources(index: str) -> list[str]:
    return [f"deprivation_{index}"]


def _shape_sources(index: str) -> list[str]:
    return [f"boundaries_lsoa_{SMALL_AREA_VINTAGES.get(index, '')}"]


def spread_over_tenths(profile: Profile, spread: Spread | None) -> Blocks:
    """How the area's people spread over the national tenths of deprivation."""
    if spread is None:
        return Blocks([nothing("The pack has no small-area deprivation for this area.")])
    country = profile.country_name
    name = profile.area.name
    groups = [
        {
            **group,
            "label": _tenth(group["decile"]),
            "text": f"{number(group['share'], 1)}%",
            "count_text": f"{number(group['count'], 0)} {spread.unit}",
        }
        for group in spread.groups
    ]
    labels = Labels(
        id="deprivation-spread",
        title=f"{spread.most.text} of {name}'s {spread.unit} are in {country}'s poorest fifth",
        subtitle=f"Share of {spread.unit} by national tenth of deprivation, {spread.index_name}",
        alt=(
            f"Bar chart of {name}'s {spread.unit} by national tenth of deprivation. "
            + " ".join(f"{group['label']}: {group['text']}." for group in groups)
            + f" {country} has 10% in each tenth."
        ),
        source=source_line(profile, _index_sources(spread.index)),
    )
    shares = distribution(groups, labels, country=country)
    return Blocks([paragraph(words.spread(spread, name, country)), shares])


def _tenth(decile: int) -> str:
    return {1: "1 most deprived", 10: "10 least deprived"}.get(decile, str(decile))


def gradients(profile: Profile, found: list[Gradient]) -> Blocks:
    """Each indicator across the area's own fifths or tenths, with its slope in words."""
    if not found:
        return Blocks([nothing("No figures by deprivation inside this area are in the pack.")])
    sentences = [f"{words.gradient(each)} {words.checked(each)}".strip() for each in found]
    figures = [_gradient_figure(profile, each) for each in found]
    return Blocks([bullets(sentences), paragraph(escape(NOT_PEOPLE)), *figures])


def _gradient_figure(profile: Profile, found: Gradient) -> object:
    indicator = found.indicator
    texts = ", ".join(f"{fact.subgroup or 'group'} {fact.text}" for fact in found.facts)
    labels = Labels(
        id=slug(f"gradient-{indicator.id}-{found.sex}"),
        title=_gradient_title(profile, found),
        subtitle=(
            f"{indicator.name} by {found.group_name} of {profile.area.name}'s own "
            f"neighbourhoods, {found.period} ({found.index_name})"
        ),
        alt=f"Chart of {len(found.groups)} groups, most deprived first: {texts}.",
        source=source_line(profile, {fact.source for fact in found.facts}),
        note=f"{len(found.groups)} groups, linear scale, weighted by population."
        if found.sii
        else "",
    )
    return gradient(
        found.groups, found.line, labels, unit=indicator.unit, decimals=indicator.decimals
    )


def _gradient_title(profile: Profile, found: Gradient) -> str:
    if found.sii is None:
        return f"{found.name} by deprivation inside {profile.area.name}"
    if not found.is_clear:
        return f"{found.name}: no clear gradient inside {profile.area.name}"
    size = found.sii.text.removeprefix("−")
    return f"{found.name}: a gap of {size} inside {profile.area.name}"


def poorest(profile: Profile, found: list[Poorest]) -> Blocks:
    """Our poorest neighbourhoods beside the country's poorest."""
    if not found or "country" not in profile.places:
        return Blocks(
            [
                nothing(
                    "No figures for the country's most deprived neighbourhoods, in the same "
                    "period and by the same index as this area's, are in the pack."
                )
            ]
        )
    country = profile.places["country"].name
    sentences = [words.poorest(each, profile.area.name, country) for each in found]
    return Blocks([bullets(sentences), *(_poorest_figure(profile, each) for each in found)])


def _poorest_figure(profile: Profile, found: Poorest) -> object:
    name, country = profile.area.name, profile.places["country"].name
    ours = "national" if found.like_for_like else "own"
    place = {
        "area_poorest": f"{name}, most deprived {found.group} ({ours})",
        "area_average": f"{name}, average",
        "country_poorest": f"{country}, most deprived {found.group}",
        "country_average": f"{country}, average",
    }
    rows = [
        {
            "place": place[role],
            "role": role,
            "value": found.facts[role].value,
            "lower_ci": found.facts[role].lower_ci,
            "upper_ci": found.facts[role].upper_ci,
        }
        for role in place
        if role in found.facts
    ]
    texts = "; ".join(f"{place[role]}: {fact.text}" for role, fact in found.facts.items())
    labels = Labels(
        id=slug(f"poorest-{found.indicator.id}-{found.sex}"),
        title=f"{found.name}: our poorest {found.group} beside {country}'s",
        subtitle=f"{found.indicator.name} ({found.indicator.unit}), {found.period}",
        alt=f"Dot chart with intervals. {texts}.",
        source=source_line(profile, {fact.source for fact in found.facts.values()}),
    )
    return beside(rows, labels, unit=found.indicator.unit, decimals=found.indicator.decimals)


def on_the_gradient(profile: Profile, found: list[DeprivationLine]) -> Blocks:
    """The area among all areas of its tier, by deprivation."""
    if not found:
        return Blocks([nothing("The pack cannot place this area among others by deprivation.")])
    sentences = [words.peers(each) for each in found]
    return Blocks(
        [
            bullets(sentences),
            paragraph("The line describes areas, not people, and explains nothing by itself."),
            *(_peers_figure(profile, each) for each in found),
        ]
    )


def _peers_figure(profile: Profile, found: DeprivationLine) -> object:
    indicator = found.comparison.indicator
    area = found.comparison.facts["area"]
    size = with_unit(
        number(abs(found.beyond.value), indicator.decimals), difference_unit(indicator.unit)
    )
    side = "above" if found.beyond.value > 0 else "below"
    labels = Labels(
        id=slug(f"peers-{indicator.id}-{area.sex}"),
        title=f"{found.comparison.series.name}: {size} {side} the line for its deprivation",
        subtitle=(
            f"{indicator.name} ({indicator.unit}), {area.period}, by average score on the "
            f"{index_name(found.index)}; each dot is an area"
        ),
        alt=(
            f"Scatter chart of {len(found.points)} areas. {area.area_name} has {area.text}; the "
            f"line through all areas has {found.expected.text} at its level of deprivation."
        ),
        source=source_line(profile, [area.source, *_index_sources(found.index)]),
    )
    return peers(
        found.points,
        found.line,
        labels,
        unit=indicator.unit,
        decimals=indicator.decimals,
        comparators=found.comparators,
    )


def neighbourhood_map(profile: Profile, found: list[Gradient], spread: Spread | None) -> Blocks:
    """Map of the area's neighbourhoods, linked to its gradient or to its spread."""
    places = small_areas(profile)
    if places.empty or spread is None or not profile.pack.has("boundaries_small_area"):
        return Blocks([nothing("The pack has no neighbourhood boundaries for this area.")])
    shapes = profile.pack.boundaries("small_area", area_code=profile.area.code, index=spread.index)
    if shapes.empty:
        return Blocks([nothing("The pack has no neighbourhood boundaries for this area.")])
    linked = next((each for each in found if _by_same_fifths(each, spread.index)), None)
    groups = _fifth_groups(linked) if linked else _tenth_groups(spread)
    group = "fifth" if linked else "decile"
    names = {each["group"]: each["label"] for each in groups}
    placed = places.set_index("small_area_code")
    shapes = shapes[["code", "name", "geometry"]]
    shapes["name"] = shapes["code"].map(placed["small_area_name"]).fillna(shapes["name"])
    shapes["group"] = shapes["code"].map(placed[group])
    shapes["text"] = [
        "no data" if pd.isna(group) else f"{names[group]}; national tenth {tenth:.0f}"
        for group, tenth in zip(shapes["group"], shapes["code"].map(placed["decile"]), strict=True)
    ]
    title = f"{linked.name} ({linked.indicator.unit})" if linked else f"Share of {spread.unit} (%)"
    labels = _map_labels(profile, linked, spread)
    return Blocks([small_area_map(shapes, groups, labels, value_title=title)])


def _by_same_fifths(found: Gradient, index: str) -> bool:
    return split_dimension(found.dimension) == ("local_deprivation_quintile", index)


def _fifth_groups(found: Gradient) -> list[dict[str, Any]]:
    indicator = found.indicator
    return [
        {
            "group": group["order"],
            "label": group["label"],
            "value": group.get("value"),
            "text": NO_VALUE.get(group["status"])
            or with_unit(number(group["value"], indicator.decimals), indicator.unit),
        }
        for group in found.groups
    ]


def _tenth_groups(spread: Spread) -> list[dict[str, Any]]:
    return [
        {
            "group": group["decile"],
            "label": _tenth(group["decile"]),
            "value": group["share"],
            "text": f"{number(group['share'], 1)}%",
        }
        for group in spread.groups
    ]


def _map_labels(profile: Profile, linked: Gradient | None, spread: Spread) -> Labels:
    name = profile.area.name
    if linked:
        title = f"Where {name}'s most and least deprived neighbourhoods are"
        subtitle = (
            f"Fifths of {name}'s own neighbourhoods ({spread.index_name}), linked to "
            f"{linked.name}, {linked.period}"
        )
    else:
        title = f"Deprivation across {name}'s neighbourhoods"
        subtitle = f"National tenth of deprivation of each neighbourhood, {spread.index_name}"
    return Labels(
        id="neighbourhood-map",
        title=title,
        subtitle=subtitle,
        alt=(
            f"Map of {spread.neighbourhoods.text} neighbourhoods of {name} shaded by deprivation, "
            "beside a bar chart of the same groups. The table below lists every group and "
            "neighbourhood."
        ),
        source=source_line(profile, _index_sources(spread.index) + _shape_sources(spread.index)),
        note="With JavaScript on, choosing a bar marks its neighbourhoods, and vice versa.",
    )
