"""The page of questions can be typed as it stands."""

from pathlib import Path

import pytest

from ineqlib.pack import Pack

from .questions_page import MOST_LINES, answers, examples, lines_of

IN_THE_DEMONSTRATION = {
    "Stevenage": "Brackenhythe",
    "Hertfordshire": "Wendlemere",
    "England": "Lindermark",
    "Hull": "Ambersea",
    "Walsall": "Ambersea",
    "Liverpool": "Ambersea",
}
"""Real places of the page -> places of the demonstration."""
EXAMPLES = examples()


def test_every_question_has_its_example() -> None:
    assert sorted(EXAMPLES) == [*"abcdefghi"]


@pytest.mark.parametrize("letter", sorted(EXAMPLES))
def test_a_question_takes_three_lines_at_most(letter: str) -> None:
    assert len(lines_of(EXAMPLES[letter])) <= MOST_LINES


@pytest.mark.parametrize("letter", sorted(EXAMPLES))
def test_an_example_runs(
    letter: str, demo_pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = EXAMPLES[letter]
    for name, instead in IN_THE_DEMONSTRATION.items():
        code = code.replace(f'"{name}"', f'"{instead}"')
    made = answers(code, demo_pack)
    assert made
    assert all(len(one.frame) and one.sentence.facts for one in made)
