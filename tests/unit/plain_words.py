"""Words that briefings avoid, and how easily a text is read."""

import re

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
    r"\bnan\b|\bNone\b(?! of)|\bTrue\b|  |\.\.|\( | \)|,\.|: \.": "a hole in a sentence",
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
