"""Questions made from others by a change, and the count of all that were put."""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ineqlib.asking.asker import Reply, asker_of
from ineqlib.asking.question import CannotAnswer
from ineqlib.pack import Pack
from tests.unit.asked import NEVER, Asked, Judge, questions

MADE = 1_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mutated(
    asked: list[Asked], places: list[str], n: int, seed: int
) -> Iterator[tuple[str, Asked, str]]:
    """Yield questions made from others: the kind of change, the question, and the new text."""
    chance = random.Random(seed)
    kinds = ("typo", "order", "shuffle", "dropped", "place", "strange place", *NEVER)
    for number in range(n):
        kind, question = kinds[number % len(kinds)], chance.choice(asked)
        words = question.text.split()
        at = chance.randrange(len(words))
        match kind:
            case "typo":
                words[at] = typo(words[at], chance)
            case "order" if len(words) > 1:
                at = chance.randrange(len(words) - 1)
                words[at : at + 2] = words[at : at + 2][::-1]
            case "shuffle":
                chance.shuffle(words)
            case "dropped":
                del words[at]
            case "place":
                words = elsewhere(question.text, chance.choice(places), places).split()
            case "not put in":
                words.insert(at, "not")
            case "two joined":
                words += ["and", *chance.choice(asked).text.split()]
            case "strange place":
                words = elsewhere(
                    question.text, typo(chance.choice(places), chance), places
                ).split()
        yield kind, question, " ".join(words)


def elsewhere(text: str, place: str, places: list[str]) -> str:
    """Return a question about another place, by its name instead of the first named, or added."""
    named = next((name for name in places if name in text), "")
    return text.replace(named, place) if named else f"{text.rstrip('?')} in {place}?"


def typo(word: str, chance: random.Random) -> str:
    """Return a word with one letter changed, left out, doubled or in the place of its neighbour."""
    at = chance.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + chance.choice(LETTERS) + after,
            before + after,
            before + letter * 2 + after,
            before + after[:1] + letter + after[1:],
        )
    )


class Tried(NamedTuple):
    """One question put: of which kind, whether it was answered, and what is wrong with that."""

    kind: str
    text: str
    is_answered: bool
    wrong: str


def try_written(pack: Pack, judge: Judge) -> list[Tried]:
    """Put every question of the file."""
    asked = list(questions())
    return [
        _tried(
            pack,
            one,
            one.measure or one.reason,
            one.text,
            lambda reply, one=one: judge.wrong(one, reply),
        )
        for one in asked
    ]


def try_changed(pack: Pack, judge: Judge) -> list[Tried]:
    """Put questions with a change."""
    answerable = [asked for asked in questions() if asked.measure]
    return [
        _tried(
            pack,
            one,
            kind,
            text,
            lambda reply, one=one, kind=kind, text=text: judge.beside_the_point(
                one, text, reply, kind
            ),
        )
        for kind, one, text in mutated(answerable, [*judge.names], MADE, seed=14)
    ]


def _tried(pack: Pack, asked: Asked, kind: str, text: str, why: Callable[[Reply], str]) -> Tried:
    try:
        reply = asker_of(pack, asked.here).answer(text)
    except CannotAnswer:
        return Tried(kind, text, False, "")
    return Tried(kind, text, True, why(reply))


def table(tried: list[Tried], heading: str) -> str:
    """Count questions by kind, as a table in Markdown."""
    kinds = dict.fromkeys(one.kind for one in tried)
    parts = [(kind, [one for one in tried if one.kind == kind]) for kind in kinds]
    rows = [
        f"| {name} | {len(part)} | {sum(one.is_answered for one in part)} | "
        f"{sum(bool(one.wrong) for one in part)} |"
        for name, part in [*parts, ("**all**", tried)]
    ]
    return "\n".join([f"| {heading} | asked | answered | wrongly |", "|---|--:|--:|--:|", *rows])


def tables(written: list[Tried], changed: list[Tried]) -> str:
    """Return what docs/ask.md says of all questions."""
    measures = {asked.measure for asked in questions() if asked.measure}
    answerable = [one for one in written if one.kind in measures]
    others = [one for one in written if one.kind not in measures]
    return "\n\n".join(
        [
            table(answerable, "questions that have an answer"),
            table(others, "questions that have none, because of"),
            table(changed, "questions with a change"),
        ]
    )
