"""Which rows are of England, by the codes of their areas; the others are set aside, by country."""

import re

import numpy as np
import pandas as pd

from ineqlib import areas
from ineqlib.sources import texts
from ineqlib.sources.identify import OWN
from ineqlib.sources.rows import Rows

_WRITE_CODE = ": write E92000001 for England, and leave out rows of notes and of other totals"
_TYPED_CODE = re.compile(r"[A-Za-z](?: ?\d){8}")
"""A code of an area as people type it: in lower case, with spaces."""
_CODE = re.compile(areas.CODE.pattern, re.ASCII)
_NO_CODE = "area code is not a GSS code (a letter and eight digits)"
_EMPTY = "area code is empty: fill it in, also where it is that of the row above"
_ELSEWHERE = {
    "W": "outside England: Wales",
    "S": "outside England: Scotland",
    "N": "outside England: Northern Ireland",
    "K": "outside England: United Kingdom, Great Britain, or England and Wales",
}
_NO_COUNTRY = "area code of no known country"
COUNTIES = {
    f"E100000{number}": name
    for number, name in (
        pair.split(maxsplit=1)
        for pair in (
            "02 Buckinghamshire, 03 Cambridgeshire, 06 Cumbria, 07 Derbyshire, 08 Devon, "
            "09 Dorset, 11 East Sussex, 12 Essex, 13 Gloucestershire, 14 Hampshire, "
            "15 Hertfordshire, 16 Kent, 17 Lancashire, 18 Leicestershire, 19 Lincolnshire, "
            "20 Norfolk, 21 Northamptonshire, 23 North Yorkshire, 24 Nottinghamshire, "
            "25 Oxfordshire, 27 Somerset, 28 Staffordshire, 29 Suffolk, 30 Surrey, "
            "31 Warwickshire, 32 West Sussex, 34 Worcestershire"
        ).split(", ")
    )
}
"""Counties with districts since 2009, those that ended among them."""
_REASONS = ("", _NO_CODE, _EMPTY, *_ELSEWHERE.values(), _NO_COUNTRY)


def keep_england(rows: Rows, by_name: bool) -> None:
    """Set aside rows whose code is of no area of England.

    Parameters
    ----------
    rows
        Their codes are put as publishers write them.
    by_name
        Whether a row without a code stays if it names its area.
    """
    code = texts.changed(rows.frame["area_code"], code_as_published)
    rows.frame = rows.frame.assign(area_code=code)
    number, different = pd.factorize(code, use_na_sentinel=False)
    reasons = [_reason(text) for text in different.tolist()]
    if not any(reasons):
        return
    why = np.array([_REASONS.index(reason) for reason in reasons])[number]
    outside = {reason: why == place for place, reason in enumerate(_REASONS) if reason}
    if by_name:
        outside[_EMPTY] &= (rows.frame["area_name"] == "").to_numpy()
    advice = _WRITE_CODE if rows.frame["publisher"].eq(OWN).any() else ""
    no_code = outside.pop(_NO_CODE)
    rows.leave_out_by({_NO_CODE + advice: no_code, **outside}, "area_code")


def _reason(code: str) -> str:
    """Say why a code is not one of England's; nothing, where it is."""
    if not _CODE.fullmatch(code):
        return _NO_CODE if code else _EMPTY
    return "" if code[0] in "EX" else _ELSEWHERE.get(code[0], _NO_COUNTRY)


def code_as_published(code: str) -> str:
    """Return a code of an area in capitals and without spaces; any other text as it is."""
    return code.replace(" ", "").upper() if _TYPED_CODE.fullmatch(code) else code
