"""Files and measures read the ends of deprivation from one list, each as strictly as before."""

import pytest

from ineqlib.measures.group_labels import LEAST, MOST, names_end
from ineqlib.sources.plausible.labels import place_of_label

MOST_DEPRIVED = (
    *("Most deprived fifth", "most disadvantaged", "Least affluent quintile", "least well-off"),
    *("Highest deprivation", "Lowest income", "Poorest", "Worst-off", "worst fifth", "1 (most)"),
)
LEAST_DEPRIVED = (
    *("Least deprived fifth", "least disadvantaged", "Most affluent quintile", "most well off"),
    *(
        "Lowest deprivation",
        "Highest income",
        "Richest",
        "wealthiest",
        "Best off",
        "best fifth",
        "5 (least)",
    ),
)


@pytest.mark.parametrize(
    ("labels", "place"), [(MOST_DEPRIVED, 1), (LEAST_DEPRIVED, 5)], ids=["most", "least"]
)
def test_both_readers_take_a_label_for_the_same_end(labels: tuple[str, ...], place: int) -> None:
    for label in labels:
        assert place_of_label(label, 5) == place, label
        assert (names_end(label, MOST), names_end(label, LEAST)) == (place == 1, place == 5), label


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("More deprived half", 1),  # of two groups; of five, a measure cannot know which it is
        ("Less deprived half", 5),
        ("Most-deprived fifth", 1),
        ("Second most deprived fifth", 2),
        ("4th least deprived", 2),
        ("Almost deprived", None),
        ("Middle fifth", 3),
    ],
)
def test_what_only_a_file_is_read_for_no_measure_takes_for_an_end(
    label: str, place: int | None
) -> None:
    assert place_of_label(label, 5) == place
    assert not names_end(label, MOST)
    assert not names_end(label, LEAST)


@pytest.mark.parametrize(("label", "groups"), [("Worst third", 3), ("worst twentieth", 20)])
def test_measures_know_groups_that_no_file_is_read_in(label: str, groups: int) -> None:
    assert names_end(label, MOST)
    assert place_of_label(label, groups) is None
