"""Neighbourhoods as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "neighbourhoods"
_BUILT_IN = "ineqlib.briefings.neighbourhoods.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_neighbourhoods"),
    check=LazyFunction(_BUILT_IN, "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"indicator": "", "unit": ""},
    notebook=shipped("notebooks", "neighbourhoods.ipynb"),
)
