"""What it would take, as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "what_would_it_take"
_BUILT_IN = "ineqlib.briefings.what_would_it_take.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_what_would_it_take"),
    check=LazyFunction(_BUILT_IN, "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"indicator": "", "target": "country", "by": 0, "sex": ""},
    notebook=shipped("notebooks", "what_would_it_take.ipynb"),
)
