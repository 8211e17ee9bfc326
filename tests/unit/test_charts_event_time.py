"""The event-time chart: a start, a band of what others do, and a table of both."""

from ineqlib.charts import event_time
from ineqlib.charts.event_time_chart import EventPoint
from ineqlib.charts.figure import Figure, Labels

from .chart_records import a_fact

LABELS = Labels("event", "Within what others do", "Gap", "It is within.", "Made up")


def draw(before: int) -> Figure:
    points = [
        EventPoint(
            *(
                a_fact(value + shift, period=str(2018 + year), id=f"{year}{shift}")
                for shift in (0.0, -2.0, 3.0)
            )
        )
        for year, value in enumerate([0.5, -0.5, 1.5])
    ]
    return event_time(points, before, LABELS)


def test_the_start_stands_between_the_last_period_before_and_the_first_after() -> None:
    figure = draw(2)
    drawn = figure.datasets[figure.spec["data"]["name"]]
    assert [row["time"] for row in drawn] == [-1.5, -0.5, 0.5]
    assert ">start<" in figure.svg
    assert ">2018<" in figure.svg and ">2020<" in figure.svg and ">2019<" not in figure.svg


def test_the_table_has_the_departure_and_both_limits() -> None:
    assert draw(1).table.to_dict("list") == {
        "Period": ["2018", "2019", "2020"],
        "Departure from the gap before": ["0.5 years", "−0.5 years", "1.5 years"],
        "Nine areas in ten, from": ["−1.5 years", "−2.5 years", "−0.5 years"],
        "to": ["3.5 years", "2.5 years", "4.5 years"],
    }
