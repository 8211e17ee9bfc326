"""What a councillor is given besides: the ward, last year, what happens next."""

from ineqlib.briefings.area.own_section import ward_tables
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import Block, bullets, no_data, paragraph
from ineqlib.document.model import Section
from ineqlib.facts.area import Trend
from ineqlib.facts.change_over_time import CASH
from ineqlib.facts.fact import Fact
from ineqlib.facts.series import TrendPoint
from ineqlib.narrative.reader import Reader, name_inside
from ineqlib.narrative.sentence import Sentence, Strong, at, sentence

MOST = 4


def ward(telling: Telling) -> Section:
    """The wards, as far as there are figures; saying so where there are none."""
    if tables := tuple(ward_tables(telling.facts)):
        lead = (
            "What is known of each ward. With few people a figure moves a lot by chance: ask what "
            "lies behind it before comparing wards."
        )
        return Section("ward", "Your ward", tables, sentence(lead))
    why = (
        f"We have no ward figures for {telling.place}: what is here is about the area as a whole "
        "and its groups of neighbourhoods. Ask the council's public health team what it has."
    )
    return Section("ward", "Your ward", (no_data("no-wards", why),))


def last_year(telling: Telling) -> Section:
    """What is better or worse than a year, or a period, before."""
    title = "Better or worse than last time"
    trends = sorted(telling.facts.trends, key=lambda trend: telling.place_of(trend.comparison))
    items = [item for trend in trends if (item := _since(trend, telling.reader))]
    if not items:
        why = "No figure has a clear change since the period before; small changes can be chance."
        return Section("last_year", title, (no_data("no-last-year", why),))
    lead = "What changed since the previous figures by more than chance explains."
    return Section("last_year", title, (bullets("last-year", items[:MOST]),), sentence(lead))


def _since(trend: Trend, reader: Reader) -> Sentence:
    """How the newest figure differs from the one before, where their intervals are apart."""
    before, now = _last_two(trend)
    indicator = trend.comparison.indicator
    if before is None or now is None or indicator.polarity == "neutral":
        return sentence()
    if before.limits is None or now.limits is None:
        return sentence()
    up = now.limits[0] > before.limits[1]
    if not up and not now.limits[1] < before.limits[0]:
        return sentence()
    if up and indicator.unit == CASH:  # as prices do
        return sentence()
    side = "Better" if up == (indicator.polarity == "favourable") else "Worse"
    decimals = reader.decimals(before, now)
    return sentence(
        Strong(side),
        f": {name_inside(trend.comparison.series.name)}, ",
        reader.number(now, decimals),
        " ",
        at(now.period),
        ", ",
        reader.number(before, decimals),
        " ",
        at(before.period),
        ".",
    )


def _last_two(trend: Trend) -> tuple[Fact | None, Fact | None]:
    """The newest figure, and the one before that shares no time with it."""
    rows = [row for row in trend.comparison.series.unbroken if row.has_value]
    points: dict[str, TrendPoint] = {
        point.period: point for point in trend.points if point.role == "area" and point.fact
    }
    if not rows or trend.comparison.period != rows[-1].period:
        return None, None
    earlier = [row for row in rows if row.period_end < rows[-1].period_start]
    if not earlier:
        return None, None
    pair = [points.get(row.period) for row in (earlier[-1], rows[-1])]
    before, now = (point.fact if point else None for point in pair)
    return before, now


def next_steps(telling: Telling) -> Section:
    """What happens next and how to respond, as far as whoever made the briefing said it."""
    asked = telling.options
    blocks: list[Block] = []
    if asked.next_steps:
        blocks.append(bullets("next-steps", map(sentence, asked.next_steps)))
    if asked.contact and (asked.next_steps or telling.reader.is_plain):
        blocks.append(paragraph("respond", f"To ask or to respond: {asked.contact}."))
    return Section("next_steps", "What happens next", tuple(blocks))
