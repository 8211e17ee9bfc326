"""An economic case as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "economic_case"
KIND = area_kind(
    NAME,
    {
        "indicator": "",
        "target": "",
        "costs": "",
        "sex": "",
        "years": 1,
        "discount_rate": 0.0,
        "draws": 20_000,
        "seed": 1,
        "audience": "director",
    },
    check=f"{NAME}.asked.read_asked",
    paths=("costs",),
)
