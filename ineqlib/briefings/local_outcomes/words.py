"""What the page says: how many metrics have a figure here, how they stand, and what next."""

from ineqlib.briefings.local_outcomes.facts import (
    ELSEWHERE,
    NOT_HERE,
    NOWHERE,
    SHOWN,
    WIDER,
    Lens,
    Measured,
)
from ineqlib.catalogue import Outcome, load_catalogue
from ineqlib.facts.comparisons import Comparison
from ineqlib.narrative import leads
from ineqlib.narrative.levels import level
from ineqlib.narrative.reader import AUDIENCES, name_inside, place_inside
from ineqlib.narrative.sentence import (
    Period,
    Sentence,
    Strong,
    Words,
    in_a_row,
    in_brackets,
    sentence,
)
from ineqlib.text import SEX_WORDS, day_in_words, upper_first

VERDICTS = ("worse", "probably worse", "similar", "probably better", "better")
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
    """Say how the figures here stand, and how many metrics have one here and elsewhere."""
    counts, place = lens.counts, place_inside(lens.area.name)
    have = sentence(counts[SHOWN], " of ", counts["metrics"], " metrics")
    elsewhere = sentence(counts[ELSEWHERE], " are published elsewhere.")
    said = [
        sentence(counts[name], f" {name}")
        for name in (*VERDICTS, "not judged")
        if counts[name].value
    ]
    is_country = lens.area.code == lens.area.country_code
    if not said or is_country or "country" not in lens.profile.places:
        return sentence(have, f" {_has(lens)} a figure for {place}; ", elsewhere)
    behind = furthest_behind(lens)
    return sentence(
        (f"{upper_first(place)} beside {lens.profile.country_name}, of ", counts["figures"]),
        (" recent figures: ", in_a_row(said, ", "), ". "),
        sentence("Furthest behind: ", _named(behind), ". ") if behind else "None is worse. ",
        (have, f" {_has(lens)} a figure; ", elsewhere),
    )


def _has(lens: Lens) -> str:
    return "has" if lens.counts[SHOWN].value == 1 else "have"


def _named(figures: list[Comparison]) -> Sentence:
    return in_a_row(
        (
            f"{name_inside(figure.series.name)}, ",
            figure.facts["area"],
            " against ",
            figure.facts["country"],
            in_brackets(figure.period),
        )
        for figure in figures
    )


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


def how_sure() -> Sentence:
    """Say what a verdict rests on."""
    return leads.how_sure(
        "“better” and “worse” rest on 95% intervals, “probably” on keeping to one side."
    )


def what_next(lens: Lens) -> Sentence:
    """Say what to do next."""
    look = "ask first why it is behind there; " if furthest_behind(lens) else ""
    return leads.what_next(f"{look}the lists below say who publishes the rest.")


def metric_in_words(measured: Measured) -> list[Sentence]:
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


def how_many(lens: Lens) -> Sentence:
    """Say of how many metrics what is known."""
    counts = lens.counts
    return sentence(
        ("Of the framework's ", counts["metrics"], " metrics, with a figure here: ", counts[SHOWN]),
        ("; for a wider area alone: ", counts[WIDER]),
        ("; in the catalogue, but not in this pack: ", counts[NOT_HERE]),
        ("; published elsewhere: ", counts[ELSEWHERE]),
        ("; nowhere, as far as is known: ", counts[NOWHERE], "."),
    )


def how_many_without(lens: Lens, outcome: Outcome) -> Sentence:
    """Name an outcome, and say how many of its metrics have no figure here."""
    if not outcome.metrics:
        return sentence(name_of(outcome), ": no metrics yet")
    counts = lens.counts
    return sentence(
        (f"{name_of(outcome)}: ", counts[f"{outcome.id} without"], " of ", counts[outcome.id]),
        " metrics" if counts[outcome.id].value != 1 else " metric",
    )


def name_of(outcome: Outcome) -> str:
    """Name an outcome; one for context is marked."""
    return f"{outcome.name} (context)" if outcome.contextual else outcome.name


def sameness(measured: Measured) -> str:
    """Say whether an indicator is the metric itself."""
    near = measured.metric.differs
    return f"no: {near}" if near else "yes"


def where_published(measured: Measured) -> Sentence:
    """Say where a metric without a figure here has one, as far as that is known."""
    metric = measured.metric
    if measured.status == WIDER:
        figures = [
            (
                " ".join(filter(None, (fact.area_name, SEX_WORDS[fact.sex]))),
                (" ", fact, in_brackets(fact.period)),
            )
            for fact in measured.wider
        ]
        where = sentence("for a wider area alone: ", in_a_row(figures, ", "))
    elif measured.status == NOT_HERE:
        name = load_catalogue()[metric.indicator].public_name
        where = sentence("in the catalogue as “", Period(name), "”, but not in this pack")
    elif metric.placeholder:
        where = sentence("nowhere yet, says the framework")
    else:
        where = sentence(Period(metric.open_data or "nowhere, as far as is known"))
    return sentence(Strong(metric.name), ": ", where, ".")


def method_items(lens: Lens) -> list[Words]:
    """Say how this was worked out, in short sentences."""
    about = lens.framework
    return [
        sentence(
            f"Outcomes and metrics: {about.publisher}, {about.title}, ",
            Period(day_in_words(about.published)),
            (", as of ", Period(day_in_words(about.edition)), "."),
        ),
        sentence(
            "The first three outcomes were read in the publication, the others where a public "
            "page quotes them. The revision of ",
            Period(day_in_words(about.revised)),
            " was not read.",
        ),
        "Each metric is measured by an indicator of the catalogue or listed with where it is "
        "published. Nothing is put in the place of a metric in silence: where the indicator "
        "is not quite the same, the page says how.",
        "A figure is set against the country's in the same period, by the rules of the "
        "briefing; figures years older than the newest are shown and not counted.",
        "The page knows no targets of the framework, and does not say why a figure is as it is.",
    ]
