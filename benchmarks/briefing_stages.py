"""Where the processor time of one briefing goes, stage by stage, in one warm process.

    python benchmarks/briefing_stages.py PACK AREA [AREA …]

Makes the first once to be warm, then each, and prints the mean seconds of the processor by stage.
"""

import json
import sys
import time
from collections import defaultdict

import nbformat

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import export_html
from ineqlib.document.parse_page import read_page
from ineqlib.pack import Pack, open_pack

Seconds = dict[str, float]


def main() -> None:
    """Print what the stages took."""
    pack, areas = open_pack(sys.argv[1]), sys.argv[2:]
    make(pack, areas[0], defaultdict(float))
    seconds: Seconds = defaultdict(float)
    for area in areas:
        make(pack, area, seconds)
    print(json.dumps({stage: total / len(areas) for stage, total in seconds.items()}))


def make(pack: Pack, area: str, seconds: Seconds) -> None:
    """Make one page, and add what each stage takes."""
    began = time.process_time()

    def done(stage: str) -> None:
        nonlocal began
        seconds[stage] += time.process_time() - began
        began = time.process_time()

    document = open_briefing(pack, area)
    done("compute the facts")
    sections = document.sections
    done("write the sections")
    for section in sections:
        for figure in section.figures:
            figure.svg  # noqa: B018 (it is kept)
    done("draw the charts")
    parts = [document.cover, *sections, document.facts]
    outputs = [
        nbformat.v4.new_output("display_data", data=part._repr_mimebundle_()) for part in parts
    ]
    cell = nbformat.v4.new_code_cell(outputs=outputs)
    html = export_html(nbformat.v4.new_notebook(cells=[cell]))
    done("write the page")
    read_page(html)
    done("read the page back")


if __name__ == "__main__":
    main()
