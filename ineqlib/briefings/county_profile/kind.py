"""The county profile as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "county_profile"
INDICATOR_SET = "marmot"
KIND = area_kind(
    NAME, {"districts": [], "indicator_set": INDICATOR_SET}, check=f"{NAME}.document.check"
)
