"""Write an assurance record of a briefing: every figure in it is computed from the pack.

python docs/make_assurance.py data/packs/england Stevenage --downloads downloads

Without --out it writes docs/assurance-example.md. Names, dates and judgements are left to people.
"""

import argparse
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from assurance_checks import (
    Checked,
    as_in_the_pack,
    check,
    fact_of,
    slope_again,
    verdict_again,
)

from ineqlib.audit import audit_labels
from ineqlib.facts.comparisons import OVERLAP, recent
from ineqlib.facts.fact import interval_text
from ineqlib.facts.published_labels import labels_of_pack
from ineqlib.narrative.first_line import finding_line
from ineqlib.pack import open_pack
from ineqlib.text import plural

HERE = Path(__file__).parent
TEMPLATE, PAGE = HERE / "assurance.md", HERE / "assurance-example.md"
SECTION = re.compile(r"^## (.+)\n\n", re.MULTILINE)
BLANK = "*to be filled in*"
OPENING = f"""\
An example of [the template](assurance.md), filled as far as a computer can. Every number below is
computed by `docs/make_assurance.py` from the pack. What only people can say is marked {BLANK},
or stands in an empty table: **nobody has signed this example off**. That one program checks another
of the same authors is no independent assurance; the assurer's own checks are still to be done."""


def page(checked: Checked) -> str:
    """Return the record as Markdown: the template's headings, each with what was computed."""
    _, *template = SECTION.split(TEMPLATE.read_text(encoding="utf-8"))
    headings, asked = template[::2], template[1::2]
    parts = (about, None, purpose, verification, figures, validation, uncertainty, limits, None)
    lines = [f"# Assurance record: {checked.document.title}", "", *OPENING.splitlines()]
    for heading, body, part in zip(headings, asked, parts, strict=True):
        # Without a part it is for people alone: their table stays, and stays blank.
        rows = [line for line in body.splitlines() if line.startswith("|")]
        lines += ["", f"## {heading}", "", *(part(checked) if part else rows)]
    return "\n".join(lines) + "\n"


def table(*rows: tuple[object, ...]) -> Iterator[str]:
    """Yield a table whose first row is its heading."""
    for number, cells in enumerate(rows):
        yield f"| {' | '.join(map(str, cells))} |"
        if number == 0:
            yield "|" + "---|" * len(cells)


def about(checked: Checked) -> Iterator[str]:
    """Yield what was made from what."""
    pack, document = checked.pack, checked.document
    yield from table(
        ("", ""),
        ("Output", f"{document.title}, kind `{document.kind}`, for directors"),
        ("Data", f"{pack.title}: {pack.meta.vintage}; id of the pack `{pack.id[:16]}`"),
        ("Files behind its figures", len(document.origin.files)),
        ("Publishers of these", ", ".join(sorted({f.publisher for f in document.origin.files}))),
        ("Figures of the document", f"{len(document.facts):,}"),
        ("Version control", "commit and version that it was made with: " + BLANK),
    )


def bullets(*items: str) -> Iterator[str]:
    """Yield a list whose items are folded at the width of a page."""
    for item in items:
        yield textwrap.fill(
            f"- {item}", 100, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )


def purpose(checked: Checked) -> Iterator[str]:
    """Yield what the briefing is for."""
    name, country = checked.document.subject.name, checked.facts.profile.country_name
    yield from bullets(
        f"**Question:** where is health in {name} worse or better than in {country} and in similar "
        "areas, and how large are the gaps inside it?",
        f"**Decision that it informs, and what a wrong figure would cost:** {BLANK}",
        "**Not for:** saying why areas differ, judging single services, or naming people. It "
        "describes published figures and proves no cause.",
    )


def verification(checked: Checked) -> Iterator[str]:
    """Yield whether it was made right: each check with what came out."""
    published = [fact for fact in checked.document.facts.values() if fact.method == "published"]
    compared = [each for each in checked.facts.comparisons if each.basis == OVERLAP]
    slopes = [gradient for gradient in checked.facts.gradients if gradient.sii is not None]
    agreeing = sum(verdict_again(each) for each in compared)
    numbers = checked.document.facts
    wrong = "; ".join(checked.problems) or "no difference"
    tables = len(checked.pack.meta.tables)
    yield from table(
        ("check", "came out", "held for every briefing by"),
        (
            "each table of the pack has the SHA-256 it was made with",
            f"{tables} compared, none differs",  # or `check` has raised
            "`tests/unit/test_pack.py::test_a_changed_table_is_named_with_both_hashes`",
        ),
        (
            f"the page against the document built a second time ({len(checked.read.sections)} "
            f"sections, {len(numbers):,} figures)",
            wrong,
            "`tests/unit/test_verify_edits.py::"
            "test_every_letter_of_a_section_that_a_reader_sees_is_checked`",
        ),
        (
            "a figure shown as published is what its row of the pack says",
            f"{as_in_the_pack(checked.pack, published):,} of {len(published):,}",
            "`tests/unit/test_facts.py::test_a_published_fact_is_its_row_in_the_pack`",
        ),
        (
            "better, similar or worse, decided again from value and limits",
            f"{agreeing} of {len(compared)}",
            "`tests/unit/test_facts.py::test_verdicts_follow_the_overlap_rule_and_polarity`",
        ),
        (
            "a slope index is that of an independent least squares, to nine digits",
            f"{sum(map(slope_again, slopes))} of {len(slopes)}",
            "`tests/unit/test_facts.py::test_slopes_equal_an_independent_least_squares`",
        ),
    )
    yield ""
    yield f"Somebody other than the analyst has read the page beside its sources: {BLANK}"


