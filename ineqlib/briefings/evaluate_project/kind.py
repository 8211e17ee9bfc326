"""The evaluation of a project as a kind of document; what builds it is imported when built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "evaluate_project"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.evaluate_project.document", "open_evaluate_project"),
    check=LazyFunction("ineqlib.briefings.evaluate_project.asked", "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={
        "indicator": "",
        "start": "",
        "also": [],
        "direction": "",
        "hoped": 0.0,
        "sex": "",
    },
    notebook=shipped("notebooks", "evaluate_project.ipynb"),
)
