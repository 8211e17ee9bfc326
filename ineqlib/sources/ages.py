"""One age written in several ways."""

import re
from functools import cache

_UNSAID = re.compile(
    r"(?<![a-z])(?:ages?|aged|olds?|of|people|persons?|residents|population"
    r"|(?:adults?|children)(?= (?:ages? |aged )?(?:\d|under|<)))(?![a-z])"
    r"|(?:(?<=[\d+])|(?<=[\d+] )|(?<=plus )|(?<=over ))(?:years?|yrs?|yo|y)(?![a-z])"
    r"|(?<!\d)\.|\.(?!\d)"
)
"""Words that say no more than that it is an age, and points but in numbers. Year 6 is no age."""
_AND_MORE = re.compile(r"plus|(?:and|or|&)(?:over|older|above|more|upwards?)")
_PLURAL = re.compile(r"(?<=\d)s(?=\+|$)")
_DASHES = re.compile(r"(?<=\d)(?:to|[‐‑‒–—−])(?=\d)")
_LESS_THAN = re.compile(r"^(?:under|below|lessthan|youngerthan)(?=\d+$)")
_AT_LEAST = re.compile(r"^(?:>=|≥|atleast)(\d+)$")
_SPAN = re.compile(r"(?P<least>\d{1,3})(?:(?P<more>\+)|-(?P<last>\d{1,3}))?|<(?P<below>\d{1,3})")
_EVERYBODY = re.compile(r"(?:all|total)+|any|every(?:one|body)?|whole|allcategories")
_BANDS_FROM_BIRTH = (5, 10)
"""Where bands of five or ten years end, of which the first is written as the others are: 0-4."""


def plain_age(text: str) -> str:
    """Reduce an age to what all ways of writing it have in common.

    Examples
    --------
    >>> {plain_age(text) for text in ("65+ yrs", "65 and over", "Aged 65 years and over", ">=65")}
    {'65+ yrs'}
    >>> plain_age("6 to 8 weeks") == plain_age("6-8 weeks"), plain_age("<5") == plain_age("0-5")
    (True, False)
    """
    return _in_years(text) or _reduced(text) or text


@cache  # every file of a folder has the same few
def one_spelling(text: str) -> str:
    """Write an age in whole years as Fingertips does, and any other text as it is.

    Examples
    --------
    >>> [one_spelling(text) for text in ("65 and over", "16 to 64", "Under 75", "Under 5s", "All")]
    ['65+ yrs', '16-64 yrs', '<75 yrs', '0-4 yrs', 'All ages']
    >>> one_spelling("Over 65"), one_spelling("6-8 weeks"), one_spelling("Year 6")
    ('Over 65', '6-8 weeks', 'Year 6')
    """
    return _in_years(text) or text


def span_of_age(text: str) -> tuple[int, float] | None:
    """Return the birthdays that people of an age have had, and have not; nothing where unknown.

    Examples
    --------
    >>> [span_of_age(text) for text in ("65+ yrs", "0-4", "<75 yrs", "All ages", "Year 6")]
    [(65, inf), (0, 5), (0, 75), (0, inf), None]
    """
    words = _reduced(text)
    if _EVERYBODY.fullmatch(words):
        return 0, float("inf")
    match = _SPAN.fullmatch(words)
    if not match:
        return None
    least = int(match["least"] or 0)
    if match["more"]:
        return least, float("inf")
    below = int(match["below"] or int(match["last"] or match["least"]) + 1)
    return (least, below) if below > least else None


def _reduced(text: str) -> str:
    words = " ".join(re.sub(r"[_,:()]|-(?=year|yr|old|plus)", " ", text.casefold()).split())
    words = _AND_MORE.sub("+", _UNSAID.sub("", words).replace(" ", ""))
    words = _LESS_THAN.sub("<", _AT_LEAST.sub(r"\1+", _PLURAL.sub("", words)))
    return _DASHES.sub("-", words)


def _in_years(text: str) -> str:
    """Return the one spelling of an age in whole years; nothing where it is none."""
    span = span_of_age(text)
    if span is None:
        return ""
    least, below = span
    if below == float("inf"):
        return f"{least}+ yrs" if least else "All ages"
    return _spelt(least, int(below))


def _spelt(least: int, below: int) -> str:
    """Write the age of those who have had one birthday, and not yet another."""
    if not least and below not in _BANDS_FROM_BIRTH:
        return f"<{below} yr{'s' * (below > 1)}"
    if below == least + 1:
        return f"{least} yr{'s' * (least > 1)}"
    return f"{least}-{below - 1} yrs"
