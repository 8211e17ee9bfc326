"""How sure an index by need is, for every page that shows one."""

from ineqlib.briefings.need.follows import Judged
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.narrative.leads import how_sure
from ineqlib.narrative.sentence import Sentence, interval, sentence
from ineqlib.text import lower_first

SURENESS = {
    PROGRESSIVE: "the difference is more than chance",
    REGRESSIVE: "the difference is more than chance",
    FLAT: "any slope over the places is too small to matter",
    CANNOT_TELL: "not sure enough to say",
}


def how_sure_of_index(judged: Judged, *, has_zero: bool, level: str) -> Sentence:
    """Say how sure a verdict is, and what its index means; nothing where there is no index.

    Only where need has a true zero can something be in proportion to it; else `level` says what an
    index of zero means.
    """
    fact = judged.kakwani if has_zero else judged.index
    if fact is None:
        return sentence()
    more = "more where deprivation is greater"
    if has_zero:
        level, more = "in proportion to need", "more than that"
    return how_sure(
        SURENESS[judged.verdict],
        ". The index is ",
        fact,
        interval(fact),
        f": zero is {level}, above zero {more}.",
    )


def place_in_words(name: str) -> str:
    """Name a group inside a sentence.

    Examples
    --------
    >>> place_in_words("Most deprived fifth"), place_in_words("Stevenage")
    ('the most deprived fifth', 'Stevenage')
    """
    return f"the {lower_first(name)}" if "fifth" in name.lower() else name
