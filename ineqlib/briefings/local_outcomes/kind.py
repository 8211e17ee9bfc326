"""The Local Outcomes Framework as a kind of document; its builder is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "local_outcomes"
_BUILT_IN = "ineqlib.briefings.local_outcomes.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_local_outcomes"),
    check=LazyFunction(_BUILT_IN, "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={},
    notebook=shipped("notebooks", "local_outcomes.ipynb"),
)
