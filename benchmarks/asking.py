"""Put the questions of tests/unit/ask_questions.yml, and 1,000 with a change: count answers.

python benchmarks/asking.py            print the tables
python benchmarks/asking.py --write    write them into docs/ask.md
"""

import argparse
import re
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))
from ineqlib.pack import open_pack  # noqa: E402
from tests.unit.asked import Judge  # noqa: E402
from tests.unit.asked_again import tables, try_changed, try_written  # noqa: E402

PAGE = REPO / "docs" / "ask.md"
BETWEEN = re.compile(r"(?<=<!-- counts -->\n\n).*(?=\n\n<!-- end of counts -->)", re.DOTALL)


def main() -> None:
    """Print the tables or write them into their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write into docs/ask.md")
    pack = open_pack(REPO / "data" / "demo")
    judge = Judge(pack)
    counts = tables(try_written(pack, judge), try_changed(pack, judge))
    if options.parse_args().write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(BETWEEN.sub(lambda _: counts, page), encoding="utf-8")
    else:
        print(counts)


if __name__ == "__main__":
    main()
