"""The Local Outcomes Framework as a kind of document; its builder is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "local_outcomes"
KIND = area_kind(NAME, {}, check="subjects.find_area")
