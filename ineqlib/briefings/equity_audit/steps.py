"""The steps of the audit's cycle, and the decisions that people take in each.

The six steps are those of the NHS guidance of 2003 and 2004 (Hamer and others, *Health equity audit
made simple*; Department of Health, *Health equity audit: a self-assessment tool*).
"""

from typing import NamedTuple


class Step(NamedTuple):
    """One step: what it is called, and its decisions (key -> what is to be decided)."""

    title: str
    decisions: dict[str, str]


STEPS = (
    Step(
        "Step one: agree partners and issues",
        {
            "partners": "Partners and lead",
            "scope": "Scope: which service, for whom, where",
        },
    ),
    Step(
        "Step two: equity profile, to find the gap",
        {"gap": "Which gap we agree to narrow"},
    ),
    Step(
        "Step three: agree local action to narrow the gap",
        {"action": "Local action agreed"},
    ),
    Step(
        "Step four: agree priorities",
        {"priorities": "What comes first, and what does not"},
    ),
    Step(
        "Step five: secure changes in investment and service",
        {"resources": "Money, people and contracts that change"},
    ),
    Step(
        "Step six: review progress and assess impact",
        {"review": "When it is reviewed, and by which figures"},
    ),
)
DECISIONS = {key: words for step in STEPS for key, words in step.decisions.items()}
