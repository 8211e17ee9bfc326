"""A health equity audit as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "equity_audit"
_BUILT_IN = "ineqlib.briefings.equity_audit.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_equity_audit"),
    check=LazyFunction("ineqlib.briefings.equity_audit.asked", "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"service": "", "uptake": "", "need": DEPRIVATION, "decisions": ""},
    notebook=shipped("notebooks", "equity_audit.ipynb"),
    paths=("uptake", "decisions"),
)
