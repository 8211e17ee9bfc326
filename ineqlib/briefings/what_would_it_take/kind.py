"""What it would take, as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "what_would_it_take"
KIND = area_kind(
    NAME,
    {"indicator": "", "target": "country", "by": 0, "sex": ""},
    check=f"{NAME}.document.read_asked",
)
