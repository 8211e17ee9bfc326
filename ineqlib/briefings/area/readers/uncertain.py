"""What the figures cannot say."""

from collections.abc import Iterator

from ineqlib.briefings.area.data_notes import ABSENT_PEOPLE
from ineqlib.briefings.area.made_of import made_of
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.document.blocks import FoldedList, bullets, folded
from ineqlib.document.model import Section
from ineqlib.narrative.reader import name_inside
from ineqlib.narrative.sentence import Sentence, sentence

FEW = 4


def uncertain(telling: Telling) -> Section:
    """What is missing, old or hidden, in a few lines; the data notes have all of it."""
    own = made_of(telling.facts.profile)
    items: list[Sentence | FoldedList] = [sentence(own)] if own else []
    items += [*_withheld(telling), *_old(telling), *_not_here(telling)]
    items += [
        sentence("A figure next to another explains nothing: what causes what is not known here."),
        sentence(ABSENT_PEOPLE),
    ]
    return Section("uncertain", "What these figures cannot say", (bullets("uncertain", items),))


def _withheld(telling: Telling) -> Iterator[Sentence]:
    missing = (figure for figure in telling.facts.comparisons if "area" in figure.missing)
    names = [name_inside(figure.series.name) for figure in missing]
    if names:
        yield sentence(f"Withheld or not available in the newest period: {_few_named(names)}.")


def _old(telling: Telling) -> Iterator[FoldedList]:
    names = [f"{figure.series.name} ({figure.period})" for figure in telling.judgement.older]
    if names:
        yield folded("Figures too old to say anything of today, left to the annex", names)


def _not_here(telling: Telling) -> Iterator[Sentence]:
    names = [name_inside(figure.series.name) for figure in telling.facts.wider_only]
    if names:
        # Publishers may have them all the same: a pack holds what was put into it.
        yield sentence(
            f"In these data for wider areas, not for {telling.place} itself: {_few_named(names)}."
        )


def _few_named(names: list[str]) -> str:
    """Name a few; the data notes have the others."""
    more = ["and others that the data notes name"] if len(names) > FEW else []
    return "; ".join([*names[:FEW], *more])
