"""What a unit says of a number: by what a share or rate was multiplied, and which are the same."""

import re

_PERCENT = re.compile(
    r"(?:%|%age|per ?cents?|percentage|pct\.?"
    r"|(?:percentage|per ?cent|proportion|prevalence|share) ?(?:- ?%|\(%\)))"
    r"(?: of (?:all )?(?:the )?(?:adults|babies|births|children|homes|households|men|patients"
    r"|people|persons|population|pupils|residents|women|workers|young)\b.*| \(weighted\))?"
)
"""Not ``% of the England average``, which may be over 100."""
_IN_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b(?! points)")
_PER = re.compile(
    r"(?:\bper |/ ?(?=100|10?[., '’]0|10?k\b|10\^))(?:"
    r"(?:10\^|1e\+?0?)(?P<power>\d)\b"
    r"|(?!\d\d? (?:years|months|weeks|days|hours)\b)"
    r"(?P<digits>\d{1,3}(?:[,. '’]\d{3})+|\d+) ?(?P<times>k\b|m\b|thousand\b|million\b)?"
    r"|(?P<word>hundred thousand|ten thousand|thousand|million|hundred|mille))|‰"
)
"""A share or rate of so many, and not of so many years."""
_NUMBER = re.compile(
    r"(?:(?:number|count)s?(?: of)? ?)?(?:people|persons|residents|adults|children|deaths|births"
    r"|cases|admissions|claimants|households|pupils|patients)?(?<!^)"
)
_WORDS = {
    **{"hundred": 1e2, "thousand": 1e3, "mille": 1e3, "k": 1e3, "million": 1e6, "m": 1e6},
    **{"ten thousand": 1e4, "hundred thousand": 1e5},
}
_POUNDS = {
    **dict.fromkeys(("k", "000", "000s", "'000", "'000s", "thousand", "thousands"), 1e3),
    **dict.fromkeys(("m", "million", "millions"), 1e6),
    **dict.fromkeys(("bn", "billion", "billions"), 1e9),
}
_MONEY = re.compile(
    rf"(?:(?:£|gbp|pounds?) ?(?P<many>{'|'.join(_POUNDS)})?|(?P<of>{'|'.join(_POUNDS)}) of pounds)"
)
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_TIME = re.compile(rf"({'|'.join(_DAYS)})s?\b")
_RAISED = {ord(sign): f"^{number}" for number, sign in enumerate("³⁴⁵⁶", start=3)}
_NOISE = frozenset(
    "rate crude population people persons residents directly age standardised dsr".split()
)


def is_percent(unit: str) -> bool:
    """Tell whether a unit is a percentage of people or things.

    Examples
    --------
    >>> is_percent("% of adults"), is_percent("Percent"), is_percent("percentage points")
    (True, True, False)
    """
    return bool(_PERCENT.fullmatch(_plain(unit)))


def is_number(unit: str) -> bool:
    """Tell whether a unit says that a value is a number of people or events.

    Examples
    --------
    >>> is_number("Number of deaths"), is_number("people"), is_number("deaths per 1,000 people")
    (True, True, False)
    """
    return bool(_NUMBER.fullmatch(_plain(unit)))


def multiplier(unit: str) -> float:
    """Return by what a unit multiplies count / denominator; not a number where it does not say.

    Examples
    --------
    >>> multiplier("%"), multiplier("Rate per 100 000 population"), multiplier("years")
    (100.0, 100000.0, nan)
    >>> multiplier("cases/100k"), multiplier("per thousand"), multiplier("per 10⁵")
    (100000.0, 1000.0, 100000.0)
    """
    if is_percent(unit):
        return 100.0
    match = _PER.search(_plain(unit))
    if not match:
        return float("nan")
    if match["power"]:
        return 10.0 ** int(match["power"])
    if not match["digits"]:
        return _WORDS[match["word"] or "mille"]
    return float(re.sub(r"\D", "", match["digits"])) * _WORDS.get(match["times"], 1)


def scale_of(unit: str) -> tuple[str, float]:
    """Return what a unit is of, and by how much; nothing and 0 where it is of no known scale.

    Examples
    --------
    >>> scale_of("per 1,000"), scale_of("£ thousands"), scale_of("weeks"), scale_of("visits")
    (('share', 1000.0), ('money', 1000.0), ('time', 7.0), ('', 0.0))
    """
    per, text = multiplier(unit), _plain(unit)
    if per > 0 or text in ("proportion", "fraction"):
        return "share", per if per > 0 else 1.0
    if money := _MONEY.fullmatch(text):
        return "money", _POUNDS.get(money["many"] or money["of"], 1.0)
    if time := _TIME.match(text):
        return "time", _DAYS[time[1]]
    return "", 0.0


def multipliers_named(name: str) -> set[float]:
    """Return what the name of an indicator says that its figures are multiplied by.

    Examples
    --------
    >>> multipliers_named("Falls per 1,000 people"), multipliers_named("% of adults who smoke")
    ({1000.0}, {100.0})
    """
    text = _plain(name)
    said = {multiplier(match[0]) for match in _PER.finditer(text)}
    return said | ({100.0} if _IN_PERCENT.search(text) else set())


def same_unit(first: str, second: str) -> bool:
    """Tell whether two units are one, however they are written.

    Examples
    --------
    >>> same_unit("Rate per 100000 population", "per 100,000"), same_unit("per cent", "%")
    (True, True)
    >>> same_unit("per 1,000 households", "per 1,000")
    False
    """
    return _meaning(first) == _meaning(second)


def _meaning(unit: str) -> tuple[float, str]:
    """Return a unit's multiplier, 0 for none, and the words that say what of."""
    text = _plain(unit)
    if is_percent(text):
        return 100.0, "%"
    rest = _PER.sub("", text)
    words = [word for word in re.findall(r"[^\s,()-]+", rest) if word not in _NOISE]
    per = multiplier(text)
    return (per if per > 0 else 0.0), " ".join(words)


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().translate(_RAISED).split())
