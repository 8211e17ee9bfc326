"""Neighbourhoods as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "neighbourhoods"
KIND = area_kind(NAME, {"indicator": "", "unit": ""}, check=f"{NAME}.asked.check_asked")
