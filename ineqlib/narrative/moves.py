"""How a figure moved, for a reader: from what to what, and the country beside it."""

from ineqlib.facts.change_over_time import Change
from ineqlib.facts.comparisons import Comparison
from ineqlib.narrative.levels import bare
from ineqlib.narrative.reader import Reader, clause, name_inside
from ineqlib.narrative.sentence import Sentence, Strong, at, sentence


def changed(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    """How a figure moved: from what to what, over how long, and the country beside it."""
    here = (change.first, change.last)
    decimals = reader.decimals(*here, change.country_first, change.country_last)
    first, last = (reader.number(fact, decimals) for fact in here)
    when = [sentence(" ", at(fact.period)) for fact in here]
    told_by = {True: ", which is better", False: ", which is worse", None: ""}[change.better]
    match change.direction:
        case "rising" | "falling":
            way = "up" if change.direction == "rising" else "down"
            moved = sentence(f"{way} from ", first, when[0], " to ", last, when[1], told_by)
        case unclear:
            moved = sentence(first, when[0], ", ", last, when[1], f": {unclear}")
    return sentence(
        Strong(comparison.series.name),
        ": ",
        moved,
        _country_moved(change, reader, decimals),
        ".",
    )


def _country_moved(change: Change, reader: Reader, decimals: int | None) -> Sentence:
    first, last = change.country_first, change.country_last
    if first is None or last is None:
        return sentence()
    before, after = reader.number(first, decimals), reader.number(last, decimals)
    return sentence(f"; {first.area_name} from ", before, " to ", after)


def changed_clause(comparison: Comparison, change: Change, reader: Reader) -> Sentence:
    """A change as a clause, to stand after the name of the area."""
    decimals = reader.decimals(change.first, change.last)
    own = clause(reader, comparison.indicator, change.last, decimals, "") or sentence(
        f"the figure for “{name_inside(comparison.series.name)}” is ",
        reader.number(change.last, decimals),
    )
    move = "up" if change.last.value > change.first.value else "down"
    before = bare(reader, change.first, decimals)
    return sentence(own, f", {move} from ", before, " ", at(change.first.period))
