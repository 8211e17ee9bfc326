"""A health equity audit as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.subjects import area_kind

NAME = "equity_audit"
KIND = area_kind(
    NAME,
    {"service": "", "uptake": "", "need": DEPRIVATION, "decisions": ""},
    check=f"{NAME}.asked.read_asked",
    paths=("uptake", "decisions"),
)
