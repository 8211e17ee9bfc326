"""What documents of several kinds are asked for, checked."""

from collections.abc import Sequence

from ineqlib.catalogue import Indicator
from ineqlib.errors import ParameterError, choose_from
from ineqlib.facts.own_indicators import first_headline, indicator_named
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack


def place_and_indicator(pack: Pack, area: str, indicator: str, sex: str) -> tuple[Area, Indicator]:
    """Find an area and an indicator, the first headline where none is named."""
    place = pack.area(area)
    chosen = indicator_named(pack, indicator) if indicator else first_headline(pack)
    require_sex(sex)
    return place, chosen


def require_sex(sex: str) -> None:
    """Refuse a sex that no pack has, as `require_one_of` does."""
    require_one_of("sex", sex, SEXES)


def require_one_of(name: str, value: str, known: Sequence[str]) -> None:
    """Refuse a word that a parameter does not take, and offer the nearest; an empty one is open."""
    if value and value not in known:
        raise ParameterError(f"There is no {name} '{value}'.{choose_from(value, known)}.")
