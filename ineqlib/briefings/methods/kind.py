"""The methods as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "methods"
KIND = area_kind(NAME, {}, check="subjects.find_area")
