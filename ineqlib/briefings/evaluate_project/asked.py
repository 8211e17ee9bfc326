"""What is asked of an evaluation: where, since when, which figure, and what it should do."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ineqlib.briefings.asked import require_sex
from ineqlib.catalogue import Indicator
from ineqlib.errors import ParameterError, nearest
from ineqlib.facts.breaks import unbroken_around
from ineqlib.facts.own_indicators import indicator_named, indicators_by_id
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.series import by_indicator, one_definition
from ineqlib.facts.shared import tiers
from ineqlib.measures.placebo import FEWEST_PLACEBOS
from ineqlib.narrative.reader import place_inside
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack
from ineqlib.text import joined

RISE, FALL = "rise", "fall"
WANTED = {"favourable": RISE, "adverse": FALL}
"""Polarity -> the direction that is wanted."""
MOST_DAYS = 370
"""In a period; a year from the middle of a month on is one too."""
FEWEST_PERIODS = 6
"""In the series that is taken where none is asked for; three of them lie after the start."""
MOST_INSTEAD = 5
"""Indicators that are offered where the one asked for cannot be evaluated."""
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Asked:
    """What an evaluation was asked."""

    areas: tuple[Area, ...]
    """Where the project was, the subject first."""
    indicator: Indicator | None
    """What should change; None where the area has no yearly figures of anything."""
    start: datetime | None
    """Its first day; None where the area has no yearly figures to choose one from."""
    direction: str
    """``rise`` or ``fall``; empty where neither is better and none was asked for."""
    hoped: float
    """Size of the change hoped for, in the unit of the indicator; 0 where nobody said."""
    sex: str
    """Whose figures; empty for those a briefing names first."""
    named: bool
    """Whether a start was named, or one was taken to show what the design can tell."""

    @property
    def places(self) -> str:
        """Names of the areas."""
        return joined([area.name for area in self.areas])

    @property
    def places_inside(self) -> str:
        """Names of the areas as they stand inside a sentence."""
        return joined([place_inside(area.name) for area in self.areas])


def read_asked(  # noqa: PLR0913 (what is asked of a project)
    pack: Pack,
    area: str,
    *,
    indicator: str = "",
    start: str = "",
    also: Sequence[str] = (),
    direction: str = "",
    hoped: float = 0.0,
    sex: str = "",
) -> Asked:
    """Read what is asked, and refuse what cannot be meant; see `open_evaluate_project`."""
    also = [also] if isinstance(also, str) else also
    areas = {place.code: place for place in map(pack.area, [area, *also])}
    if direction not in ("", RISE, FALL):
        raise ParameterError(
            f"There is no direction '{direction}'.{nearest(direction, (RISE, FALL))} Choose "
            f"'{RISE}' or '{FALL}', or leave it empty for what is better."
        )
    if not (math.isfinite(hoped) and hoped >= 0):
        raise ParameterError(
            f"hoped={hoped}: expected the size of the change hoped for, zero or above; the "
            "direction says which way."
        )
    require_sex(sex)
    first = next(iter(areas.values()))
    about = indicator_named(pack, indicator) if indicator else next(_usable(pack, first), None)
    day = _day(start) if start else None
    if about and day is None:
        day = _a_start(yearly(own_rows(pack, first, about), about, sex))
    wanted = direction or (WANTED.get(about.polarity, "") if about else "")
    return Asked(tuple(areas.values()), about, day, wanted, float(hoped), sex, bool(start))


def own_rows(pack: Pack, area: Area, indicator: Indicator) -> list[Row]:
    """Return the figures of an area that are not about a group of people."""
    return known_totals(read_rows(pack, (indicator.id,), (area.code, "area")))


def yearly(rows: Sequence[Row], indicator: Indicator, sex: str) -> list[Row]:
    """Keep one definition whose periods are at most a year, of one sex; empty without any."""
    short = [
        row
        for row in rows
        if (row.period_end - row.period_start).days <= MOST_DAYS and sex in ("", row.sex)
    ]
    if not short:
        return []
    defined = one_definition(short, indicator)
    whose = min((row.sex for row in defined), key=SEXES.index)
    return [row for row in defined if row.sex == whose]


def usable_names(pack: Pack, asked: Asked) -> list[str]:
    """Return names of a few other indicators that can be evaluated, those of like matters first."""
    others = [other for other in _usable(pack, asked.areas[0]) if other != asked.indicator]
    objective = asked.indicator.objective if asked.indicator else ""
    others.sort(key=lambda other: other.objective != objective)
    return [other.public_name for other in others[:MOST_INSTEAD]]


def _usable(pack: Pack, area: Area) -> Iterator[Indicator]:
    """Yield the indicators that have enough yearly figures, of the area and of its tier."""
    known = indicators_by_id(pack)
    usable = tuple(
        name
        for name, other in known.items()
        if other.catalogued and not other.modelled and other.polarity in WANTED
    )
    rows = read_rows(pack, usable, (area.code, "area"))
    whole = by_indicator(known_totals(rows))
    for name in usable:
        own = unbroken_around(yearly(whole.get(name, []), known[name], ""))
        enough = len({row.period for row in own}) >= FEWEST_PERIODS
        if enough and _is_widespread(pack, area, name):
            yield known[name]


def _is_widespread(pack: Pack, area: Area, indicator_id: str) -> bool:
    """Tell whether enough areas of the tier have figures to judge one of them by."""
    tier = sorted(pack.shared(tiers).of(area.code))
    rows = pack.observations(indicator_id, tier, dimension="", columns=["area_code"])
    return bool(rows["area_code"].nunique() > FEWEST_PLACEBOS)


def _day(text: str) -> datetime:
    matched = _DAY.fullmatch(str(text).strip())
    try:
        year, month, day = (int(part or 1) for part in matched.groups()) if matched else (0, 0, 0)
        return datetime(year, month, day)
    except ValueError:
        raise ParameterError(
            f"start='{text}': expected the first day of the project, such as '2021-04-01', "
            "or '2021-04' or '2021' for the first of a month or year."
        ) from None


def _a_start(rows: Sequence[Row]) -> datetime | None:
    begins = sorted({row.period_start for row in unbroken_around(rows)})
    return begins[-3] if len(begins) >= FEWEST_PERIODS else None
