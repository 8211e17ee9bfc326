"""Plain names: of places, indicators, sexes and periods, with near misses offered."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from ineqlib.areas import LEVEL_WORDS
from ineqlib.catalogue import Indicator
from ineqlib.errors import ParameterError, UnknownIndicator, listed
from ineqlib.facts.own_indicators import indicator_named, indicators_by_id
from ineqlib.facts.rows import Row
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack
from ineqlib.periods import years_named

SEX_NAMES = {
    **{sex.casefold(): sex for sex in SEXES},
    **dict.fromkeys(("men", "boys", "males", "m"), "Male"),
    **dict.fromkeys(("women", "girls", "females", "f"), "Female"),
    **dict.fromkeys(("everybody", "all", "both", "people", "person"), "Persons"),
}
DISTRICTS = "districts"
WIDE = ("utla", "region", "country")
SMALLER = ("msoas", "wards")
"""What a district may be made of, as far as a pack says so."""
_WORD = re.compile(r"[a-z0-9]+")
_LITTLE = {"of", "in", "the", "at", "and", "a", "with", "who", "how", "by"}


def indicator_of(pack: Pack, text: str) -> Indicator:
    """Find an indicator of the pack by id, name, or words that only its name has.

    Where none is meant, the message offers the nearest; where several are, it lists them.

    Examples
    --------
    >>> import ineqlib as iq
    >>> indicator_of(iq.open_pack("demo"), "adults smoke").id
    'smoking_adults'
    """
    try:
        return indicator_named(pack, text)
    except UnknownIndicator:
        words = set(_WORD.findall(str(text).casefold())) - _LITTLE
        known = indicators_by_id(pack).values()
        having = [indicator for indicator in known if words and words <= _words_of(indicator)]
        if not having:
            raise
    if len(having) == 1:
        return having[0]
    names = listed((f"{indicator.id} ({indicator.public_name})" for indicator in having), 12)
    raise UnknownIndicator(
        f"{len(having)} indicators of the pack '{pack.title}' have '{text}' in their name: "
        f"{names}. Give the id of one of them."
    )


def sex_of(sex: str | None) -> str | None:
    """Return a sex as the rows have it; None for what a briefing would show.

    Examples
    --------
    >>> sex_of("women"), sex_of("Persons"), sex_of(None)
    ('Female', 'Persons', None)
    """
    if sex is None:
        return None
    if str(sex).casefold() not in SEX_NAMES:
        raise ParameterError(f"There is no sex '{sex}'. Choose from {', '.join(SEXES)}.")
    return SEX_NAMES[str(sex).casefold()]


def period_of(rows: Iterable[Row], period: str | int) -> str:
    """Return the one period of some rows that a text means, however it is written."""
    labels = list(dict.fromkeys(row.period for row in sorted(rows, key=lambda row: row.period_end)))
    wanted = years_named(str(period))
    same = [label for label in labels if label == str(period) or years_named(label) == wanted]
    if len(same) != 1:
        raise ParameterError(f"There is no period '{period}'. There are {listed(labels, 40)}.")
    return same[0]


def year_of(year: str | int, name: str) -> int:
    """Return a year, however it is written, as a number.

    Examples
    --------
    >>> year_of("2019", "since")
    2019
    """
    try:
        return int(year)
    except (TypeError, ValueError, OverflowError):
        raise ParameterError(f"{name}={year!r}: expected a year, such as 2019.") from None


def as_given(areas: str | Sequence[str], places: Sequence[Area]) -> str | list[str]:
    """Return how some areas were asked for: by the kind or place named, else by their codes."""
    return areas if isinstance(areas, str) else [place.code for place in places]


def places_of(
    pack: Pack, areas: str | Sequence[str] | None, of: Indicator | None = None
) -> tuple[list[Area], str]:
    """Return the areas that words mean, and what to call them together.

    A kind of area (``"districts"``) means all current ones; a county, region or country its
    districts; a district the wards or MSOAs in it that have figures of an indicator; a list each of
    its areas.
    """
    if areas is None or (isinstance(areas, str) and areas.casefold() in LEVEL_WORDS):
        kind = areas or DISTRICTS
        rows = pack.current(kind)
        return [pack.area(code) for code in rows["area_code"]], _called(kind)
    if not isinstance(areas, str):
        places = list(map(pack.area, areas)) if isinstance(areas, Iterable) else []
        if not places:
            raise ParameterError(
                f"areas={areas!r}: expected a kind of area such as '{DISTRICTS}', a place whose "
                "areas are meant, or a list of at least one area."
            )
        return list({area.code: area for area in places}.values()), "areas"
    around = pack.area(areas)
    for kind in (DISTRICTS,) if around.area_type in WIDE else SMALLER:
        with suppress(ParameterError):
            codes = pack.current(kind, within=around.code)["area_code"].tolist()
            if kind == DISTRICTS or of is None or len(pack.observations(of.id, codes)):
                return [pack.area(code) for code in codes], f"{_called(kind)} of {around.name}"
    raise ParameterError(
        f"The pack '{pack.title}' knows no areas inside {around.name} ({around.code}) to choose "
        "among. Name a county, a region or a country, or give a list of areas. Its neighbourhoods "
        f"by deprivation are on iq.map(pack, 'deprivation', '{around.name}')."
    )


def _called(kind: str) -> str:
    kind = kind.casefold().removeprefix("all ")
    return {"lad": "districts", "utla": "upper-tier authorities"}.get(kind, kind)


def _words_of(indicator: Indicator) -> set[str]:
    texts = (indicator.id, indicator.name, indicator.public_name)
    return {word for text in texts for word in _WORD.findall(text.casefold())}
