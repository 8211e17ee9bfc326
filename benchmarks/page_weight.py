"""Bytes of the heaviest briefings, by what they are of.

    python benchmarks/page_weight.py            print the table
    python benchmarks/page_weight.py --write    write it to docs/page-weight.md

Makes the page of every current district of the real pack once, which takes some minutes.
"""

import argparse
import re

import page
from batch import PACKS

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.document.verify.page import LARGEST_PAGE
from ineqlib.pack import open_pack

HEAVIEST = 10
PARTS = {
    "drawings": r"<svg\b.*?</svg>",
    "tables": r"<table\b.*?</table>",
    "file of all figures": r'href="data:text/csv[^"]*"',
    "scripts and style": r"<(?:script|style)\b.*?</(?:script|style)>",
}
"""What a page is made of -> how it is found; the rest is words."""
HEADER = f"area | :whole | {' | '.join(f':{name}' for name in PARTS)} | :words"
WORDS = """# Bytes of the heaviest briefings

Kilobytes of a director's briefing with its annex: the {heaviest} heaviest of the {count} current
districts of {pack}. The check before a page is published refuses one above {largest} kB.

{table}

`python benchmarks/page_weight.py --write` writes this page.
"""


def main() -> None:
    """Print the table or write its page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/page-weight.md")
    words = options.parse_args()
    pack = open_pack(PACKS["england"])
    areas = pack.areas[(pack.areas["area_type"] == "lad") & ~pack.areas["ended"]]
    sizes = {
        name: by_part(document_page(open_briefing(pack, code)))
        for code, name in zip(areas["area_code"], areas["area_name"], strict=True)
    }
    by_size = sorted(sizes.items(), key=lambda named: -sum(named[1]))
    rows = [[name, *map(kilobytes, [sum(parts), *parts])] for name, parts in by_size[:HEAVIEST]]
    text = WORDS.format(
        count=len(sizes),
        pack=pack.title,
        heaviest=len(rows),
        largest=f"{LARGEST_PAGE // 1000:,}",
        table=page.table(HEADER, rows),
    )
    print(page.write("page-weight.md", text) if words.write else text)


def by_part(html: str) -> list[int]:
    """Return the bytes of each part, and of the rest."""
    sizes = []
    for pattern in PARTS.values():
        pieces = re.findall(pattern, html, re.DOTALL)
        sizes.append(sum(len(piece.encode("utf-8")) for piece in pieces))
    return [*sizes, len(html.encode("utf-8")) - sum(sizes)]


def kilobytes(size: int) -> str:
    """Write bytes as thousands."""
    return f"{size / 1000:.0f}"


if __name__ == "__main__":
    main()
