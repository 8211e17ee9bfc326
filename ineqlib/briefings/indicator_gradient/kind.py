"""An indicator's gradient as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "indicator_gradient"
PARAMETERS = {
    "indicator": "",
    "dimension": "",
    "level": "",
    "sex": "",
    "since": 0,
    "until": 0,
}
"""What is measured, by which groups, over which areas, of whom and when."""
_BUILT_IN = "ineqlib.briefings.indicator_gradient.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_indicator_gradient"),
    check=LazyFunction(f"ineqlib.briefings.{NAME}.asked", "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters=PARAMETERS,
    notebook=shipped("notebooks", f"{NAME}.ipynb"),
    varies_by="indicator",
)
