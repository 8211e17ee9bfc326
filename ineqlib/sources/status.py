"""Why a row has a value or none: a publisher's shorthand and note in the contract's words."""

import re

from ineqlib.observations import HAS_VALUE, STATUSES

UNRELIABLE = "u"

STATUS_OF_SHORTHAND = {
    "c": "suppressed",
    "x": "not_available",
    "z": "not_applicable",
    UNRELIABLE: "low_reliability",
    "low": "low_reliability",
    "p": "provisional",
    "b": "ok",
    "e": "ok",
    "r": "ok",
    **{status: status for status in STATUSES},
}
"""The contract's own words, and the Government Statistical Service's shorthand ([c], [x] ...)."""

_BESIDE_A_VALUE = {
    UNRELIABLE: "unreliable (status u)",
    "b": "break in the series (status b)",
    "e": "estimated (status e)",
    "r": "revised (status r)",
}
"""What shorthand says of a figure besides its status, for its note."""

OLD_SYMBOLS = re.compile(
    r"[*#~:†‡$¥!^]+|\.{3,}|…|[<>≤≥] ?\d+|\d-\d|\(?[cxzupr]\)?|supp(?:ressed)?\.?|withheld|low"
    r"|s\.?|dna|(?:data )?not (?:available|applicable|shown|published)|\d+ or (?:fewer|less)"
    r"|(?:fewer|less) than \d+|(?:under|below) \d+|\d (?:-|to) \d+|confidential|redacted"
)
"""What tables wrote for a figure that is not shown, before the shorthand in brackets."""

_DISCLOSURE = re.compile(r"disclos|confidential", re.IGNORECASE)
_SUPPRESSED = re.compile(r"suppress", re.IGNORECASE)
_OTHER_REASON = re.compile(r"reliab|robust|quality|complete|sample", re.IGNORECASE)
_NOT_SHOWN = re.compile(
    r"(?:(?:the |this )?(?:value|figure|data|rate|percentage|estimate)s? "
    r"(?:is |are |was |were |has been |have been )?)?"
    r"(?:suppressed|withheld|missing|not (?:available|published|shown|calculated)"
    r"|can(?:not|'t| not) be (?:calculated|shown|published))\b"
    r"(?! (?:in|from|for|before|by|at|until|elsewhere)\b"
    r"(?! (?:disclos|confiden|small|low|(?:data )?quality|reliab|reasons)))",
    re.IGNORECASE,
)
"""At the beginning of a note: that of the row, and not of another one, has no value."""
_NO_BOUND = "".join(
    f"(?<!{word} )" for word in "than under below least most to between and or of".split()
)
_PEOPLE = "people persons children patients pupils residents deaths cases events visits".split()
_PARTS = "quarters months weeks years terms areas wards districts sites practices schools".split()
_TELLS_COUNT = re.compile(
    rf"{_NO_BOUND}(?<![\d.,/<>≤≥–-])(?:"
    rf"\d[\d,]* (?:out )?of (?:the |a total of )?\d[\d,]*\b(?!/| (?:or|{'|'.join(_PARTS)})\b)"
    rf"|\b(?:n|count|numerator|number) ?[=:] ?\d|\b\d\d? (?:{'|'.join(_PEOPLE)})\b)",
    re.IGNORECASE,
)
"""In a note of a figure that is withheld: how many there are, and not how few may be."""
_CAUTION = re.compile(r"caution|reliab|data quality", re.IGNORECASE)
_PROVISIONAL = re.compile(r"\bprovisional\b", re.IGNORECASE)


def says_withheld(note: str) -> bool:
    """Tell whether a note says of its own row that the value is not shown.

    Examples
    --------
    >>> says_withheld("Value suppressed for disclosure control due to small count")
    True
    >>> says_withheld("Not available for earlier years"), says_withheld("Some areas suppressed")
    (False, False)
    """
    return bool(_NOT_SHOWN.match(note.strip()))


def tells_count(note: str) -> bool:
    """Tell whether a note says how many people or events a withheld figure is of.

    Examples
    --------
    >>> tells_count("3 of 120 people"), tells_count("Withheld (n = 3)")
    (True, True)
    >>> tells_count("Fewer than 8 visits"), tells_count("1 to 4 cases"), tells_count("2 of 2023/24")
    (False, False, False)
    """
    return bool(_TELLS_COUNT.search(note))


def status_and_note(code: str, note: str, has_value: bool) -> tuple[str, str]:
    """Return a row's status, and its note with what the shorthand says in plain words.

    Only a value withheld to protect people is ``suppressed``; one that is too unreliable to
    publish, or rests on too few cases to calculate, is ``not_available``.

    Parameters
    ----------
    code : str
        Shorthand in lower case without brackets, or one of the contract's statuses; or nothing.
    note : str
        The publisher's own words.
    has_value : bool
        Whether there is a value beside them.

    Returns
    -------
    tuple of str
        The status is empty for a code nobody defined.

    Examples
    --------
    >>> status_and_note("u", "", has_value=False)
    ('not_available', 'not published: unreliable (status u)')
    >>> status_and_note("", "Value suppressed for disclosure control", has_value=False)[0]
    'suppressed'
    """
    if code and code not in STATUS_OF_SHORTHAND:
        return "", note
    meaning = STATUS_OF_SHORTHAND.get(code, "ok")
    if has_value:
        return (_of_value(note) if meaning == "ok" else meaning), _joined(
            _BESIDE_A_VALUE.get(code, ""), note
        )
    if meaning not in HAS_VALUE:
        return meaning, note or _words_of_absence(code)
    words = _words_of_absence(code) if meaning == "low_reliability" else ""
    return ("suppressed" if _protects_people(note) else "not_available"), _joined(words, note)


def _of_value(note: str) -> str:
    if _CAUTION.search(note):
        return "low_reliability"
    return "provisional" if _PROVISIONAL.search(note) else "ok"


def _protects_people(note: str) -> bool:
    """Tell suppression for disclosure control from suppression for any other reason given."""
    if _DISCLOSURE.search(note):
        return True
    return bool(_SUPPRESSED.search(note)) and not _OTHER_REASON.search(note)


def _words_of_absence(code: str) -> str:
    """Spell out shorthand; the contract's own words need no spelling out."""
    match code:
        case "x":
            return "not published: not available (status x)"
        case "u" | "low" | "low_reliability":
            return f"not published: unreliable (status {code})"
        case _:
            return ""


def _joined(first: str, second: str) -> str:
    return "; ".join(filter(None, [first, second]))
