"""The six steps of the audit, and what people decided in each."""

from ineqlib.briefings.equity_audit import words
from ineqlib.briefings.equity_audit.decisions import Decision, changed_since
from ineqlib.briefings.equity_audit.facts import Audit
from ineqlib.briefings.equity_audit.steps import STEPS
from ineqlib.document.blocks import Block, Heading, Paragraph
from ineqlib.document.model import Section
from ineqlib.narrative.sentence import Period, Sentence, Strong, in_a_row, sentence
from ineqlib.text import day_in_words, lower_first, slug


def cycle(audit: Audit) -> Section:
    """Show the six steps: what the page fills in, and what people decided."""
    blocks: list[Block] = []
    for step in STEPS:
        blocks.append(Heading(f"heading-{slug(step.title)}", step.title))
        if step is STEPS[1]:
            found = f"{lower_first(words.in_short(audit))}; the figures are above."
            blocks.append(Paragraph("profile-told", sentence(Strong("Found: "), found)))
        for key, what in step.decisions.items():
            decision = audit.asked.decided[key]
            blocks.append(Paragraph(f"decision-{key}", decided(what, decision)))
            if changes := changed_since(decision, audit.figures):
                blocks.append(Paragraph(f"changed-{key}", changed(changes), "note"))
    return Section("cycle", "The six steps, and what has been decided", tuple(blocks))


def decided(what: str, decision: Decision) -> Sentence:
    """Tell a decision in the words of those who took it."""
    if not decision.text:
        return sentence(Strong(f"{what}: "), "not decided yet.")
    who = ", ".join(filter(None, (decision.by, day_in_words(decision.date))))
    by = f" ({who})" if who else ""
    end = "" if decision.text.endswith(("!", "?")) and not who else "."
    said = f"{decision.text.rstrip('.')}{by}{end}"
    return sentence(Strong(f"{what}: "), Period(said))


def changed(changes: list[tuple[str, str, str]]) -> Sentence:
    """Say which figures are no longer those that a decision was taken on."""
    parts = in_a_row(
        (f"{name} was ", Period(then), ", now ", Period(now) if now else "not shown")
        for name, then, now in changes
    )
    return sentence(Strong("Changed since this was decided: "), parts, ".")
