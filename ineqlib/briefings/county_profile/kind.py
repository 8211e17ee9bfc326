"""The county profile as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind
from ineqlib.catalogue import MARMOT

NAME = "county_profile"
KIND = area_kind(NAME, {"districts": [], "indicator_set": MARMOT}, check=f"{NAME}.document.check")
