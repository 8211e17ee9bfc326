"""What no question can be asked with is refused in words, not by a fault of the program."""

import pytest

import ineqlib as iq
from ineqlib.errors import ParameterError, UnknownArea, UnknownIndicator
from ineqlib.pack import Pack

HERE = "Brackenhythe"
COUNTY = "Wendlemere"
RATE = "deaths_under_75"


@pytest.mark.parametrize("year", ["2019/20", "", None, float("nan"), float("inf"), [2019]])
def test_a_year_is_a_number(demo_pack: Pack, year) -> None:
    with pytest.raises(ParameterError, match=r"year=.*: expected a year, such as 2019"):
        iq.before_after(demo_pack, RATE, HERE, year)
    if year is not None:
        with pytest.raises(ParameterError, match=r"since=.*: expected a year, such as 2019"):
            iq.what_changed(demo_pack, HERE, since=year)


@pytest.mark.parametrize("total", ["£1,000", None, [100], 0, -5, float("nan"), float("inf")])
def test_money_is_a_number_of_pounds(demo_pack: Pack, total) -> None:
    with pytest.raises(ParameterError, match=r"total=.*: expected pounds, as a number above zero"):
        iq.share_out(demo_pack, total, COUNTY)


@pytest.mark.parametrize("areas", [5, float("nan"), True, [], ()])
def test_areas_are_words_or_a_list_of_some(demo_pack: Pack, areas) -> None:
    for ask in (
        lambda: iq.share_out(demo_pack, 100, areas),
        lambda: iq.rank(demo_pack, RATE, areas),
    ):
        with pytest.raises(ParameterError, match=r"areas=.*: expected a kind of area"):
            ask()


def test_a_trend_of_no_area_is_the_countrys_and_of_what_is_none_unknown(demo_pack: Pack) -> None:
    of_none = iq.trend(demo_pack, RATE, None)
    assert of_none.frame.equals(iq.trend(demo_pack, RATE).frame)
    assert set(of_none.frame["area_name"]) == {"Lindermark"}
    for strange in (5, True, float("nan"), [None]):
        with pytest.raises(UnknownArea, match="has no area called"):
            iq.trend(demo_pack, RATE, strange)


@pytest.mark.parametrize("name", [None, 2.5, ["xq"], {}])
def test_a_name_that_is_no_text_is_unknown(demo_pack: Pack, name) -> None:
    with pytest.raises(UnknownIndicator, match="has no indicator"):
        iq.compare(demo_pack, name, HERE)
    with pytest.raises(UnknownIndicator, match="has no indicator"):
        iq.share_out(demo_pack, 100, COUNTY, need=name)
    with pytest.raises(ParameterError, match="no figures called"):
        iq.map(demo_pack, name, HERE)
    with pytest.raises(ParameterError, match="Choose from peers, similar"):
        iq.compare(demo_pack, RATE, HERE, beside=name)
    with pytest.raises(ParameterError, match="Choose from value, gap inside"):
        iq.rank(demo_pack, RATE, by=name)
