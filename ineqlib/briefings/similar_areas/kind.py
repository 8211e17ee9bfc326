"""Similar areas as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "similar_areas"
KIND = area_kind(NAME, {"indicator": "", "sex": ""}, check="asked.place_and_indicator")