def figures(checked: Checked) -> Iterator[str]:
    """Yield what leads the briefing, each figure followed to its publisher."""
    titles = dict(
        zip(checked.pack.sources["source_id"], checked.pack.sources["title"], strict=True)
    )
    rows = []
    for finding in checked.judgement.leading:
        fact = fact_of(finding)
        trace = checked.traces[fact.id]
        unproved = [
            f"{step.name} {step.outcome}" for step in trace.steps if step.outcome != "holds"
        ]
        held = f"{len(trace.steps) - len(unproved)} of {len(trace.steps)} steps proved"
        chain = "; ".join([held, *unproved])
        line = finding_line(finding, checked.facts)
        interval = interval_text(fact) if fact.limits else "no interval published"
        about = f"{fact.text} ({interval}), {fact.period}"
        rows.append((line, about, titles.get(fact.source, "computed here"), f"`{fact.id}`", chain))
    if not rows:
        yield checked.judgement.nothing
        return
    yield from table(("says", "figure (95% interval)", "source", "id", "`ineq trace`"), *rows)


def validation(checked: Checked) -> Iterator[str]:
    """Yield whether it is the right analysis: what others publish, and people's view."""
    profile = checked.facts.profile
    labels = labels_of_pack(checked.pack)
    codes = {profile.area.code, *labels.loc[labels["is_country"], "area_code"].unique()}
    report = audit_labels(labels[labels["area_code"].isin(codes)])
    own = report.findings[report.findings["area_code"] == profile.area.code]
    verdicts = own.groupby(["verdict", "why"]).size()
    counted = "; ".join(
        f"{number:,} {verdict}" + (f" ({why})" if why else "")
        for (verdict, why), number in verdicts.items()
    )
    yield from bullets(
        f"**Publishers' own labels** of {profile.area.name}, [recomputed](published-labels.md) by "
        f"their rules: {counted or 'none in this pack'}.",
        "**Methods:** each with formula, source and worked example in [methods](methods.md); their "
        "intervals hold the truth as often as [coverage](coverage.md) says.",
        "**What leads a briefing** was tried on areas whose truth is known ([findings "
        "tested](findings-tested.md)).",
        f"**Do the findings fit what people here know? What was surprising?** {BLANK}",
        f"**Does it answer the commissioner's question?** {BLANK}",
    )


def uncertainty(checked: Checked) -> Iterator[str]:
    """Yield how sure the figures are, and what the wording makes of it."""
    facts, judgement = checked.facts, checked.judgement
    newest = recent(facts.comparisons)
    figures = [each.facts["area"] for each in newest if "area" in each.facts]
    with_limits = sum(figure.limits is not None for figure in figures)
    tally = {name: fact.number for name, fact in facts.tally.items()}
    told = plural(len(judgement.worse) + len(judgement.better), "topic")
    unsure = sum(not finding.sure for finding in judgement.leading)
    yield from bullets(
        f"{with_limits} of {plural(len(newest), 'recent figure')} have a 95% interval, published "
        "or computed.",
        f"One by one, {tally['better']} of {tally['judged']} judged figures are better than the "
        f"country's, {tally['similar']} similar and {tally['worse']} worse. Of figures that are "
        "really the same, about 5 in 100 would be called different; so the briefing tells only "
        f"what [stands among all comparisons](decisions/0018-what-stands.md): {told}.",
        f"Of the {plural(len(judgement.leading), 'finding')} that lead, {unsure} may be chance; "
        "such a one says so itself.",
        f"What no interval holds (definitions, coverage, late registration): {BLANK}",
    )


def limits(checked: Checked) -> Iterator[str]:
    """Yield what the briefing cannot say."""
    facts = checked.facts
    names = sum(len(each.names) for each in facts.not_shown)
    groups = plural(len(facts.not_shown), "group")
    without = [
        f"{count.number} without one for the {role}" for role, count in facts.without.items()
    ]
    yield from bullets(
        f"Figures that miss a comparison: {', '.join(without) or 'none'}.",
        f"Figures too old to speak, which stand in the annex: {len(checked.judgement.older)}.",
        f"Figures in the pack that the briefing leaves out: {names}, in {groups} that its annex "
        "names with the reason.",
        f"Published for wider areas alone: {len(facts.wider_only)}.",
        "What publishers withhold stays withheld; nothing is estimated in its place.",
        f"What a reader must be told besides: {BLANK}",
    )


def main() -> None:
    """Write the record."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("pack", help="a pack, or where it is")
    options.add_argument("area", help="code or name of an area")
    options.add_argument("--downloads", type=Path, help="the files that the pack was built from")
    options.add_argument("--out", type=Path, default=PAGE)
    asked = options.parse_args()
    text = page(check(open_pack(asked.pack), asked.area, asked.downloads))
    asked.out.write_text(text, encoding="utf-8", newline="\n")
    print(asked.out)


if __name__ == "__main__":
    main()
