"""What shows the answer: what could be avoided, what it costs whom, and what is assumed."""

from ineqlib.briefings.economic_case import words
from ineqlib.briefings.economic_case.asked import LEAST_DEPRIVED
from ineqlib.briefings.economic_case.facts import Case
from ineqlib.briefings.economic_case.money import CHANCE, Money
from ineqlib.briefings.economic_case.ways import Way
from ineqlib.charts import Figure, Labels, beside, gradient
from ineqlib.charts.figure import Table
from ineqlib.charts.ranking_chart import Ranked, ranking
from ineqlib.document.blocks import Block, FigureGrid, Paragraph, TableBlock
from ineqlib.document.model import Section
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import interval_text
from ineqlib.narrative.sentence import Period, Sentence, sentence
from ineqlib.text import NO_VALUE, number, slug, upper_first

NONE = NO_VALUE["not_applicable"]


def avoidable(case: Case) -> Section:
    """What is aimed at, and how many events a year each aim is."""
    title = "How many could be avoided"
    if not case.about.ways:
        return Section("avoidable", title, ())
    more = "fewer" if case.is_adverse else "more"
    ways = list(case.about.ways.values())
    cells: Table = {
        "If": [way.aim.words for way in ways],
        "Aimed at": [way.aim.goal.text for way in ways],
        f"How many {more} a year": [way.yearly.text for way in ways],
        "95% interval": [interval_text(way.yearly) for way in ways],
        "Share of all": [way.share.text for way in ways],
        "Counted": [f"{way.counted.text} in {way.counted.period}" for way in ways],
    }
    if case.money is not None:
        by_aim = case.money.by_aim
        cells[f"Cost {_over(case)}"] = [
            by_aim[way.aim.target].text if way.aim.target in by_aim else NONE for way in ways
        ]
    caption = f"By what is aimed at, {words.name_of(case)}; below zero there is nothing to avoid"
    blocks: list[Block] = [TableBlock("ways", cells, caption)]
    if (figure := _figure(case)) is not None:
        blocks.insert(0, FigureGrid((figure,)))
    return Section("avoidable", title, tuple(blocks))


def _over(case: Case) -> str:
    return "a year" if case.asked.years == 1 else f"over {case.years.text}"


def _figure(case: Case) -> Figure | None:
    way = case.about.way
    if way is None or case.about.series is None:
        return None
    return _groups(case) if way.aim.target == LEAST_DEPRIVED else _beside(case, way)


def _groups(case: Case) -> Figure | None:
    drawn = case.about.gradient
    if drawn is None:
        return None
    first, last, part = drawn.facts[0], drawn.facts[-1], drawn.group_name
    texts = ", ".join(f"{fact.subgroup or 'group'} {fact.text}" for fact in drawn.facts)
    labels = Labels(
        id=slug(f"groups-{case.asked.indicator.id}-{case.asked.place.code}", longest=100),
        title=f"{first.text} in the most deprived {part}, {last.text} in the least",
        subtitle=(
            f"{drawn.name} ({case.asked.indicator.unit}) by {part} of neighbourhoods, "
            f"{drawn.period} ({drawn.index_title})"
        ),
        alt=f"Chart of groups by deprivation. Most deprived first: {texts}.",
        source=short_source(case.pack, {fact.source for fact in drawn.facts}),
    )
    return gradient(drawn.groups, (), labels, unit=case.asked.indicator.unit)


def _beside(case: Case, way: Way) -> Figure:
    place, goal = case.asked.place.name, way.aim.goal
    labels = Labels(
        id=slug(f"beside-{case.asked.indicator.id}-{case.asked.place.code}", longest=100),
        title=f"{way.now.text} in {place}; aimed at: {goal.text}",
        subtitle=f"{case.about.series.name if case.about.series else place}, {way.now.period}",
        alt=f"Dot chart. {place}: {way.now.text}; {way.aim.name}: {goal.text}.",
        source=short_source(case.pack, {way.now.source}),
    )
    roles = {"area_average": way.now, "country_average": goal}
    aim = upper_first(way.aim.name)
    return beside(roles, {"area_average": place, "country_average": aim}, labels)


def cost(case: Case, money: Money) -> Section:
    """What each cost comes to, and on whose budget it falls."""
    over = _over(case)
    costs: Table = {
        "Cost of one event": [priced.row.label for priced in money.costs],
        "Whose budget": [priced.row.budget for priced in money.costs],
        "Low": [priced.low.text for priced in money.costs],
        "Central": [priced.central.text for priced in money.costs],
        "High": [priced.high.text for priced in money.costs],
        f"In all, {over}": [priced.total.text for priced in money.costs],
        "95% interval": [interval_text(priced.total) for priced in money.costs],
    }
    budgets: Table = {
        "Budget": list(money.budgets),
        f"In all, {over}": [fact.text for fact in money.budgets.values()],
        "95% interval": [interval_text(fact) for fact in money.budgets.values()],
    }
    prices = f"prices of {money.price_year}"
    blocks: list[Block] = [TableBlock("costs", costs, f"Unit costs as given, {prices}")]
    if len(money.budgets) < len(money.costs):
        blocks.append(TableBlock("budgets", budgets, f"The same by budget, {prices}"))
    sums = sentence(
        f"Sums are rounded, and intervals cannot be added up. {words.NOT_CASHABLE}: staff, beds "
        "and contracts stay until somebody decides otherwise."
    )
    blocks.append(Paragraph("no-saving", sums, "note"))
    return Section("cost", "What that costs, and whose budget", tuple(blocks))


