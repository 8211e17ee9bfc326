"""Words by which labels of groups name an end of deprivation, and the groups themselves.

Two readers share them, each with its own strictness: what a publisher's file says of its groups,
and what pandas data given to a measure say of theirs. Welsh publishers write both languages.
"""

GROUP_WORDS = {
    3: "tertile|third",
    4: "quartile|quarter",
    5: "quintile|fifth",
    10: "decile|tenth",
    20: "ventile|twentieth",
}
"""How many groups there are -> what one of them is called, as a regular expression."""
_WELL_OFF = "affluent|advantaged|well[ -]off|wealthy"


def end_patterns(
    groups: str, *, most: str = "most", least: str = "least", between: str = " "
) -> tuple[str, str]:
    """Return patterns of words for the most deprived end, and for the least deprived end.

    Parameters
    ----------
    groups
        Pattern of what a group may be called, after "worst" and "best".
    most, least
        Patterns of the words that may stand before "deprived": also "more" and "less", for one.
    between
        Pattern of what may stand between two words.

    Examples
    --------
    >>> import re
    >>> most_deprived, least_deprived = end_patterns("fifth")
    >>> bool(re.search(most_deprived, "least affluent")), bool(re.search(least_deprived, "richest"))
    (True, True)
    """
    return (
        rf"\b{most}{between}(?:deprived|disadvantaged)|\b{least}{between}(?:{_WELL_OFF})"
        rf"|\bhighest{between}deprivation|\blowest{between}income"
        rf"|poorest|worst[ -]off|\bworst (?:{groups})|mwyaf{between}difreintiedig",
        rf"\b{least}{between}(?:deprived|disadvantaged)|\b{most}{between}(?:{_WELL_OFF})"
        rf"|\blowest{between}deprivation|\bhighest{between}income"
        rf"|richest|wealthiest|best[ -]off|\bbest (?:{groups})|lleiaf{between}difreintiedig",
    )
