"""What a member may ask: each question by what kind of finding it is about."""

from ineqlib.briefings.area.readers.summary import indicator_of
from ineqlib.briefings.area.readers.telling import Telling
from ineqlib.catalogue import Indicator
from ineqlib.document.blocks import bullets
from ineqlib.document.model import Section
from ineqlib.narrative.directions import first_year
from ineqlib.narrative.judgement import Finding
from ineqlib.narrative.reader import name_inside
from ineqlib.narrative.rules import is_tiny
from ineqlib.narrative.sentence import Period, Sentence, sentence
from ineqlib.text import joined

Asked = dict[tuple[str, str, str], list[str]]
"""Kind of question, whom it is for, since when -> what it is about."""
WORDS = {
    "gap": "which neighbourhoods does our money reach first, and would {it} be narrower if others "
    "came first?",
    "change": "what has been tried since {it} began to get worse, and what comes next?",
    "sign": "it may be chance: when shall we know, and what is looked into meanwhile?",
    "cause": "what lies behind {it} here: homes, money, work or something else, and who leads on "
    "that?",
    "level": "what do areas like ours with better figures do that we do not, and when would it "
    "show?",
    "good": "what has worked here, and what would it take to keep {it}?",
}
OTHERS = (
    "Which neighbourhoods gain most from what we spend, and which least?",
    "Who is not in these figures, and how do we hear from them?",
)


def questions(telling: Telling) -> Section:
    """What a member may ask, and of whom."""
    asked: Asked = {}
    for finding in telling.judgement.leading:
        indicator = indicator_of(finding)
        if indicator:
            kind, since = _kind(finding, indicator)
            names = asked.setdefault((kind, indicator.lead_owner, since), [])
            names += [indicator.public_name] * (indicator.public_name not in names)
    items = [_words(*key, names) for key, names in asked.items()]
    is_asked = any(kind == "gap" for kind, *_ in asked) or is_tiny(telling.facts)
    others = OTHERS[1:] if is_asked else OTHERS
    items += map(sentence, others)
    return Section("questions", "Questions to ask", (bullets("questions", items),))


def _kind(finding: Finding, indicator: Indicator) -> tuple[str, str]:
    """Return the kind of question that a finding asks for, and since when it changes."""
    if finding.gap:
        return "gap", ""
    if not finding.sure:
        return "sign", ""
    change = finding.comparison.change if finding.comparison else None
    if change and (finding.kind == "change" or (finding.side, change.better) == ("better", False)):
        return "change", first_year(change.first.period)
    if finding.side == "better":
        return "good", ""
    return "cause" if indicator.sensitive_to_local_action == "slow" else "level", ""


def _words(kind: str, owner: str, since: str, names: list[str]) -> Sentence:
    them = "it" if len(names) == 1 else "them"
    quoted = joined([f"“{name_inside(name)}”" for name in names])
    what = WORDS[kind].replace("{it}", them)
    began = sentence(" (since ", Period(since), ")") if since else sentence()
    whom = f"the {owner}" if owner.startswith("Director") or owner.endswith("board") else owner
    return sentence(f"To {whom}, about {quoted}", began, f": {what}")
