"""The evaluation of a project as a kind of document; what builds it is imported when built."""

from ineqlib.briefings.subjects import area_kind

NAME = "evaluate_project"
KIND = area_kind(
    NAME,
    {"indicator": "", "start": "", "also": [], "direction": "", "hoped": 0.0, "sex": ""},
    check=f"{NAME}.asked.read_asked",
)
