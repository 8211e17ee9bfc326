"""One age written in several ways."""

import re


def plain_age(text: str) -> str:
    """Reduce an age to what all ways of writing it have in common.

    Examples
    --------
    >>> {plain_age(text) for text in ("65+ yrs", "65 and over", "Aged 65 years and over", "65+")}
    {'65+'}
    """
    words = re.sub(r"\b(?:aged?|years?|yrs?|old)\b|[. ]", "", text.casefold())
    words = re.sub(r"plus|(?:and|or)(?:over|older|above)|(?:&|and)over", "+", words)
    return re.sub(r"(?<=\d)(?:to|–|—)(?=\d)", "-", words)
