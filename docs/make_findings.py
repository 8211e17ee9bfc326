"""Write the pages of findings.

python docs/make_findings.py                        docs/findings.md, from the demonstration
python docs/make_findings.py --real PACK            docs/findings-real.md, from a pack of England
"""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ineqlib.demo import make_demo_pack
from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.area import AreaFacts
from ineqlib.facts.profile import COMPARATORS
from ineqlib.narrative.first_line import finding_line
from ineqlib.narrative.judgement import Finding, judge
from ineqlib.pack import Pack, open_pack
from ineqlib.text import lower_first

HERE = Path(__file__).parent
DEMO = tuple(f"X070000{number:02d}" for number in (*range(1, 7), 21, *range(7, 10)))
"""The ten districts of the demonstration's county, by name."""
REAL = (
    *("Barnsley", "Birmingham", "Blackpool", "Boston", "Bradford", "Cornwall", "Hackney", "Hart"),
    *("Hastings", "Hertfordshire", "Isles of Scilly", "Kensington and Chelsea"),
    *("Kingston upon Hull", "Leeds", "Liverpool", "Luton", "Middlesbrough", "North Norfolk"),
    *("Oldham", "Richmond upon Thames", "Rutland", "Stevenage", "Stockton-on-Tees", "Surrey"),
)
OPENING = """\
# Findings

What leads the briefing of each district of the demonstration's county, and the rules that chose it
([0017](decisions/0017-which-figures-speak.md) to [0022](decisions/0022-the-order-of-findings.md)).
`python docs/make_findings.py` writes this page. How often such findings are true of areas whose
truth is known: [findings tested](findings-tested.md). The same of real areas:
[findings, real](findings-real.md).

"""
REAL_OPENING = """\
# Findings of real areas

What leads the briefing of {areas} English authorities, and the rules that chose it, from a pack of
published figures as they were at the end of November 2026. The period is given where it is a change
or a gap, and is otherwise the newest published (2022 to 2025). Sources: OHID, Fingertips, and ONS,
Explore Local Statistics, under the Open Government Licence v3.0.
`python docs/make_findings.py --real PACK` writes the table.

"""


def main() -> None:
    """Write one of the pages."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--real", metavar="PACK", help="a pack of England")
    asked = options.parse_args()
    if asked.real:
        path, text = HERE / "findings-real.md", real_page(open_pack(asked.real))
    else:
        pack = open_pack(make_demo_pack(HERE.parent / "data" / "demo"))
        path, text = HERE / "findings.md", demo_page(pack)
    path.write_text(text, encoding="utf-8")
    print(path)


def demo_page(pack: Pack) -> str:
    """Return the page of the demonstration."""
    return OPENING + table(pack, DEMO)


def real_page(pack: Pack) -> str:
    """Return the page of real areas, with what an analyst says of them."""
    page = HERE / "findings-real.md"
    said = page.read_text(encoding="utf-8").partition("## ") if page.exists() else ("", "", "")
    return REAL_OPENING.format(areas=len(REAL)) + table(pack, REAL) + "\n" + "".join(said[1:])


def table(pack: Pack, areas: Iterable[str]) -> str:
    """Return a row for each finding of each area."""
    lines = ["| area | what leads | rules |", "|---|---|---|"]
    for area in areas:
        profile = read_profile(pack, area, comparators=list(COMPARATORS), indicator_set="marmot")
        facts = area_facts(profile)
        judgement = judge(facts)
        name = profile.area.name
        for finding in judgement.leading:
            told = finding_line(finding, facts) + told_with_it(finding, facts)
            lines.append(f"| {name} | {told} | {', '.join(finding.rules)} |")
            name = ""
        if not judgement.leading:
            lines.append(f"| {name} | {judgement.nothing} | |")
        elif judgement.going_well is not None:
            well = finding_line(judgement.going_well, facts)
            lines.append(f"| | *Going well:* {well} | {', '.join(judgement.going_well.rules)} |")
    return "\n".join(lines) + "\n"


def told_with_it(finding: Finding, facts: AreaFacts) -> str:
    """Return the figure that says nearly the same again, where there is one."""
    if finding.beside is None:
        return ""
    line = finding_line(replace(finding, comparison=finding.beside), facts)
    return f"; with it, {lower_first(line)}"


if __name__ == "__main__":
    main()
