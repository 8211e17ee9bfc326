"""Words that briefings avoid, and how easily a text is read."""

import re
from collections.abc import Iterable, Iterator

import pytest

AVOIDED = {
    r"poorest": "say most deprived: an area's deprivation is not a person's",
    r"deprived (?:people|families|children|men|women)": "places are deprived, people live in them",
    r"the (?:poor|elderly|disabled|homeless|unemployed)\b(?! \w)": "say people who …",
    r"vulnerable|hard[- ]to[- ]reach|left behind|underclass": "names people by a lack",
    r"obese": "say living with obesity",
    r"commit(?:s|ted)? suicide": "say die by suicide",
    r"suffer(?:s|ing|ed)? from|victims? of": "say have, or live with",
    r"lifestyles?|(?:bad|poor|unhealthy) choices": "health is not chosen alone",
    r"addicts?|alcoholics?": "say people who are dependent on …",
    r"non-white|BAME|minorities": "name the group",
    r"caused by|leads? to|due to|thanks to|as a result of": "what stands beside is not the cause",
    r"significant(?:ly)?": "means something else to everybody but statisticians",
    r"\bmales?\b|\bfemales?\b": "say men or women",
    r"\b1 neighbourhoods|\b(?!1\b)\d+ neighbourhood\b": "number and noun agree",
    r"\bnan\b|(?-i:\bNone\b)(?! of)|(?-i:\bTrue\b)": "Python's word for nothing",
    r"  |\.\.|\( | \)|,\.|: \.": "a hole in a sentence",
}
"""What is avoided, as a pattern -> why, or what to say instead."""
_AVOIDED = {re.compile(pattern, re.IGNORECASE): why for pattern, why in AVOIDED.items()}
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def avoided(text: str) -> list[str]:
    """Return each avoided word of a text, with the reason."""
    return [
        f"“{match[0]}” in “{text}”: {why}"
        for pattern, why in _AVOIDED.items()
        if (match := pattern.search(text))
    ]


def without_digits(text: str) -> str:
    """Write every number as one digit: its decimal point ends no sentence, its length is no word's.

    Examples
    --------
    >>> without_digits("From 1,234.5 to 54.")
    'From 7 to 7.'
    """
    return _NUMBER.sub("7", text)


def ages_to_read(sentences: Iterable[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[float]:
    """Yield the age from which a text is read with ease, by three published formulas."""
    import textstat  # slow, and most tests only look for words to avoid

    # Syllables by hyphenation: the dictionary of sounds would be fetched.
    monkeypatch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda _: None)
    textstat.set_lang("en_GB")
    plain = map(without_digits, sentences)
    text = " ".join(each if each.endswith((".", "?")) else f"{each}." for each in plain)
    for grade in (
        textstat.flesch_kincaid_grade(text),
        textstat.automated_readability_index(text),
        textstat.coleman_liau_index(text),
    ):
        yield grade + 5  # school begins at five


def longest_sentence(sentences: Iterable[str]) -> int:
    """Return the number of words of the longest sentence."""
    import textstat

    parts = (part for each in sentences for part in without_digits(each).split(". "))
    return max(map(textstat.lexicon_count, parts))
