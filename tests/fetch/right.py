"""A right answer of Fingertips, and the question to it. All figures are made up."""

from ineqlib.sources.interfaces import fingertips

HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal"
)
STEVENAGE, WATFORD = "E07000243", "E07000103"
IDS = ("90366", "93190")
ROWS = [
    f"{indicator},Invented,E92000001,England,{code},{name},District,Female,All ages,,,{period},"
    f"8{number}.{number},79.1,89.2,,,,,,,Similar,,20210000,,"
    for number, (indicator, code, name, period) in enumerate(
        (indicator, code, name, period)
        for indicator in IDS
        for code, name in ((STEVENAGE, "Stevenage"), (WATFORD, "Watford"))
        for period in ("2020 - 22", "2021 - 23")
    )
]
QUERY = fingertips.data(
    IDS, fingertips.Areas(501, name="districts", required=(STEVENAGE, WATFORD))
)[0]


def table(*rows: str, header: str = HEADER) -> bytes:
    """A CSV as Fingertips writes it."""
    return "".join(f"{line}\r\n" for line in (header, *rows)).encode()


RIGHT = table(*ROWS)
