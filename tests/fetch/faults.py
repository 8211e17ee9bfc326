"""Every fault that the publishers of `loopback.py` play, and how a fetch ends.

`python -m tests.fetch.faults` writes the table of them into docs/fetching.md.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

from .loopback import Reply
from .right import HEADER, RIGHT, ROWS, WATFORD, table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "fetching.md"
BEGIN, END = "<!-- faults: begin -->\n", "<!-- faults: end -->\n"

TAG = {"ETag": '"1"'}
OK = Reply(RIGHT)
HALF = len(RIGHT) // 2
SIGN_IN = b"<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>"
EXCEPTION = b"CSV data could not be built for indicator 90366 and time period 2021.\r\nNo such type"
GZIPPED = gzip.compress(RIGHT, mtime=0)
PACKED = {"Content-Encoding": "gzip"}


def redirect(place: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": place})


@dataclass(frozen=True)
class Fault:
    """A fault, and how a fetch ends that meets it."""

    name: str
    replies: tuple[Reply, ...] = ()
    """What the publisher answers, the last for ever; empty where a test of its own plays it."""
    ends: str = "error"
    """``right data``, or ``error`` (and where a copy is kept, the copy with its age)."""
    says: str = ""
    """Words of the error, or of the remark beside the copy or the data."""
    asked: int = 1
    """How many requests are made."""
    test: str = ""
    """The test that plays it, where it takes more than answers."""


FAULTS = (
    Fault("slow drip", (Reply(RIGHT, drip=0.001),), says="bytes came in 900 seconds", asked=2),
    Fault("time-out", (Reply(RIGHT, silent=0.3),), says="sent nothing for too long", asked=4),
    Fault("time-out, then fine", (Reply(RIGHT, silent=0.3), OK), "right data", asked=2),
    Fault(
        "429 with `Retry-After`",
        (Reply(status=429, headers={"Retry-After": "7"}), OK),
        "right data",
        asked=2,
    ),
    Fault(
        "429 with `Retry-After`, a time of day",
        (Reply(status=429, headers={"Retry-After": "Sun, 29 Nov 2026 10:00:20 GMT"}), OK),
        "right data",
        asked=2,
    ),
    Fault(
        "429 with a `Retry-After` of an hour",
        (Reply(status=429, headers={"Retry-After": "3600"}),),
        says="asked to wait 3,600 seconds",
    ),
    Fault("429 without `Retry-After`", (Reply(status=429), OK), "right data", asked=2),
    Fault("429 for ever", (Reply(status=429),), says="status 429", asked=5),
    Fault("500, then fine", (Reply(b"Oops", 500), OK), "right data", asked=2),
    Fault(
        "500 for ever, an exception as text",
        (Reply(EXCEPTION, 500),),
        says="CSV data could not be built for indicator 90366",
        asked=3,
    ),
    Fault(
        "truncated body, then the rest on request",
        (
            Reply(RIGHT[:HALF], headers=TAG, length=len(RIGHT)),
            Reply(RIGHT[HALF:], 206, {"Content-Range": f"bytes {HALF}-/{len(RIGHT)}"} | TAG),
        ),
        "right data",
        asked=2,
    ),
    Fault(
        "truncated body, for ever",
        (Reply(RIGHT[:HALF], length=len(RIGHT)),),
        says="fewer bytes came than were announced",
        asked=4,
    ),
    Fault(
        "truncated body, its end not announced",
        (Reply(RIGHT[:-80], is_announced=False),),
        says="nothing announced how long the answer is",
    ),
    Fault(
        "truncated body, and of the rest only a part",
        (
            Reply(RIGHT[:HALF], headers=TAG, length=len(RIGHT)),
            Reply(RIGHT[HALF:-9], 206, {"Content-Range": f"bytes {HALF}-/{len(RIGHT)}"} | TAG),
            Reply(status=503),
        ),
        says="status 503",
        asked=5,
    ),
    Fault("chunked", (Reply(RIGHT, in_chunks=True),), "right data"),
    Fault(
        "chunked, without the last chunk",
        (Reply(RIGHT, in_chunks=True, length=len(RIGHT) + 1),),
        says="fewer bytes came than were announced",
        asked=4,
    ),
    Fault(
        "another answer where the rest was asked",
        (
            Reply(RIGHT[:HALF], headers=TAG, length=len(RIGHT)),
            Reply(RIGHT, headers={"ETag": '"2"'}),
        ),
        "right data",
        asked=2,
    ),
    Fault("wrong length, too short", (Reply(RIGHT, length=HALF),), says="is cut short", asked=3),
    Fault(
        "wrong length, too long",
        (Reply(RIGHT, length=len(RIGHT) + 9),),
        says="fewer bytes came than were announced",
        asked=4,
    ),
    Fault("gzip", (Reply(GZIPPED, headers=PACKED),), "right data"),
    Fault(
        "gzip cut short, its length right",
        (Reply(GZIPPED[:-20], headers=PACKED),),
        says="the packed answer is cut short",
        asked=4,
    ),
    Fault(
        "an error page with status 200",
        (Reply(b"<html><title>Server Error</title></html>"),),
        says="a web page titled “Server Error”",
    ),
    Fault(
        "a proxy's sign-in page with status 200",
        (Reply(SIGN_IN, headers={"Content-Type": "text/csv"}),),
        says="a web page titled “Sign in to the network”",
    ),
    Fault("an empty answer", (Reply(b""),), says="the answer is empty", asked=3),
    Fault("an empty list", (Reply(table()),), says="a header and no rows", asked=3),
    Fault(
        "an error of the service with status 200",
        (Reply(b'{"error": {"code": 400, "message": "", "details": ["Unable to perform"]}}'),),
        says="an error in place of data: 400 Unable to perform",
        asked=3,
    ),
    Fault(
        "the other kind of it",
        (Reply(b'{"error": {"code": 400, "message": "Invalid", "details": ["No field"]}}'),),
        says="an error in place of data: 400 Invalid; No field",
        asked=3,
    ),
    Fault(
        "a renamed column",
        (Reply(table(*ROWS, header=HEADER.replace("Area Code", "Area code"))),),
        says="Did you mean 'Area code'?",
    ),
    Fault(
        "a new column",
        (Reply(table(*(f"{row}x," for row in ROWS), header=f"{HEADER},Shoe size")),),
        "right data",
        "1 new column, not read: Shoe size",
    ),
    Fault(
        "a retired id",
        (Reply(table(*ROWS[:4])),),
        says="1 of 2 indicator ids asked is not answered: 93190",
    ),
    Fault(
        "an id that was not asked",
        (Reply(table(*ROWS, ROWS[0].replace("90366", "90367"))),),
        says="to another question",
    ),
    Fault(
        "an area that is missing",
        (Reply(table(*(row for row in ROWS if WATFORD not in row))),),
        says="1 of 2 areas asked is not answered: E07000103",
    ),
    Fault("rows out of order", (Reply(table(*reversed(ROWS))),), "right data"),
    Fault(
        "rows that come twice",
        (Reply(table(*ROWS, ROWS[2])),),
        "right data",
        "1 row repeated, with the same figures",
    ),
    Fault(
        "a figure that comes twice, and unlike",
        (Reply(table(*ROWS, ROWS[2].replace("82.2", "28.2"))),),
        says="gives a figure a second time, and not as before",
        asked=3,
    ),
    Fault(
        "wrong encoding told",
        (Reply(RIGHT, headers={"Content-Type": "text/csv; charset=utf-16"}),),
        "right data",
    ),
    Fault(
        "two encodings in one answer",
        (Reply(RIGHT + "Tŷ".encode() + b",\xe9\r\n"),),
        says="holds a byte (0xe9) that is not UTF-8",
    ),
    Fault("a row that is too short", (Reply(RIGHT + b"93190,x\r\n"),), says="row 10 has", asked=3),
    Fault("a redirect on the same host", (redirect("/else"), OK), "right data", asked=2),
    Fault("a redirect loop", (redirect("/api"),), says="sent on more than 5 times", asked=6),
    Fault(
        "a redirect to another host",
        (redirect("https://elsewhere.example/"),),
        says="https://elsewhere.example, which is not the publisher's",
    ),
    Fault(
        "a redirect out of encryption",
        (redirect("http://fingertips.phe.org.uk/"),),
        says="http://fingertips.phe.org.uk, which is not",
    ),
    Fault(
        "a huge answer, announced",
        (Reply(RIGHT, length=10**12),),
        says="larger than 500 MB",
    ),
    Fault("a huge answer", says="larger than", test="test_a_huge_answer_is_given_up"),
    Fault("status 404", (Reply(b"Not here", 404),), says="nothing stands at this address any more"),
    Fault("a proxy that refuses", (Reply(SIGN_IN, 403),), says="a proxy on the way, refuses"),
    Fault(
        "an unknown certificate",
        says="not one this computer trusts",
        test="test_an_unknown_certificate_is_refused",
    ),
    Fault(
        "a wrong clock, or a certificate that has expired",
        says="by this computer's clock",
        test="test_an_expired_certificate_names_the_clock",
    ),
    Fault(
        "a wrong clock",
        ends="right data",
        says="one of the two is wrong",
        test="test_a_wrong_clock_is_told",
    ),
    Fault(
        "a full disk",
        ends="one error",
        says="the disk is full",
        test="test_a_full_disk_gives_one_error",
    ),
    Fault(
        "two pulls at once",
        ends="right data",
        test="test_two_pulls_at_once_ask_once",
    ),
    Fault(
        "kill -9 in the middle",
        ends="right data",
        test="test_a_killed_fetch_goes_on_where_it_was",
    ),
)

PLAYED = tuple(fault for fault in FAULTS if not fault.test)


def as_table() -> str:
    """The table of faults for the page."""
    lines = ["| fault | requests | ends in | and says |", "|---|--:|---|---|"]
    for fault in FAULTS:
        ends = "an error, or the copy" if fault.ends == "error" else fault.ends
        said = f"“… {fault.says} …”" if fault.says else ""
        lines.append(f"| {fault.name} | {'' if fault.test else fault.asked} | {ends} | {said} |")
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """A page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + as_table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
