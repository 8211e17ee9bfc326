"""Cells of workbooks as the text a person sees, with all the digits that are stored."""

import operator
import re
from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal

ERRORS = frozenset(
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #GETTING_DATA #FIELD! #BLOCKED!"
    " #UNKNOWN! #CONNECT!".split()
)
"""What a spreadsheet writes in place of a result it cannot work out."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""Parts of a number format that are shown as they stand, and so say nothing of the number."""


_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}
_MARKS = re.compile(r'"([^"]*)"|\\(.)|\[(?![hms]+\])[^\]]*\]|[_*].')
_SHOWS_NUMBER = re.compile(r"[0#?@]|general|[dmyhs]", re.IGNORECASE)
_NOUGHT = ("", "-", "–")
"""What a number format may show of a nought, which is one all the same."""
_WORDS = "words:"
"""Before a number format that shows words, or nothing, in place of some numbers."""
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_SCALES = {1: "thousands", 2: "millions", 3: "thousands of millions"}


def format_kind(number_format: str) -> str:
    """Tell what a number format makes of a number: ``percent``, ``date``, ``thousands`` ...

    Examples
    --------
    >>> format_kind("0.0%"), format_kind('0.0"%"'), format_kind("dd/mm/yyyy")
    ('percent', '', 'date')
    >>> format_kind("#,##0"), format_kind("#,##0,"), format_kind("0.0,,")
    ('', 'thousands', 'millions')
    >>> format_kind('[<5]"[c]";0')
    'words:[<5]"[c]";0'
    """
    sections = _sections(number_format or "General")
    hides = not all(map(_is_number, sections))
    if hides and (_CONDITION.search(number_format) or not _is_number(sections[0])):
        return f"{_WORDS}{number_format}"
    # Loading it takes as long as reading a workbook, and most files are none.
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415

    if "%" in _LITERAL.sub("", number_format):
        return "percent"
    if is_date_format(number_format) and not is_timedelta_format(number_format):
        return "date"
    scaled = _SCALED.search(_LITERAL.sub("", number_format.split(";", maxsplit=1)[0]))
    return _SCALES.get(len(scaled[1]), "") if scaled else ""


def _sections(number_format: str) -> list[str]:
    """Part a number format at the semicolons that are no words of it."""
    return re.findall(r'((?:"[^"]*"|\\.|[^;])*)(?:;|$)', number_format)[:4]


def _is_number(section: str) -> bool:
    return bool(_SHOWS_NUMBER.search(_MARKS.sub("", section)))


def _words(value: float, number_format: str) -> str | None:
    """Return the words that a number format shows in place of a number, if it does.

    Examples
    --------
    >>> _words(3, '[<5]"[c]";0'), _words(7, '[<5]"[c]";0'), _words(7, ";;;")
    ('[c]', None, '')
    """
    sections = _sections(number_format)[:3]
    conditions = [_CONDITION.search(section) for section in sections]
    place = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2
    if any(conditions):
        fits = [match and _COMPARED[match[1]](value, float(match[2])) for match in conditions]
        fits = [bool(fit) or match is None for fit, match in zip(fits, conditions, strict=True)]
        place = fits.index(True) if True in fits else len(sections) - 1
    section = sections[place] if place < len(sections) else sections[0]
    if _is_number(section):
        return None
    return "".join(a or b for a, b in _MARKS.findall(section)).strip()


def number_text(value: float) -> str:
    """Write a number with the 15 digits that a spreadsheet shows of it at most.

    Examples
    --------
    >>> number_text(0.1 + 0.2), number_text(2023.0), number_text(1e-7)
    ('0.3', '2023', '0.0000001')
    """
    text = f"{value:.15g}"
    return f"{Decimal(text):f}" if "e" in text and -99 < Decimal(text).adjusted() < 99 else text


def percent_text(value: float) -> str:
    """Write a number that a spreadsheet shows as a percentage.

    Examples
    --------
    >>> percent_text(0.119), percent_text(0.5)
    ('11.9%', '50%')
    """
    text = f"{Decimal(number_text(value)) * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def date_text(value: datetime) -> str:
    """Write a date as ISO 8601 does; the time only if there is one."""
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def formatted_text(value: float, kind: str, mac_dates: bool) -> tuple[str, bool]:
    """Write a stored number as its format shows it; tell whether it is a date.

    One that is shown in thousands is written so that nobody takes it for a number: whether the unit
    beside it is of what is stored or of what is shown, the workbook does not say.
    """
    if kind.startswith(_WORDS):
        number_format = kind.removeprefix(_WORDS)
        words = _words(value, number_format)
        if words is not None and (value or words not in _NOUGHT):
            return words, False
        shown = next(filter(_is_number, _sections(number_format)), "")
        kind = format_kind(_CONDITION.sub("", shown))
    if kind in _SCALES.values() and value:
        return f"{number_text(value)} (shown in {kind})", False
    if kind == "percent":
        return percent_text(value), False
    if kind == "date":
        from openpyxl.utils.datetime import (  # noqa: PLC0415 (as in `format_kind`)
            CALENDAR_MAC_1904,
            CALENDAR_WINDOWS_1900,
            from_excel,
        )

        epoch = CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900
        try:
            moment = from_excel(value, epoch)
        except (OverflowError, ValueError):
            return "#VALUE!", False  # what the spreadsheet shows, in more signs
        if isinstance(moment, datetime):
            return date_text(moment), True
        if isinstance(moment, time) and value:
            return moment.isoformat(), False
    return number_text(value), False


def is_note_mark(raised: str) -> bool:
    """Tell whether raised letters or figures are the mark of a note, and not of an ordinal number.

    Examples
    --------
    >>> is_note_mark("1"), is_note_mark("[2, 3]"), is_note_mark("a"), is_note_mark("st")
    (True, True, True, False)
    """
    return raised.strip().casefold() not in ("st", "nd", "rd", "th")


def reference(row: int, column: int) -> str:
    """Return the name of a cell; both are counted from 1.

    Examples
    --------
    >>> reference(3, 28)
    'AB3'
    """
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, counted from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
