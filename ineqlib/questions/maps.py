"""One indicator on a map: over areas of a kind, or the neighbourhoods of one area."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd

from ineqlib.areas import LEVEL_WORDS
from ineqlib.charts.area_map_chart import area_map
from ineqlib.charts.figure import Labels
from ineqlib.errors import ParameterError, UnknownIndicator
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import published
from ineqlib.narrative.answers import over_areas
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.pack.outlines import outlines
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import WIDE, as_given, indicator_of, places_of, sex_of
from ineqlib.questions.reading import (
    absent,
    apart,
    figures_of,
    frame_of,
    measured,
    number_with_figure,
    sexes_of,
    statuses_of,
)
from ineqlib.questions.small_areas import DEPRIVATION, deprivation_of, indicator_of_small_areas
from ineqlib.text import series_name, slug


def map(
    pack: Pack | str | Path,
    indicator: str,
    areas: str | Sequence[str] = "districts",
    *,
    sex: str | None = None,
    period: str | int | None = None,
) -> Answer:
    """Map one indicator over areas of a kind, or over the neighbourhoods of one area.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name. Of one district's or county's neighbourhoods ``"deprivation"``, or a figure that
        the index of deprivation was made from, such as ``"patient to gp ratio"``.
    areas
        A kind of area (``"districts"``, ``"upper-tier authorities"``, ``"regions"``), a county,
        region or country whose districts are meant, or a list of areas. Areas that have ended are
        not among them.
    sex
        Whose figures; None for those a briefing names first. Neighbourhoods have no choice.
    period
        None for the newest. Neighbourhoods have no choice.

    Returns
    -------
    Answer
        A row of `frame` is one area.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, no area has a figure, or a sex or period of neighbourhoods.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> len(iq.map(pack, "adults who smoke").frame)
    35
    >>> len(iq.map(pack, "deprivation", "Ambersea").frame)
    40
    """
    pack = open_pack(pack)
    inside = _neighbourhoods(pack, indicator, areas)
    if inside is not None:
        _refuse_groups(areas, {"sex": sex, "period": period})
        return inside
    what = indicator_of(pack, indicator)
    places, called = places_of(pack, areas, what)
    rows = figures_of(pack, what, places, sex_of(sex), period)
    facts = {code: published(row, what.decimals) for code, row in rows.items()}
    shapes = _shapes(pack, places, called)
    low, high = (pick(facts.values(), key=lambda fact: fact.value) for pick in (min, max))
    among = number_with_figure(low, f"mapped-{slug(called)}", len(facts), called)
    name = series_name(what.public_name, low.sex, low.age, what.age)
    words = over_areas(low, high, name, among, called)
    labels = Labels(
        id=slug(f"map-{what.id}-{low.sex}"),
        title=words.text.removesuffix("."),
        subtitle=f"{measured(what, what.name)}, {low.period}; five classes with as many areas each",
        alt=f"Map of {called}. {words.text}",
        source=short_source(pack, {fact.source for fact in facts.values()}),
    )
    statuses = statuses_of(pack, what, places, rows.values())
    lowest_dark = what.polarity == "favourable"
    notes = absent(places, set(facts), f"{what.public_name}, {low.period},")
    with_figure = [place for place in places if place.code in facts]
    notes += absent(with_figure, set(shapes["code"]), name, lacking="shape for")
    notes += [] if sex else apart(what, low.sex, sexes_of(pack, what, places))
    return Answer(
        area_map(shapes, facts, labels, statuses=statuses, lowest_dark=lowest_dark),
        frame_of(list(rows.values())),
        facts_in(facts, among),
        words,
        code_of(pack, map, what.id, as_given(areas, places), sex=sex, period=period),
        tuple(notes),
        pack,
    )


def _shapes(pack: Pack, places: Sequence[Area], called: str) -> gpd.GeoDataFrame:
    shapes = pack.recent(outlines, frozenset(place.code for place in places))
    if shapes.empty:
        raise ParameterError(
            f"The pack '{pack.title}' has no shapes of these {called}. iq.rank shows the same "
            "figures without them; a pack built with the publisher's boundaries has maps."
        )
    return shapes


def _refuse_groups(place: str | Sequence[str], asked: Mapping[str, object]) -> None:
    """Refuse to ask for a sex or period of figures that an index of deprivation has one of."""
    given = [f"{name}={value!r}" for name, value in asked.items() if value is not None]
    if given:
        raise ParameterError(
            f"The neighbourhoods of {place} have one figure each, of everybody and of the newest "
            f"index of deprivation: leave out {' and '.join(given)}. iq.map of an indicator over "
            "districts takes a sex and a period."
        )


def _neighbourhoods(pack: Pack, indicator: str, areas: str | Sequence[str]) -> Answer | None:
    """Map what the pack has of one area's neighbourhoods; None where that is not asked for."""
    if not isinstance(areas, str) or areas.casefold() in LEVEL_WORDS:
        return None
    place = pack.area(areas)
    if str(indicator).casefold() == DEPRIVATION:
        return deprivation_of(pack, place, code_of(pack, map, DEPRIVATION, place.code))
    if place.area_type in WIDE:
        return None
    try:
        indicator_of(pack, indicator)
    except UnknownIndicator:
        code = code_of(pack, map, indicator, place.code)
        return indicator_of_small_areas(pack, place, indicator, code)
    return None
