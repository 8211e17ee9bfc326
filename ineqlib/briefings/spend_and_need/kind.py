"""Spending against need as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.subjects import area_kind

NAME = "spend_and_need"
UNKNOWN, NOTHING = "unknown", "nothing"
"""What areas got that a file of spending does not list."""
KIND = area_kind(
    NAME,
    {"spending": "", "need": DEPRIVATION, "funders": [], "period": "", "unlisted": UNKNOWN},
    check=f"{NAME}.asked.read_asked",
    paths=("spending",),
)
