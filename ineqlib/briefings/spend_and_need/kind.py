"""Spending against need as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "spend_and_need"
UNKNOWN, NOTHING = "unknown", "nothing"
"""What areas got that a file of spending does not list."""
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.spend_and_need.document", "open_spend_and_need"),
    check=LazyFunction("ineqlib.briefings.spend_and_need.document", "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={
        "spending": "",
        "need": DEPRIVATION,
        "funders": [],
        "period": "",
        "unlisted": UNKNOWN,
    },
    notebook=shipped("notebooks", "spend_and_need.ipynb"),
    paths=("spending",),
)
