"""Small pieces of text every layer needs: slugs, numbers as people read them, sex in words."""

import hashlib
import json
import math
import re
import unicodedata

NO_VALUE = {
    "suppressed": "[c]",
    "not_available": "[x]",
    "not_applicable": "[z]",
}
"""Shorthand for a value that is not there, as the Government Statistical Service writes it."""

SHORTHAND = {
    "[c]": "withheld by the publisher to protect confidentiality",
    "[x]": "not available",
    "[z]": "not applicable",
    "[u]": "low reliability: interpret with caution",
    "[p]": "provisional",
}

MARKS = {"low_reliability": "[u]", "provisional": "[p]"}
"""Shorthand that follows a value."""

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)

SEX_WORDS = {"Male": "men", "Female": "women", "Persons": ""}


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_json(content: object) -> str:
    """Return JSON as it stands in a page's data.

    Examples
    --------
    >>> as_json({"place": "Ynys Môn", "value": 1.5})
    '{"place":"Ynys Môn","value":1.5}'
    """
    return _JSON.encode(content)


def slug(text: str, longest: int = 60) -> str:
    """Reduce text to lower-case ASCII letters, digits and hyphens, safe in ids and file names.

    Examples
    --------
    >>> slug("Kingston upon Hull, City of"), slug("../<script>"), slug("…")
    ('kingston-upon-hull-city-of', 'script', 'x')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-") or "x"


def visible(text: str) -> str:
    """Write what no screen shows as codes: control characters, changes of direction, lone bytes.

    Line breaks and tabs stay. A file name that is no UTF-8 has a code for each byte that is not.

    Examples
    --------
    >>> print(visible("Falls \\x1b[31m"), visible("n\\udcff.csv"), visible("Tŷ"))
    Falls \\x1b[31m n\\xff.csv Tŷ
    """
    return _UNSEEN.sub(_code, text)


def _code(sign: re.Match[str]) -> str:
    number = ord(sign[0])
    if 0xDC80 <= number <= 0xDCFF:  # by which Python stands for a byte of a file name
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def name_id(name: str) -> str:
    """Make an id of a name: readable, and another for every other name.

    Capitals, white space and how accents are stored make no other name. What is not a letter from
    a to z, a digit or a space is not in the id itself, but in a hash at its end.

    Examples
    --------
    >>> name_id("Warm homes visits"), name_id("Falls at age <65")
    ('warm_homes_visits', 'falls_at_age_65__b2825c57bfe9')
    """
    folded = unicodedata.normalize("NFD", name).casefold()
    plain = " ".join(unicodedata.normalize("NFC", folded).split())
    readable = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if readable.replace("_", " ") == plain:
        return readable
    return f"{readable or 'name'}__{hashlib.sha256(plain.encode()).hexdigest()[:12]}"


def number(value: float, decimals: int) -> str:
    """Write a number with thousands separators and a true minus sign; never ``-0``.

    Examples
    --------
    >>> number(1234.56, 1), number(-0.04, 1), number(-2.5, 1)
    ('1,234.6', '0.0', '−2.5')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be shown; give its status instead")
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "−")


def with_unit(text: str, unit: str) -> str:
    """Join a written number and its unit.

    Examples
    --------
    >>> with_unit("23.4", "%"), with_unit("642", "£"), with_unit("81.2", "years")
    ('23.4%', '£642', '81.2 years')
    >>> with_unit("2.9", "score out of 10")
    '2.9 out of 10'
    """
    if unit in ("", "score"):
        return text
    if unit.startswith("score "):
        return f"{text} {unit.removeprefix('score ')}"
    if unit.startswith("£"):
        return f"£{text}{unit[1:]}"
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def difference_unit(unit: str) -> str:
    """Name the unit of a difference: percentages differ by percentage points.

    Examples
    --------
    >>> difference_unit("%"), difference_unit("years")
    ('percentage points', 'years')
    """
    return "percentage points" if unit == "%" else unit


def series_name(name: str, sex: str) -> str:
    """Name a series: the indicator and, where it is not everybody, whose.

    Examples
    --------
    >>> series_name("Life expectancy at birth", "Female")
    'Life expectancy at birth, women'
    """
    whose = SEX_WORDS.get(sex, sex)
    return f"{name}, {whose}" if whose else name


def when(period: str) -> str:
    """Say when: on a day, in a period.

    Examples
    --------
    >>> when("2022 to 2024"), when("30 April 2025")
    ('in 2022 to 2024', 'on 30 April 2025')
    """
    return f"on {period}" if re.match(r"\d{1,2} ", period) else f"in {period}"


def plural(number: int, noun: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> plural(1, "period"), plural(2, "period")
    ('1 period', '2 periods')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def joined(words: list[str]) -> str:
    """Join words as English does.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
