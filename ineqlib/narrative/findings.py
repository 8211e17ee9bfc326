"""What a finding says, for a reader: hedged by its interval, signed by its polarity, dated."""

from ineqlib.facts.area import AreaFacts
from ineqlib.narrative import area as words
from ineqlib.narrative import gaps, levels, moves
from ineqlib.narrative.judgement import Finding, Judgement
from ineqlib.narrative.reader import Reader, name_inside, place_inside
from ineqlib.narrative.sentence import Sentence, at, in_a_row, possessive, sentence


def in_words(finding: Finding, reader: Reader, *, dated: bool = True) -> Sentence:
    """One finding as an item of a list; without its period (`dated` False) in a list of one."""
    match finding.kind:
        case "change" if finding.trend and finding.trend.change:
            return moves.changed(finding.trend.comparison, finding.trend.change, reader)
        case "inside":
            return _inside(finding, reader)
        case _ if finding.comparison:
            change = finding.trend.change if finding.trend else None
            figure = levels.level(finding.comparison, change, reader, dated=dated)
            return sentence(figure, _sign(finding), _beside(finding, reader))
    return sentence()


def _sign(finding: Finding) -> str:
    return "" if finding.sure else " This is a first sign, and may be chance."


def message(judgement: Judgement, facts: AreaFacts, reader: Reader) -> Sentence:
    """The one thing to remember: in this area, what; and why it matters."""
    name = place_inside(facts.profile.area.name)
    if not judgement.leading:
        return sentence(judgement.nothing)
    first = judgement.leading[0]
    return sentence(f"In {name}, ", _what(first, reader), ".", _sign(first), " ", _why(first))


def beyond_the_message(finding: Finding, reader: Reader) -> Sentence:
    """What more there is to say of the finding that is the message; nothing of it again."""
    if finding.gap:
        return gaps.beyond_the_message(finding.gaps, reader)
    if finding.kind == "change" and finding.trend and finding.trend.change:
        return moves.beyond_the_message(finding.trend.change, reader)
    if finding.kind == "level" and finding.comparison:
        change = finding.trend.change if finding.trend else None
        return sentence(
            levels.beyond_the_message(finding.comparison, change, reader), _beside(finding, reader)
        )
    return sentence()


def _beside(finding: Finding, reader: Reader) -> Sentence:
    """What nearly says the same again, briefly; readers who are told things plainly hear one."""
    other = finding.beside
    if other is None or reader.is_plain:
        return sentence()
    area, country = other.facts["area"], other.facts.get("country")
    against = sentence()
    if country:
        against = sentence(
            f", against {possessive(country.area_name)} ", levels.again(country, area)
        )
    place = levels.rank(other.standing, other, reader)
    start = sentence(f" {finding.side.capitalize()} too: {name_inside(other.series.name)}, ")
    return sentence(
        start, area, " ", at(other.period), against, ("; ", place) if place else (), "."
    )


def _inside(finding: Finding, reader: Reader) -> Sentence:
    if finding.gap:
        return in_a_row(gaps.gaps_and_changes(finding.gaps, reader), " ")
    if finding.spread:
        return sentence(gaps.spread_in_brief(finding.spread), ".")
    if finding.gradient:
        return words.gradient(finding.gradient)
    return sentence()


def _what(finding: Finding, reader: Reader) -> Sentence:
    """What the message says, as a clause after the name of the area."""
    if finding.gap:
        return gaps.gap_clause(finding.gaps, reader)
    if finding.kind == "inside" and finding.spread:
        return gaps.spread_in_brief(finding.spread)
    if finding.kind == "change" and finding.trend and finding.trend.change:
        return moves.changed_clause(finding.trend.comparison, finding.trend.change, reader)
    if finding.comparison:
        return levels.level_clause(finding.comparison, reader)
    return sentence("its neighbourhoods differ")


def _why(finding: Finding) -> Sentence:
    """Why it matters, in the catalogue's words."""
    about = finding.gap.indicator if finding.gap else None
    if about is None and finding.comparison:
        about = finding.comparison.indicator
    if about is None or not about.why_this_indicator:
        return sentence(
            "It matters because an average speaks for neither end: what helps one neighbourhood "
            "may not be what another needs."
        )
    return sentence("It matters because ", name_inside(about.why_this_indicator))
