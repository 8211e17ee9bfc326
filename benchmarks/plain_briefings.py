"""The same briefings by plain function calls in one warm process: no notebook, nothing checked.

    python benchmarks/plain_briefings.py PACK AREA [AREA …]

Makes the first once to be warm, then each, and prints seconds of the clock and of the processor.
"""

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.pack import Pack, open_pack


def main() -> None:
    """Print what the areas took."""
    pack, areas = open_pack(sys.argv[1]), sys.argv[2:]
    with TemporaryDirectory() as folder:
        write(pack, areas[0], Path(folder))
        clock, processor = time.monotonic(), time.process_time()
        for area in areas:
            write(pack, area, Path(folder))
    print(json.dumps([time.monotonic() - clock, time.process_time() - processor]))


def write(pack: Pack, area: str, folder: Path) -> None:
    """Write one area's page."""
    page = document_page(open_briefing(pack, area))
    (folder / f"{area}.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
