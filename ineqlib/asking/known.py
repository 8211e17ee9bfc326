"""The facts that questions are answered from: those of one area's briefing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ineqlib.asking.grammar import Meaning, Phrase, load_grammar, words_of
from ineqlib.asking.question import OWN, Question
from ineqlib.document.model import Document
from ineqlib.errors import ParameterError, UnknownArea
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.comparisons import Comparison, compare_newest
from ineqlib.facts.fact import Fact
from ineqlib.facts.gradients import local_gradients
from ineqlib.facts.inside import InsideGap, inside_gaps
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.series import series_shown
from ineqlib.facts.tally import tally
from ineqlib.pack import Pack

ASKED_ABOUT = ("lad", "utla", "region", "country", "council")
"""Types of areas that a question may name; names of wards are often words of the language."""


@dataclass(frozen=True)
class Known:
    """Facts of one area: what a briefing of it says of newest figures, change and gaps inside."""

    profile: Profile
    comparisons: tuple[Comparison, ...]
    inside: tuple[InsideGap, ...]
    tally: Mapping[str, Fact]

    @property
    def name(self) -> str:
        """The area's name."""
        return self.profile.area.name

    def places_of(self, question: Question) -> Question:
        """Return a question with this area and its comparators by what they are to it."""
        roles = {place.code: role for role, place in self.profile.places.items()}
        roles[self.profile.area.code] = OWN
        area, other = (roles.get(code, code) for code in (question.area, question.other))
        return replace(question, area=area, other=other)


def known_of(pack: Pack, code: str) -> Known:
    """Compute the facts of an area; for `Pack.recent`."""
    profile = read_profile(pack, code)
    comparisons = compare_newest(profile, series_shown(profile))
    inside = tuple(inside_gaps(profile, comparisons, tuple(local_gradients(profile))))
    return Known(profile, comparisons, inside, tally(profile, comparisons))


def known_in(document: Document) -> Known:
    """Return the facts that an area's document is made from, or refuse another document."""
    for facts in _area_facts(document):
        return Known(facts.profile, facts.comparisons, facts.inside, facts.tally)
    raise ParameterError(
        f"A document of the kind '{document.kind}' cannot be asked: it holds no facts of an area. "
        "Ask a briefing, a summary or an annex, or a pack: iq.ask(pack, question, area=...)."
    )


def _area_facts(document: Document) -> Iterator[AreaFacts]:
    for make in document.outline.values():
        for part in getattr(make, "args", ()):
            facts = getattr(part, "facts", part)
            if isinstance(facts, AreaFacts):
                yield facts


def phrases_of(pack: Pack) -> dict[Phrase, Meaning]:
    """Return every phrase that is understood: names and codes of a pack's areas, and the grammar.

    For `Pack.shared`.
    """
    table = pack.areas
    codes: dict[Phrase, set[str]] = {}
    for code, name, of_type in zip(
        table["area_code"], table["area_name"], table["area_type"], strict=True
    ):
        if of_type in ASKED_ABOUT:
            for text in (code, name, name.split(",")[0]):
                codes.setdefault(words_of(text), set()).add(code)
    areas = {phrase: _meant(pack, several) for phrase, several in codes.items()}
    return {**areas, **load_grammar().phrases}


def _meant(pack: Pack, codes: set[str]) -> Meaning:
    """Say what a name means: one current area, or why it cannot be answered about."""
    current: set[str] = set()
    why = ""
    for code in sorted(codes):
        try:
            current.add(pack.area(code).code)
        except UnknownArea as error:
            why = str(error).rstrip(".")
    if len(current) == 1:
        return Meaning("area", current.pop())
    return Meaning("ended", why or f"several areas have that name: {', '.join(sorted(current))}")
