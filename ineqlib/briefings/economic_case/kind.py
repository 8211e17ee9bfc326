"""An economic case as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "economic_case"
_BUILT_IN = "ineqlib.briefings.economic_case.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_economic_case"),
    check=LazyFunction("ineqlib.briefings.economic_case.asked", "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={
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
    notebook=shipped("notebooks", "economic_case.ipynb"),
    paths=("costs",),
)
