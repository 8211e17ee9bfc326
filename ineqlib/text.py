"""Small pieces of text every layer needs: slugs, numbers as people read them, sex in words."""

import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

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
CHILD_WORDS = {"Male": "boys", "Female": "girls"}
_SAYS_SEX = {"Male": {"men", "boys", "fathers"}, "Female": {"women", "girls", "mothers"}}
"""Words of a name that say whose figure it is already."""

TIE = 1e-9
"""What a half may be off by, for most decimal fractions have no exact binary one."""
ADULT = 18
_AGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\d+) ?\+"), "aged {0} and over"),
    (re.compile(r"(?:<|under) ?(\d+)"), "aged under {0}"),
    (re.compile(r"(\d+(?:\.\d+)?) ?(?:-|–|to) ?(\d+(?:\.\d+)?)"), "aged {0} to {1}"),
    (re.compile(r"(\d+)"), "aged {0}"),
)
_EVERYBODY = ("", "all ages", "not applicable")


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


def plain_name(name: str) -> str:
    """Return what two ways to write one name have in common.

    Examples
    --------
    >>> plain_name("Adults who  smoke"), plain_name("smoking_adults")
    ('adults who smoke', 'smoking adults')
    """
    return " ".join(name.replace("_", " ").split()).casefold()


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

    A half is rounded up, as publishers do and as people check it.

    Examples
    --------
    >>> number(1234.56, 1), number(-0.04, 1), number(-2.5, 1)
    ('1,234.6', '0.0', '−2.5')
    >>> number(70.5, 0), number(79.5, 0), number(-0.25, 1)
    ('71', '80', '−0.3')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be shown; give its status instead")
    scale = 10.0**decimals
    if abs(abs(value) * scale % 1 - 0.5) < TIE:
        value = math.copysign((abs(value) * scale // 1 + 1) / scale, value)
    text = f"{value:,.{decimals}f}"
    if not text.startswith("-"):
        return text
    return text.replace("-", "−" if text.strip("-0.,") else "")


def with_unit(text: str, unit: str) -> str:
    """Join a written number and its unit.

    Examples
    --------
    >>> with_unit("23.4", "%"), with_unit("642", "£"), with_unit("81.2", "years")
    ('23.4%', '£642', '81.2 years')
    >>> with_unit("2.9", "score out of 10"), with_unit("−642", "£")
    ('2.9 out of 10', '−£642')
    """
    if unit in ("", "score"):
        return text
    if unit.startswith("score "):
        return f"{text} {unit.removeprefix('score ')}"
    if unit.startswith("£"):
        sign, digits = ("−", text[1:]) if text.startswith("−") else ("", text)
        return f"{sign}£{digits}{unit[1:]}"
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def difference_unit(unit: str) -> str:
    """Name the unit of a difference: percentages differ by percentage points.

    Examples
    --------
    >>> difference_unit("%"), difference_unit("years")
    ('percentage points', 'years')
    """
    return "percentage points" if unit == "%" else unit


@lru_cache(maxsize=5_000)
def series_name(name: str, sex: str, age: str = "", usual_age: str = "") -> str:
    """Name a series: the indicator and, where it is not everybody, whose.

    A sex that the indicator names itself is not named again, nor is its usual age.

    Examples
    --------
    >>> series_name("Life expectancy at birth", "Female")
    'Life expectancy at birth, women'
    >>> series_name("Adults who smoke", "Male", "65+ yrs", "18+ yrs")
    'Adults who smoke, men aged 65 and over'
    >>> series_name("Women screened for breast cancer", "Female", "53-70 yrs", "53-70 yrs")
    'Women screened for breast cancer'
    """
    said = set(re.findall(r"[a-z]+", name.casefold())) & _SAYS_SEX.get(sex, set())
    words = SEX_WORDS | (CHILD_WORDS if _are_children(age or usual_age) else {})
    unusual = _plain_age(age) != _plain_age(usual_age)
    whose = ["" if said else words.get(sex, sex), age_in_words(age) if unusual else ""]
    return f"{name}, {' '.join(filter(None, whose))}" if any(whose) else name


def age_in_words(age: str) -> str:
    """Say of what age people are; nothing where they are of every age.

    Examples
    --------
    >>> age_in_words("16-64 yrs"), age_in_words("<75 yrs"), age_in_words("All ages")
    ('aged 16 to 64', 'aged under 75', '')
    """
    plain = _plain_age(age)
    if plain in _EVERYBODY:
        return ""
    for pattern, words in _AGES:
        if match := pattern.fullmatch(plain):
            return words.format(*match.groups())
    return f"of age {age}"


def _plain_age(age: str) -> str:
    return re.sub(r" *(?:yrs?|years?)\.?$", "", " ".join(age.casefold().split()))


def _are_children(age: str) -> bool:
    """Tell whether everybody of an age group is under 18."""
    plain = _plain_age(age)
    if plain.endswith(("weeks", "months")):
        return True
    ages = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)]
    open_ended = "+" in plain or ">" in plain
    return bool(ages) and not open_ended and max(ages) < ADULT + ("<" in plain)


def when(period: str) -> str:
    """Say when: on a day, in a period.

    Examples
    --------
    >>> when("2022 to 2024"), when("30 April 2025")
    ('in 2022 to 2024', 'on 30 April 2025')
    """
    return f"on {period}" if re.match(r"\d{1,2} ", period) else f"in {period}"


def day_in_words(day: date | str) -> str:
    """Write a day as people read it; a text that is no date stays as it is.

    Examples
    --------
    >>> day_in_words(date(2026, 11, 30)), day_in_words("2026-11-30"), day_in_words("last week")
    ('30 November 2026', '30 November 2026', 'last week')
    """
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            return str(day)
    return f"{day.day} {day:%B %Y}"


def upper_first(text: str) -> str:
    """Begin a text with a capital letter, and leave the others as they are.

    Examples
    --------
    >>> upper_first("in North Tyneside")
    'In North Tyneside'
    """
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write a name as it stands inside a sentence.

    Examples
    --------
    >>> lower_first("Life expectancy at birth, men")
    'life expectancy at birth, men'
    """
    return text[:1].lower() + text[1:]


def plural(number: int, noun: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> plural(1, "period"), plural(2, "period")
    ('1 period', '2 periods')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that are there more than once, in alphabetical order.

    Examples
    --------
    >>> repeated(["b", "a", "c", "b", "a"])
    ['a', 'b']
    """
    return sorted(name for name, times in Counter(names).items() if times > 1)


def joined(words: list[str]) -> str:
    """Join words as English does.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
