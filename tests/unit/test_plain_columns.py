"""Tables as a spreadsheet takes them: numbers as numbers, whatever stood beside them told apart."""

from ineqlib.charts.plain_columns import Column, plain_columns


def column(name: str, cells: list[str]) -> list[Column]:
    """What one column becomes, beside a first one that names the rows."""
    return plain_columns({"Row": [str(n) for n in range(len(cells))], name: cells})[1:]


def test_a_unit_that_all_share_moves_to_the_heading():
    assert column("Ash", ["80.2 years", "[x]", "−1.5 years"]) == [
        ("Ash (years)", ["80.2", "[x]", "-1.5"], True)
    ]
    assert column("Pay", ["£642 per week", "£1,000 per week"])[0][:2] == (
        "Pay (£ per week)",
        ["642", "1,000"],
    )
    assert column("Score", ["2.9 out of 10"])[0].name == "Score (out of 10)"
    assert column("Number", ["1 neighbourhood", "2 neighbourhoods"])[0].name == (
        "Number (neighbourhoods)"
    )


def test_an_interval_becomes_two_columns():
    assert column("95% interval", ["78.5 to 79.5", "[x]", "−0.4 to 6.4"]) == [
        ("95% interval, lower", ["78.5", "[x]", "-0.4"], True),
        ("95% interval, upper", ["79.5", "[x]", "6.4"], True),
    ]
    named = column("All areas, lowest to highest", ["74.2 years to 83.5 years"])
    assert [part.name for part in named] == [
        "All areas, lowest (years)",
        "All areas, highest (years)",
    ]


def test_marks_and_remarks_stand_in_a_column_of_their_own():
    assert column("Ash", ["13.4% [p]", "12%"])[1] == ("Ash: note", ["[p]", ""], False)
    low, high, note = column("All areas", ["1.0 to 6.6 (94 of 296 areas)", "2 to 3"])
    assert (low.cells, high.cells, note.cells) == (
        ["1.0", "2"], ["6.6", "3"], ["94 of 296 areas", ""],
    )  # fmt: skip


def test_several_units_are_named_row_by_row():
    table = {
        "Indicator": ["Life", "Smoking", "Deaths"],
        "Ash": ["80.2 years", "11%", "364.8"],
        "Country": ["81 years", "9%", "[x]"],
        "Rank": ["1", "2", "3"],
    }
    assert plain_columns(table)[1:] == [
        ("Unit", ["years", "%", "[z]"], False),
        ("Ash", ["80.2", "11", "364.8"], True),
        ("Country", ["81", "9", "[x]"], True),
        ("Rank", ["1", "2", "3"], True),
    ]


def test_a_row_with_several_units_keeps_its_words():
    cells = ["80.2 years", "11%"]
    table = {"Row": ["a", "b"], "Ash": cells, "Share": cells[::-1]}
    assert [part.cells for part in plain_columns(table)[1:]] == [cells, cells[::-1]]


def test_words_and_periods_stay_as_they_are():
    for name, cells in [
        ("Period", ["2015 to 2017", "2024"]),
        ("Age", ["5 yrs", "16 yrs"]),
        ("Verdict", ["similar", "[x]"]),
        ("Known as", ["80.2 years", "none at all"]),
        ("Only shorthand", ["[x]", "[c]"]),
        ("Day", ["30 April 2025"]),
    ]:
        assert column(name, cells)[0][:2] == (name, cells)
