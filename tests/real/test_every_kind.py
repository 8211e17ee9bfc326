"""Every kind of document about real areas, beside the briefing in one run file.

One area of each type that a kind tells apart: what a page says of a second one is read from the
same columns.
"""

import pytest

from ineqlib.publish.batch import render_batch
from ineqlib.publish.run_file import read_run

pytestmark = pytest.mark.slow

DISTRICT, UNITARY = "[Stevenage]", "[Liverpool]"
DOCUMENTS = {"summary": UNITARY, "annex": UNITARY}
DOCUMENTS |= {"similar_areas": DISTRICT, "what_would_it_take": DISTRICT}
DOCUMENTS |= {"county_profile": "[Hertfordshire, North East]"}
DOCUMENTS |= {"evaluate_project": UNITARY}
DOCUMENTS |= {"indicator_gradient": "[England, Hertfordshire, London]"}
DOCUMENTS |= {"spend_and_need": "[Hertfordshire, Liverpool, England]"}
DOCUMENTS |= {"life_expectancy_gap": UNITARY, "local_outcomes": UNITARY}
DOCUMENTS |= {"equity_audit": "[Hertfordshire, Liverpool, North East]"}
DOCUMENTS |= {"economic_case": "[Stevenage, Liverpool, England]"}
DOCUMENTS |= {"neighbourhoods": "[Stevenage, Trafford, Isles of Scilly]"}
"""Kind -> the real areas it is tried on."""


def test_all_of_them_are_made_and_pass_the_check(pack, tmp_path):
    asked = "".join(
        f"  - {{name: {name}, areas: {areas}}}\n"
        for name, areas in {"area_briefing": DISTRICT, **DOCUMENTS}.items()
    )
    run = tmp_path / "run.yml"
    run.write_text(
        f"title: Every kind\ndocuments:\n{asked}pack: {pack.path.as_posix()}\nout: made\n"
        f"areas: {DISTRICT}\n",
        encoding="utf-8",
    )
    batch = render_batch(read_run(run), workers=2)
    assert [(each.target.key, each.summary) for each in batch.failed] == []
    assert len(batch.outcomes) == 1 + sum(len(areas.split(", ")) for areas in DOCUMENTS.values())
