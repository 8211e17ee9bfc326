"""Write the table of planted labels: ``python docs/make_published_labels.py``.

It plants one error at a time in an invented download and says what the audit makes of it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ineqlib.audit import audit_labels
from ineqlib.sources.published_labels import read_labels

HEAD = "| planted | labels | wrong | open | what is said |\n|---|---|---|---|---|\n"
PAGE = Path(__file__).with_name("published-labels.md")
HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles"
)
SMOKING, ENGLAND = "92443", 12.3456781
RISING = (500, 560, 640, 700, 780)
BETTER = [("Better", 9.1234567 + n / 100, 1.0) for n in range(6)]
TURNED = [("Worse", value, half) for _, value, half in BETTER]


class Case(NamedTuple):
    """An error, and the labels it is planted among."""

    planted: str
    areas: list[tuple[str, float, float]] = BETTER
    """Label, value and half-width of the limits of each area beside England's 12.3."""
    trend: str = ""
    counts: tuple[int, ...] = ()
    """Of 5,000 people in each of the last years, for a label of trend."""


CASES = (
    Case("nothing"),
    Case("a label exchanged: worse for better", [*BETTER, ("Worse", 9.5678, 1.0)]),
    Case("similar for better", [*BETTER, ("Similar", 9.5678, 1.0)]),
    Case("better for similar", [*BETTER, ("Better", 11.5678, 1.0)]),
    Case("England on the upper limit, taken for outside", [*BETTER, ("Better", 11.3456781, 1.0)]),
    Case("all labels by the wrong polarity", TURNED),
    Case("a trend, nothing wrong", [], "Increasing and getting worse", RISING),
    Case("the wrong direction of a trend", [], "Decreasing and getting better", RISING),
    Case(
        "the right direction, judged by the wrong polarity",
        [],
        "Increasing and getting better",
        RISING,
    ),
    Case("a trend called none", [], "No significant change", RISING),
    Case(
        "a trend where there is none", [], "Increasing and getting worse", (500, 505, 495, 503, 500)
    ),
    Case("a trend of three years", [], "Increasing and getting worse", RISING[:3]),
    Case("a label of fifths", [*BETTER, ("2nd quintile", 9.5678, 1.0)]),
)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """Return the page with its table anew."""
    before, _, after = PAGE.read_text(encoding="utf-8").partition(HEAD)
    rows = "".join(f"{row_of(case)}\n" for case in CASES)
    return before + HEAD + rows + "\n" + after.partition("\n\n")[2]


def row_of(case: Case) -> str:
    """Return what the audit makes of a case, as a row of the table."""
    report = audit_labels(read_labels("\n".join([HEADING, *_lines(case), ""]).encode()))
    findings = report.findings
    wrong = findings["verdict"] == "wrong"
    left_open = findings["verdict"] == "cannot be recomputed"
    told = findings[wrong | left_open].drop_duplicates("why")
    said = [
        f"{row.why}; ours: {row.ours}" if row.verdict == "wrong" else row.why
        for row in told.itertuples()
    ]
    cells = (case.planted, len(findings), wrong.sum(), left_open.sum(), "; ".join(said))
    return f"| {' | '.join(map(str, cells))} |"


def _lines(case: Case) -> Iterator[str]:
    yield _line("E92000001", "England", 2024, ENGLAND, 0.1)
    for n, (label, value, half) in enumerate(case.areas):
        yield _line(f"E070000{n + 10}", f"Place {n}", 2024, value, half, label=label)
    for n, count in enumerate(case.counts):
        trend = case.trend if n == len(case.counts) - 1 else ""
        yield _line("E07000243", "Place", 2020 + n, count / 50, 0.4, count=count, trend=trend)


def _line(code: str, name: str, year: int, value: float, half: float, **labels: object) -> str:
    given = {"count": "", "trend": "", "label": ""} | labels
    people = 5000 if given["count"] else ""
    return (
        f"{SMOKING},Invented,,,{code},{name},District,Persons,18+ yrs,,,{year},{value},"
        f"{value - half},{value + half},{given['count']},{people},,{given['trend']},"
        f"{given['label']}"
    )


if __name__ == "__main__":
    main()
