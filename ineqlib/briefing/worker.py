"""What a batch's worker processes do: make ready once, then make or check one briefing each."""

import contextlib
from pathlib import Path
from typing import Any

from ineqlib.briefing.briefing import SECTIONS, open_briefing
from ineqlib.briefing.render import PAGE, Failure, Job, Made, make
from ineqlib.briefing.verify import problems
from ineqlib.engine.notebook import import_all
from ineqlib.pack import open_pack

MOST_PAGE = 5_000_000
"""Bytes a page may have."""

IMPORTS = ["ineqlib.engine.kernel", "ineqlib.briefing.export", "ineqlib.briefing.verify"]


def make_ready(pack: Path, area: str) -> None:
    """Import everything, open the pack, and compute one briefing, whose shared parts stay."""
    import_all(IMPORTS)
    # Whatever is wrong with this area is told when its turn comes.
    with contextlib.suppress(Exception):
        briefing = open_briefing(pack, area)
        for section in SECTIONS:
            getattr(briefing, section)()


def make_one(send: Any, job: Job) -> Made | Failure:
    """Make one briefing in this process."""
    return make(job)


def check_one(send: Any, job: Job, made: Made, others: dict[str, str]) -> list[str]:
    """Check a briefing against a fresh computation; return what is wrong with it."""
    return problems(
        (job.folder / PAGE).read_text(encoding="utf-8"),
        area=job.area,
        pack=open_pack(job.pack),
        parameters=job.parameters,
        made=made,
        others=others,
        budget=MOST_PAGE,
    )
