"""What the page says: how many metrics have a figure here, how they stand, and what next."""

from ineqlib.briefings.local_outcomes.facts import NO_DATA, NOT_HERE, TOLD, WIDER, Lens, Measured
from ineqlib.catalogue import load_catalogue
from ineqlib.facts.comparisons import Comparison
from ineqlib.narrative import leads
from ineqlib.narrative.levels import level
from ineqlib.narrative.reader import AUDIENCES, name_inside, place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    in_brackets,
    number_of,
    sentence,
)
from ineqlib.text import NO_VALUE, day_in_words

VERDICTS = ("worse", "probably worse", "similar", "probably better", "better")
WORDING = {
    "quoted": "as a public page or public code quotes a later edition",
    "described": "in the words of that page's maker",
}
READER = AUDIENCES["director"]
MOST_NAMED = 2


def question(lens: Lens) -> str:
    """Return the question as a colleague would put it."""
    return f"Where does {place_inside(lens.area.name)} stand on the Local Outcomes Framework?"


def in_short(lens: Lens) -> str:
    """Return the answer in one line, for an index."""
    if not lens.comparisons:
        return "No metric of the framework has a figure"
    said = [f"{lens.counts[v].text} {v}" for v in VERDICTS if lens.counts[v].value]
    said += [f"{lens.counts['not judged'].text} not judged"] * bool(lens.counts["not judged"].value)
    return f"Of {lens.counts['figures'].text} recent figures: {', '.join(said)}"


def answer(lens: Lens) -> Sentence:
    """Say how many metrics have a figure here, and how these stand."""
    counts, place = lens.counts, place_inside(lens.area.name)
    have = sentence(number_of(counts[TOLD]), " of ", number_of(counts["metrics"]), " metrics")
    said = [
        sentence(number_of(counts[name]), f" {name}")
        for name in (*VERDICTS, "not judged")
        if counts[name].value
    ]
    is_country = lens.area.code == lens.area.country_code
    if not said or is_country or "country" not in lens.profile.places:
        return sentence(have, f" {_has(lens)} a figure for {place}.")
    verdicts = [sentence(", " if at else "", each) for at, each in enumerate(said)]
    behind = furthest_behind(lens)
    return sentence(
        f"{place[:1].upper()}{place[1:]} beside {lens.profile.country_name}, of ",
        number_of(counts["figures"]),
        " recent figures: ",
        *verdicts,
        ". ",
        sentence("Furthest behind: ", *_named(behind), ". ") if behind else "None is worse. ",
        have,
        f" {_has(lens)} a figure.",
    )


def _has(lens: Lens) -> str:
    return "has" if lens.counts[TOLD].value == 1 else "have"


def _named(figures: list[Comparison]) -> list[Sentence]:
    return [
        sentence(
            "; " if at else "",
            f"{name_inside(figure.series.name)}, ",
            number_of(figure.facts["area"]),
            " against ",
            number_of(figure.facts["country"]),
            in_brackets(figure.period),
        )
        for at, figure in enumerate(figures)
    ]


def furthest_behind(lens: Lens) -> list[Comparison]:
    """Return the recent figures that are worse than the country's, the furthest first."""
    worse = [
        figure
        for figure in lens.comparisons
        if "worse" in (figure.verdict, figure.likely.removeprefix("probably "))
        and id(figure) not in lens.older
        and "country" in figure.facts
    ]
    worse.sort(key=lambda figure: figure.distance)
    # Of men and women, who are told apart, the one further behind.
    first = {figure.indicator.id: figure for figure in reversed(worse)}
    return [figure for figure in worse if figure is first[figure.indicator.id]][:MOST_NAMED]


def how_sure(lens: Lens) -> Sentence:
    """Say what a verdict rests on, and that the list is not whole."""
    counts = lens.counts
    return leads.how_sure(
        "“better” and “worse” rest on 95% intervals, “probably” on keeping to one side. ",
        number_of(counts["outcomes listed whole"]),
        " of the framework's ",
        number_of(counts["outcomes in all"]),
        " outcomes are listed whole.",
    )


def what_next(lens: Lens) -> Sentence:
    """Say what to do next."""
    look = "ask first why it is behind there" if furthest_behind(lens) else ""
    lacking = lens.counts[NOT_HERE].value + lens.counts[NO_DATA].value
    find = "the table below says who publishes the rest" if lacking else ""
    said = "; ".join(filter(None, (look, find)))
    return leads.what_next(f"{said}." if said else "")


def told(measured: Measured) -> list[Sentence]:
    """Tell each figure of a metric, and what it measures otherwise than the framework."""
    near = measured.metric.differs
    # Words of the framework and the catalogue, whose digits are no figures.
    otherwise = (" Not quite the metric: ", Period(near), ".") if near else ()
    return [
        sentence(level(figure, figure.change, READER), *otherwise)
        if figure.facts.get("area")
        else sentence(Strong(figure.series.name), ": no figure (", Period(figure.period), ").")
        for figure in measured.comparisons
    ]


def why_none(measured: Measured) -> str:
    """Say in a few words why a metric has no figure here."""
    if measured.status == WIDER:
        places = [f"{fact.area_name} {fact.text} ({fact.period})" for fact in measured.wider]
        return f"published for a wider area alone: {'; '.join(places)}"
    if measured.status == NOT_HERE:
        return "in the catalogue, but this pack has no figures of it"
    if measured.metric.placeholder:
        return "no open data yet: a placeholder of the framework"
    return "not in the catalogue" if measured.metric.open_data else "no open data known"


def sameness(measured: Measured) -> str:
    """Say whether an indicator is the metric itself."""
    near = measured.metric.differs
    return f"no: {near}" if near else "yes"


def where(measured: Measured) -> str:
    """Say where a metric is published, as far as that is known."""
    metric = measured.metric
    if metric.indicator:
        return f"in the catalogue as “{load_catalogue()[metric.indicator].public_name}”"
    if metric.placeholder:
        return NO_VALUE["not_applicable"]
    return metric.open_data or "not known to be published"


def method_items(lens: Lens) -> list[Sentence]:
    """Say how this was worked out, in short sentences."""
    about = lens.framework
    return [
        sentence(
            f"Outcomes and metrics: {about.publisher}, {about.title}, ",
            Period(day_in_words(about.published)),
            ", revised ",
            Period(day_in_words(about.revised)),
            ".",
        ),
        sentence(
            "The publication was read up to its fourth outcome. Other outcomes and metrics stand "
            f"here {WORDING['quoted']}, or {WORDING['described']}; a metric that only code quotes "
            "stands under the outcome of its subject."
        ),
        sentence(
            "Each metric is measured by an indicator of the catalogue or listed with where it is "
            "published. Nothing is put in the place of a metric in silence: where the indicator "
            "is not quite the same, the page says how."
        ),
        sentence(
            "A figure is set against the country's in the same period, by the rules of the "
            "briefing; figures years older than the newest are shown and not counted."
        ),
        sentence(
            "The page knows no targets of the framework, and does not say why a figure is as it is."
        ),
    ]
