"""Your own spending: every amount is read as it is written, and what is not clear is refused."""

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.layouts.own_spending import LAYOUT

HEAD = "funder,area_code,fifth,period,amount,for\n"


def frame(*rows: str, head: str = HEAD):
    return LAYOUT.parse((head + "\n".join(rows) + "\n").encode(), {}).frame


def test_amounts_are_read_as_they_are_written() -> None:
    read = frame(
        'Fund,E07000001,,2024/25,"£1,250.50",a',
        "Fund,E07000001,,2024/25,-40,refund",
        "Fund,E07000001,,2024/25,−£7,refund",
        "Fund,E07000002,,2024/25,[c],b",
        "Fund,,1,2024/25,0,c",
    )
    assert read["amount"].fillna(-1).tolist() == [1250.5, -40, -7, -1, 0]
    assert read["status"].tolist() == ["ok", "ok", "ok", "suppressed", "ok"]
    assert read["fifth"].tolist() == ["", "", "", "", "1"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",E07000001,,2024/25,1,", "funder is empty (row 2: '1')"),
        ("Fund,E07000001,,2024/25,,", "amount is empty: write 0 for none, [c] for withheld"),
        ("Fund,E07000001,,2024/25,about 5,", "amount is not a number of pounds"),
        ('Fund,E07000001,,2024/25,"1,250,0",', "amount is not a number of pounds"),
        ("Fund,E07000001,,last year,5,", "period cannot be read"),
        ("Fund,E07000001,1,2024/25,5,", "the money would be counted twice"),
        ("Fund,,,2024/25,5,", "neither area_code nor fifth"),
        ("Fund,Stevenage,,2024/25,5,", "area_code is not a GSS code"),
        ("Fund,,6,2024/25,5,", "fifth is not 1 (most deprived) to 5"),
    ],
)
def test_what_is_not_clear_is_refused_in_words(row: str, fault: str) -> None:
    with pytest.raises(InputError) as refused:
        frame("Fund,E07000009,,2024/25,5,", row)
    assert fault.replace("row 2", "row 3") in str(refused.value)
    assert "1 fault:" in str(refused.value)


def test_a_row_that_is_there_twice_is_refused_and_two_grants_are_not() -> None:
    row = "Fund,E07000001,,2024/25,500,"
    with pytest.raises(InputError, match="exactly as another"):
        frame(row, row)
    assert frame(f"{row}books", f"{row}chairs")["amount"].sum() == 1000


def test_headings_are_held_to_as_those_of_own_figures() -> None:
    with pytest.raises(InputError, match="no column says where the money went"):
        frame("Fund,2024/25,5", head="funder,period,amount\n")
    with pytest.raises(InputError, match="look like one that is: 'amounts'"):
        frame("Fund,E07000001,2024/25,5,6", head="funder,area_code,period,amount,amounts\n")
    with pytest.raises(InputError, match="headed by a period"):
        frame("Fund,E07000001,2024/25,5,6", head="funder,area_code,period,amount,2023/24\n")