def assumptions(case: Case, money: Money) -> Section:
    """What is counted, assumed and chosen, where to change it, and what moves the answer most."""
    title = "What is assumed, and what of it matters most"
    lead = sentence(
        "Change a value where the last column says, and make the page again. What is counted is in "
        "the data; what is assumed or chosen is for you to defend. ",
        words.choice(money),
    )
    blocks = (FigureGrid((_swings(case, money),)), _table(case, money))
    return Section("assumptions", title, blocks, lead)


def _swings(case: Case, money: Money) -> Figure:
    most = money.swings[0]
    low, high = (number(end, most.total.decimals) for end in most.total.limits or (0.0, 0.0))
    labels = Labels(
        id=slug(f"swings-{case.asked.indicator.id}-{case.asked.place.code}", longest=100),
        title=words.swing_title(money),
        subtitle=f"The total ({most.total.unit}) as far as each assumption alone moves it",
        alt=f"Chart of ranges, the widest first. {most.name}: from {low} to {high}.",
        source="The unit costs given, and the counts",
        note=(
            "The range of a cost is from its low to its high end; that of chance is a 95% "
            "interval; that of what is aimed at is between the aims above."
        ),
    )
    rows = [Ranked(swing.total, "area" if not at else "other", swing.name)
            for at, swing in enumerate(money.swings)]  # fmt: skip
    return ranking(rows, labels, heading="Assumption", limits="From and to", has_places=False)


def _table(case: Case, money: Money) -> TableBlock:
    """List everything that the sum rests on, and where each can be changed."""
    way = money.way
    ends = way.yearly.limits or (way.yearly.value, way.yearly.value)
    low, high = (number(end, way.yearly.decimals) for end in ends)
    # Ranges of several units: words keep them in one column.
    rows = [
        ("How many a year", way.yearly.text, f"between {low} and {high}", CHANCE, "the data pack"),
        ("What is aimed at", way.aim.name, NONE, "chosen", "target"),
        *(
            (
                f"{priced.row.label}, of one event",
                priced.central.text,
                f"between {priced.low.text} and {priced.high.text}{words.shape_of(priced)}",
                "assumed",
                f"{money.source}: low, central, high",
            )
            for priced in money.costs
        ),
        ("How long", case.years.text, NONE, "chosen", "years"),
        ("Discounting", case.rate.text if case.rate else "none", NONE, "chosen", "discount_rate"),
        ("The whole gap could go", "yes", NONE, "assumed", "target: half_the_gap"),
        ("One event fewer costs the average less", "yes", NONE, "assumed", "the unit costs"),
        ("Costs err independently", "yes", NONE, "assumed", "see all low and all high, below"),
    ]
    heads = ("Assumption", "Value used", "Range", "Is", "Change it in")
    columns = zip(*rows, strict=True)
    cells = {head: list(column) for head, column in zip(heads, columns, strict=True)}
    return TableBlock("assumptions", cells, "Everything that the sum rests on")


def check(case: Case, money: Money) -> Section:
    """The range worked out twice."""
    cells: Table = {
        "Of the total": ["Mean", "Standard deviation"],
        "By draws": [money.check.drawn_mean.text, money.check.drawn_sd.text],
        "Exactly": [money.check.mean.text, money.check.sd.text],
    }
    blocks = (
        Paragraph("agreement", check_words(case, money)),
        TableBlock("moments", cells, "The range of the total, worked out twice"),
    )
    return Section("check", "Is the range worked out right?", blocks)


def check_words(case: Case, money: Money) -> Sentence:
    """Say whether draws and exact moments tell the same."""
    said = (
        "The two agree, to within what so many draws allow."
        if money.check.agrees
        else "The two do NOT agree: do not use the range, and report it as a fault."
    )
    return sentence(
        "The range was worked out twice: by ",
        case.draws,
        " draws, which seed ",
        case.seed,
        " repeats; and exactly, from the means and variances of what is "
        f"multiplied. {said}{_likeliest(money)}",
    )


def _likeliest(money: Money) -> str:
    """Say why the mean is not the sum of the answer."""
    if money.check.mean.text.startswith(money.total.text.removesuffix(" million")):
        return ""
    return (
        " The mean is not the sum in the answer, which takes every cost at its central value: "
        "costs do not reach as far down as up."
    )


def cost_sources(money: Money) -> list[Block]:
    """Whom to thank for the unit costs."""
    rows = [priced.row for priced in money.costs]
    cells: Table = {
        "Cost of one event": [row.label for row in rows],
        "Prices of": [row.price_year for row in rows],
        "Source": [row.source for row in rows],
        "Where": [row.link for row in rows],
    }
    return [
        Paragraph("costs-from", sentence("Unit costs: ", Period(money.source), ".")),
        TableBlock("cost-sources", cells, "Where the unit costs were published"),
    ]
