"""The gap between the authorities of each option, indicator by indicator."""

from dataclasses import dataclass

from ineqlib.briefings.reorganisation.options import County
from ineqlib.catalogue import Indicator
from ineqlib.facts.fact import Fact, derived, published
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.pack import Pack
from ineqlib.text import difference_unit, series_name


@dataclass(frozen=True)
class Gap:
    """Highest less lowest figure of the authorities of one option."""

    option: str
    low: Fact
    high: Fact
    gap: Fact


@dataclass(frozen=True)
class IndicatorGaps:
    """One indicator, in one period, in every authority of every option."""

    name: str
    period: str
    gaps: tuple[Gap, ...]


def gaps_of(
    pack: Pack, county: County, indicators: tuple[Indicator, ...]
) -> tuple[tuple[IndicatorGaps, ...], tuple[str, ...]]:
    """Return the gaps of each indicator, and the names of those that not all authorities have."""
    authorities = [authority for option in county.options for authority in option.authorities]
    codes = [authority.area.code for authority in authorities]
    ids = tuple(indicator.id for indicator in indicators)
    rows = read_rows(pack, ids, *((code, "area") for code in dict.fromkeys(codes)))
    series: dict[tuple, dict[str, Row]] = {}
    for row in known_totals(rows):
        series.setdefault((row.indicator_id, *row.when_and_who), {})[row.area_code] = row
    compared, left_out = [], []
    for indicator in indicators:
        whole = {
            key: of_key
            for key, of_key in series.items()
            if key[0] == indicator.id and of_key.keys() >= set(codes)
        }
        if not whole:
            left_out.append(indicator.public_name)
            continue
        last = max(key[2] for key in whole)
        newest = [of_key for key, of_key in whole.items() if key[2] == last]
        sexes = {next(iter(of_key.values())).sex for of_key in newest}
        for of_key in newest:
            first = next(iter(of_key.values()))
            if first.sex == "Persons" or "Persons" not in sexes:
                compared.append(_of_indicator(county, indicator, of_key))
    return tuple(compared), tuple(left_out)


def _of_indicator(county: County, indicator: Indicator, rows: dict[str, Row]) -> IndicatorGaps:
    first = next(iter(rows.values()))
    gaps = []
    for option in county.options:
        codes = [authority.area.code for authority in option.authorities]
        facts = [published(rows[code], indicator.decimals) for code in codes]
        low, high = (pick(facts, key=lambda fact: fact.value) for pick in (min, max))
        gap = derived(
            high,
            f"gap-{option.name}",
            high.value - low.value,
            unit=difference_unit(high.unit),
            rows=(*high.rows, *low.rows),
            method="highest less lowest figure of the option's authorities",
        )
        gaps.append(Gap(option.name, low, high, gap))
    name = series_name(indicator.public_name, first.sex, first.age, indicator.age)
    return IndicatorGaps(name, first.period, tuple(gaps))
