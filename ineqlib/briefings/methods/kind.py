"""The methods as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "methods"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.methods.document", "open_methods"),
    check=LazyFunction("ineqlib.briefings.methods.document", "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={},
    notebook=shipped("notebooks", "methods.ipynb"),
)
