"""What a pack holds of the neighbourhoods of one area: deprivation, and the index's indicators."""

import pandas as pd

from ineqlib.catalogue import index_title, newest_index
from ineqlib.charts.area_map_chart import area_map
from ineqlib.charts.figure import Labels
from ineqlib.charts.small_area_map_chart import small_area_map
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.attribution import index_source, shape_source, short_source
from ineqlib.facts.deprivation import national_spread
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.facts.neighbourhoods import neighbourhood_map
from ineqlib.narrative.answers import over_areas
from ineqlib.narrative.area import spread as spread_words
from ineqlib.pack import Area, Pack
from ineqlib.pack.neighbourhood_tables import INDICATORS, indices_with_indicators
from ineqlib.pack.outlines import surroundings
from ineqlib.questions.answer import Answer, facts_in
from ineqlib.questions.reading import number_with_figure, profile_of
from ineqlib.text import slug, upper_first

DEPRIVATION = "deprivation"
MOST = 2_000
"""Neighbourhoods that can be told apart on one map, and drawn while somebody waits."""


def small_area_columns(pack: Pack) -> dict[str, tuple[str, str]]:
    """Return what the newest index was made from: its words -> the index and the column."""
    index = newest_index(indices_with_indicators(pack))
    if not index:
        return {}
    columns = pack.columns(f"{INDICATORS}{index}")
    return {_words(name): (index, name) for name in columns if name != "small_area_code"}


def _words(column: str) -> str:
    return column.removesuffix("_indicator").replace("_", " ")


def deprivation_of(pack: Pack, place: Area, code: str) -> Answer:
    """Map the neighbourhoods of one area by their national tenth of deprivation."""
    profile = profile_of(pack, place.code)
    spread = national_spread(profile)
    if spread and spread.neighbourhoods.value > MOST:
        raise ParameterError(
            f"{place.name} has {spread.neighbourhoods.text} neighbourhoods, and one map can show "
            f"{MOST:,} so that they can be told apart. Name a county or a district."
        )
    shown = neighbourhood_map(profile, spread)
    if spread is None or shown is None:
        raise ParameterError(
            f"The pack '{pack.title}' has no neighbourhoods with shapes in {place.name} "
            f"({place.code})."
        )
    words = spread_words(spread, place.name, profile.country_name)
    labels = Labels(
        id=slug(f"map-deprivation-{place.code}"),
        title=words.text.removesuffix("."),
        subtitle=f"National tenth of deprivation of each {shown.unit}, {spread.index_title}",
        alt=f"Map of {place.name} by deprivation. {words.text}",
        source=short_source(pack, [index_source(spread.index), shape_source(spread.index)]),
    )
    figure = small_area_map(shown, labels, surroundings=surroundings(pack))
    frame = pack.small_areas(place.code, spread.index).reset_index(drop=True)
    return Answer(figure, frame, facts_in(spread), words, code, (), pack)


def column_of(pack: Pack, text: str) -> tuple[str, str]:
    """Return the one index and column that words mean."""
    known = small_area_columns(pack)
    wanted = " ".join(str(text).replace("_", " ").split()).casefold()
    if wanted in known:
        return known[wanted]
    having = [words for words in known if set(wanted.split()) <= set(words.split())]
    if len(having) == 1:
        return known[having[0]]
    there = f" It has deprivation, and: {listed(having or known, 40)}." if known else ""
    raise ParameterError(
        f"The pack '{pack.title}' has {len(having) or 'no'} figures called '{text}' of "
        f"neighbourhoods.{nearest(wanted, known)}{there}"
    )


def indicator_of_small_areas(pack: Pack, place: Area, text: str, code: str) -> Answer:
    """Map the neighbourhoods of one area by one of the figures its deprivation was told from."""
    index, column = column_of(pack, text)
    what = _words(column)
    names = pack.small_areas(place.code, index)[["small_area_code", "small_area_name"]]
    values = pack.table(f"{INDICATORS}{index}", columns=["small_area_code", column])
    frame = names.drop_duplicates().merge(values, how="left").rename(columns={column: "value"})
    frame = frame.sort_values("small_area_code", ignore_index=True).assign(measure=what)
    known = frame.dropna(subset="value")
    if known.empty:
        raise ParameterError(
            f"No neighbourhood of {place.name} ({place.code}) has a figure of {what}."
        )
    facts = _facts(known, column, index)
    shapes = pack.boundaries("small_area", area_code=place.code, index=index)
    low, high = (pick(facts.values(), key=lambda fact: fact.value) for pick in (min, max))
    called = f"neighbourhoods of {place.name}"
    among = number_with_figure(low, "mapped", len(facts), called)
    words = over_areas(low, high, f"{upper_first(what)}", among, called)
    labels = Labels(
        id=slug(f"map-{column}-{place.code}"),
        title=words.text.removesuffix("."),
        subtitle=f"Each neighbourhood, {index_title(index)}; five classes with as many each",
        alt=f"Map of {called}. {words.text}",
        source=short_source(pack, [index_source(index), shape_source(index)]),
    )
    figure = area_map(shapes.drop_duplicates("code"), facts, labels)
    missing = len(frame) - len(known)
    notes = (f"{missing} of {len(frame)} neighbourhoods have no figure.",) if missing else ()
    return Answer(figure, frame, facts_in(facts, among), words, code, notes, pack)


def _facts(known: pd.DataFrame, column: str, index: str) -> dict[str, Fact]:
    columns = (known[name].tolist() for name in ("small_area_code", "small_area_name", "value"))
    return {
        code: calculated(
            fact_id("small-area", column, code, index),
            value,
            decimals=1,
            area_code=code,
            area_name=name,
            period=index_title(index),
            source=index_source(index),
            method="published with the index of deprivation",
        )
        for code, name, value in zip(*columns, strict=True)
    }
