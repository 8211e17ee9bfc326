"""The comparison of options as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "reorganisation"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.reorganisation.document", "open_reorganisation"),
    check=LazyFunction("ineqlib.briefings.reorganisation.document", "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"indicator_set": "marmot"},
    notebook=shipped("notebooks", "reorganisation.ipynb"),
)
