"""Cells of workbooks as the text a person sees, with all the digits that are stored."""

import re
from datetime import datetime, time
from decimal import Decimal

ERRORS = frozenset(
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #GETTING_DATA #FIELD! #BLOCKED!"
    " #UNKNOWN! #CONNECT!".split()
)
"""What a spreadsheet writes in place of a result it cannot work out."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""Parts of a number format that are shown as they stand, and so say nothing of the number."""


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
    """
    # Loading it takes as long as reading a workbook, and most files are none.
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415

    if "%" in _LITERAL.sub("", number_format):
        return "percent"
    if is_date_format(number_format) and not is_timedelta_format(number_format):
        return "date"
    scaled = _SCALED.search(_LITERAL.sub("", number_format.split(";", maxsplit=1)[0]))
    return _SCALES.get(len(scaled[1]), "") if scaled else ""


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
