"""One indicator on a map: over areas of a kind, or deprivation inside one area."""

from collections.abc import Sequence
from pathlib import Path

from ineqlib.charts.area_map_chart import area_map
from ineqlib.charts.figure import Labels
from ineqlib.charts.small_area_map_chart import small_area_map
from ineqlib.errors import ParameterError
from ineqlib.facts.attribution import index_source, shape_source, short_source
from ineqlib.facts.deprivation import national_spread
from ineqlib.facts.fact import derived, published
from ineqlib.facts.neighbourhoods import neighbourhood_map
from ineqlib.narrative.answers import over_areas
from ineqlib.narrative.area import spread as spread_words
from ineqlib.pack import Pack
from ineqlib.pack.outlines import outlines, surroundings
from ineqlib.questions.answer import Answer, code_of, facts_in, opened
from ineqlib.questions.names import indicator_of, place_of, places_of, sex_of
from ineqlib.questions.reading import absent, figures_of, frame_of, measured, profile_of
from ineqlib.text import series_name, slug

DEPRIVATION = "deprivation"


def map(
    pack: Pack | str | Path,
    indicator: str,
    areas: str | Sequence[str] = "districts",
    *,
    sex: str | None = None,
    period: str | int | None = None,
) -> Answer:
    """Map one indicator over areas of a kind, or deprivation over the neighbourhoods of one.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name; ``"deprivation"`` for the neighbourhoods of one district or county.
    areas
        A kind of area (``"districts"``, ``"upper-tier authorities"``, ``"regions"``), a county,
        region or country whose districts are meant, or a list of areas. Areas that have ended are
        not among them.
    sex
        Whose figures; None for those a briefing names first.
    period
        None for the newest.

    Returns
    -------
    Answer
        A row of `frame` is one area.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, or no area has a figure.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("data/demo")
    >>> len(iq.map(pack, "adults who smoke").frame)
    35
    >>> len(iq.map(pack, "deprivation", "Ambersea").frame)
    40
    """
    pack = opened(pack)
    if str(indicator).casefold() == DEPRIVATION and isinstance(areas, str):
        return _inside(pack, areas)
    what = indicator_of(pack, indicator)
    places, called = places_of(pack, areas)
    rows = figures_of(pack, what, places, sex_of(sex), period)
    facts = {code: published(row, what.decimals) for code, row in rows.items()}
    shapes = outlines(pack, {place.code for place in places})
    if shapes.empty:
        raise ParameterError(
            f"The pack '{pack.title}' has no shapes of these {called}. iq.rank shows the same "
            "figures without them; a pack built with the publisher's boundaries has maps."
        )
    low, high = (pick(facts.values(), key=lambda fact: fact.value) for pick in (min, max))
    among = derived(
        low,
        f"mapped-{slug(called)}",
        len(facts),
        decimals=0,
        unit="",
        rows=(),
        method=f"{called} with a figure",
    )
    name = series_name(what.public_name, low.sex, low.age, what.age)
    words = over_areas(low, high, name, among, called)
    labels = Labels(
        id=slug(f"map-{what.id}-{low.sex}"),
        title=words.text.removesuffix("."),
        subtitle=f"{measured(what, what.name)}, {low.period}; five classes with as many areas each",
        alt=f"Map of {called}. {words.text}",
        source=short_source(pack, {fact.source for fact in facts.values()}),
    )
    figure = area_map(shapes, facts, labels, lowest_dark=what.polarity == "favourable")
    notes = absent(places, set(facts), f"{what.public_name}, {low.period},")
    without = [
        place for place in places if place.code in facts and place.code not in set(shapes["code"])
    ]
    notes += [note.replace("figure of", "shape for") for note in absent(without, set(), name)]
    given = areas if isinstance(areas, str) else [place.code for place in places]
    return Answer(
        figure,
        frame_of(list(rows.values())),
        facts_in(facts, among),
        words,
        code_of(pack, map, what.id, given, sex=sex, period=period),
        tuple(notes),
        pack,
    )


def _inside(pack: Pack, area: str) -> Answer:
    """Map the neighbourhoods of one area by their national tenth of deprivation."""
    place = place_of(pack, area)
    profile = profile_of(pack, place.code)
    spread = national_spread(profile)
    shown = neighbourhood_map(profile, spread)
    if spread is None or shown is None:
        raise ParameterError(
            f"The pack '{pack.title}' has no neighbourhoods with shapes in {place.name} "
            f"({place.code})."
        )
    words = spread_words(spread, place.name, profile.country_name)
    sources = [index_source(spread.index), shape_source(spread.index)]
    labels = Labels(
        id=slug(f"map-deprivation-{place.code}"),
        title=words.text.removesuffix("."),
        subtitle=f"National tenth of deprivation of each {shown.unit}, {spread.index_title}",
        alt=f"Map of {place.name} by deprivation. {words.text}",
        source=short_source(pack, sources),
    )
    figure = small_area_map(shown, labels, surroundings=surroundings(pack))
    frame = pack.small_areas(place.code, spread.index).reset_index(drop=True)
    code = code_of(pack, map, DEPRIVATION, place.code)
    return Answer(figure, frame, facts_in(spread), words, code, (), pack)
