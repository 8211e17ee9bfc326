"""What a councillor is given besides: the ward, last year, what to ask."""

from ineqlib.briefings.area.own_section import ward_tables
from ineqlib.briefings.area.readers.summary import indicator_of
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.catalogue import Indicator
from ineqlib.document.blocks import bullets, no_data
from ineqlib.document.model import Section
from ineqlib.facts.area import Trend
from ineqlib.facts.change_over_time import CASH
from ineqlib.facts.fact import Fact
from ineqlib.facts.series import TrendPoint
from ineqlib.narrative.directions import first_year
from ineqlib.narrative.judgement import Finding
from ineqlib.narrative.reader import Reader, name_inside
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import Period, Sentence, Strong, at, sentence
from ineqlib.text import joined

MOST = 4
_Asked = dict[tuple[str, str, str], list[str]]
"""Kind of question, whom it is for, since when -> what it is about."""
QUESTIONS = {
    "gap": "which neighbourhoods does our money reach first, and would {it} be narrower if others "
    "came first?",
    "change": "what has been tried since {it} began to get worse, and what comes next?",
    "sign": "it may be chance: when shall we know, and what is looked into meanwhile?",
    "cause": "what lies behind {it} here: homes, money, work or something else, and who leads on "
    "that?",
    "level": "what do areas like ours with better figures do that we do not, and when would it "
    "show?",
    "good": "what has worked here, and what would it take to keep {it}?",
}
QUESTIONS_OF_ALL = (
    "Which neighbourhoods gain most from what we spend, and which least?",
    "Who is not in these figures, and how do we hear from them?",
)


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


def questions(telling: Telling) -> Section:
    """What a member may ask, and of whom."""
    asked: _Asked = {}
    for finding in telling.judgement.leading:
        indicator = indicator_of(finding)
        if indicator:
            kind, since = _kind_of_question(finding, indicator)
            names = asked.setdefault((kind, indicator.lead_owner, since), [])
            names += [indicator.public_name] * (indicator.public_name not in names)
    items = [_question(*key, names) for key, names in asked.items()]
    is_asked = any(kind == "gap" for kind, *_ in asked) or is_tiny(telling.facts)
    others = QUESTIONS_OF_ALL[1:] if is_asked else QUESTIONS_OF_ALL
    items += map(sentence, others)
    return Section("questions", "Questions to ask", (bullets("questions", items),))


def _kind_of_question(finding: Finding, indicator: Indicator) -> tuple[str, str]:
    """Return the kind of question that a finding asks for, and since when it changes."""
    if finding.gap:
        return "gap", ""
    if not finding.sure:
        return "sign", ""
    change = finding.comparison.change if finding.comparison else None
    if change and (finding.kind == "change" or (finding.side, change.better) == ("better", False)):
        return "change", first_year(change.first.period)
    if finding.side == "better":
        return "good", ""
    return "cause" if indicator.sensitive_to_local_action == "slow" else "level", ""


def _question(kind: str, owner: str, since: str, names: list[str]) -> Sentence:
    them = "it" if len(names) == 1 else "them"
    quoted = joined([f"“{name_inside(name)}”" for name in names])
    what = QUESTIONS[kind].replace("{it}", them)
    began = sentence(" (since ", Period(since), ")") if since else sentence()
    whom = f"the {owner}" if owner.startswith("Director") or owner.endswith("board") else owner
    return sentence(f"To {whom}, about {quoted}", began, f": {what}")
