"""The same figure from several files is kept once, and what is left out is counted."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ineqlib.observations import KEY, conform
from ineqlib.pack import merge as merging
from ineqlib.pack import merge_reasons
from ineqlib.pack.descriptions import without_dates_to_come
from ineqlib.pack.editions import Edition, edition_of, read_date, without_dates_before

NOTHING_SAID = Edition()


def merge_all(files, editions, **known):
    return merging.merge(merging.numbered(files), editions, **known)


def merge(files, editions=None):
    merged = merge_all(files, editions or [NOTHING_SAID] * len(files))
    return merged.rows, merged.set_aside


def rows(*values, lower=np.nan, periods=(), status="ok", source="a", denominator=np.nan):
    """One file: a value per area, and further periods of another area that date the file."""
    years = [2020] * len(values) + list(periods)
    frame = pd.DataFrame(
        {
            "indicator_id": "life_expectancy",
            "area_code": [f"E0700000{n}" for n in range(1, len(values) + 1)]
            + ["E07000099"] * len(periods),
            "period": [str(year) for year in years],
            "period_start": [pd.Timestamp(year, 1, 1) for year in years],
            "period_end": [pd.Timestamp(year, 12, 31) for year in years],
            "sex": "Male",
            "value": [*values, *([70.0] * len(periods))],
            "lower_ci": lower,
            "upper_ci": np.nan if np.isnan(lower) else 99.0,
            "denominator": denominator,
            "source": source,
            "status": status,
        }
    )
    return conform(frame)


def asides(found):
    return [(aside.reason.split()[0], aside.rows) for aside in found]


def test_of_rows_that_agree_to_the_coarser_rounding_the_one_with_limits_is_kept():
    kept, (first, second) = merge([rows(80.1, 79.9), rows(80.0612, 80.0012, lower=78)])
    assert kept["value"].tolist() == [80.0612, 80.0012]
    assert asides(first) == [("differs", 1), ("the", 1)]
    assert second == []


def test_of_files_that_repeat_no_figure_only_indicators_that_several_have_are_compared(monkeypatch):
    """What is merged is the same; an indicator in one file alone costs nothing, however large."""
    alone = rows(*range(60, 90)).assign(indicator_id="alone")
    files = [pd.concat([rows(80.1, 79.9), alone]), rows(80.0612, 79.1), rows(70.1, 70.1)]
    files[2]["area_code"] = "E07000001"
    editions = [NOTHING_SAID] * 3
    compared = []
    repeated = merging.repeated
    monkeypatch.setattr(
        merging, "repeated", lambda rows, key: compared.append(len(rows)) or repeated(rows, key)
    )
    everything = merge_all(files, editions)
    known = merge_all(files, editions, once=[0, 1])
    assert compared == [36, 6]
    pd.testing.assert_frame_equal(known.rows, everything.rows)
    assert known.set_aside == everything.set_aside
    assert merge_all([alone], [NOTHING_SAID], once=[0]).rows["value"].tolist() == [*range(60, 90)]


def test_rounding_is_that_of_the_file_not_of_the_figure():
    kept, (_, second) = merge([rows(81.25, 70.11), rows(81.0, 70.1)])
    assert kept.set_index("area_code").loc["E07000002", "value"] == 70.11
    assert np.isnan(of_first_area(kept)["value"]), "81.0 is to one decimal, not to none"
    assert asides(second) == [("differs", 1), ("the", 1)]


def test_a_later_edition_stands_against_limits_and_decimals():
    kept, (first, second) = merge([rows(78.4475, lower=78), rows(78.6, periods=[2021, 2022])])
    assert kept.loc[kept["area_code"] == "E07000001", "value"].tolist() == [78.6]
    assert asides(first) == [("differs", 1)]
    assert first[0].examples == ("life_expectancy E07000001 2020 Male: 78.4475, kept 78.6",)
    assert second == []


def test_an_earlier_edition_that_agrees_lends_its_limits():
    kept, _ = merge([rows(78.6475, lower=78), rows(78.6, periods=[2021])])
    row = kept[kept["area_code"] == "E07000001"].iloc[0]
    assert (row["value"], row["lower_ci"]) == (78.6475, 78)


def of_first_area(kept):
    [row] = kept[kept["area_code"] == "E07000001"].to_dict("records")
    return row


def reasons(asides):
    return [aside.reason for aside in asides]


def test_a_value_is_kept_rather_than_its_absence_from_another_source():
    absent = rows(np.nan, status="not_available", periods=[2021], source="b")
    kept, (first, _) = merge([absent, rows(80.0, lower=79)])
    assert of_first_area(kept)["status"] == "ok"
    assert reasons(first) == [merge_reasons.ABSENT]


@pytest.mark.parametrize(
    ("status", "source"), [("suppressed", "a"), ("suppressed", "b"), ("not_available", "a")]
)
def test_a_later_edition_that_withdraws_a_figure_withdraws_it(status, source):
    later = rows(np.nan, status=status, periods=[2021], source=source)
    later.loc[1, "status"] = "ok"
    kept, (first, second) = merge([rows(80.0, lower=79), later])
    assert of_first_area(kept)["status"] == status
    assert np.isnan(of_first_area(kept)["value"])
    assert reasons(first) == [merge_reasons.WITHDRAWN]
    assert "80" not in "".join(first[0].examples), "what is withheld is not told"
    assert second == []


def test_a_figure_that_a_later_edition_publishes_is_shown():
    kept, (first, _) = merge([rows(np.nan, status="suppressed"), rows(80.0, periods=[2021])])
    assert of_first_area(kept)["value"] == 80.0
    assert reasons(first) == [merge_reasons.ABSENT]


def test_a_figure_one_of_two_files_withholds_is_withheld_where_neither_is_the_later():
    files = [rows(80.0), rows(np.nan, status="suppressed")]
    merged = merge_all(files, [NOTHING_SAID] * 2)
    assert merged.rows["status"].tolist() == ["suppressed"]
    assert reasons(merged.set_aside[0]) == [merge_reasons.WITHHELD]
    assert len(merged.undecided) == 1


def test_of_figures_that_nothing_decides_between_none_is_kept_and_the_row_says_why():
    merged = merge_all([rows(15.1, 7.0, lower=1), rows(13.6, 7.0, lower=1)], [NOTHING_SAID] * 2)
    row = of_first_area(merged.rows)
    assert np.isnan(row["value"]) and row["status"] == "not_available"
    assert "nothing says which is the later edition" in row["note"]
    first, second = merged.set_aside
    assert reasons(first)[0] == reasons(second)[0] == merge_reasons.CONFLICT
    assert "`published: 2026-11-03`" in merge_reasons.CONFLICT
    assert first[0].examples == ("life_expectancy E07000001 2020 Male: 15.1, kept none",)
    assert len(merged.undecided) == 1
    assert len(merged.rows) == 2, "figures that agree are kept"


EARLY, LATE = date(2025, 3, 1), date(2026, 11, 3)


@pytest.mark.parametrize(
    ("old", "new", "editions", "lost_by"),
    [
        ({"periods": [2022]}, {}, (Edition(EARLY), Edition(LATE)), "published"),
        ({}, {"periods": [2022]}, (Edition(accessed=LATE), Edition(accessed=EARLY)), "last_day"),
        ({}, {}, (Edition(accessed=EARLY), Edition(accessed=LATE)), "accessed"),
        ({"lower": 1}, {}, (Edition(dated=EARLY), Edition(dated=LATE)), "dated"),
        ({"lower": 1, "status": "provisional"}, {}, (Edition(EARLY), Edition()), "final"),
        ({}, {"denominator": 3088.0}, (Edition(EARLY), Edition()), "complete"),
    ],
)
def test_what_decides_is_asked_in_a_fixed_order_and_is_the_reason_told(old, new, editions, lost_by):
    files = [rows(15.1, **old), rows(13.6, **new)]
    for order in ([0, 1], [1, 0]):
        merged = merge_all([files[n] for n in order], [editions[n] for n in order])
        assert of_first_area(merged.rows)["value"] == 13.6
        asides = merged.set_aside[order.index(0)]
        assert merge_reasons.LOST_BY[lost_by] in reasons(asides)


def test_a_question_that_not_every_file_can_answer_decides_nothing_between_them():
    """The undated file may be the latest of all; among the dated ones the later stands."""
    files = [rows(15.1), rows(13.6), rows(12.0)]
    dated = [Edition(EARLY), Edition(LATE), NOTHING_SAID]
    assert np.isnan(of_first_area(merge(files, dated)[0])["value"])
    files[2] = rows(12.0, status="provisional")
    assert of_first_area(merge(files, dated)[0])["value"] == 13.6


def test_an_earlier_figure_does_not_come_back_where_later_ones_contradict_each_other():
    later = {"periods": [2021]}
    kept, (first, second, _) = merge([rows(1.0), rows(2.0, **later), rows(3.0, **later)])
    assert np.isnan(of_first_area(kept)["value"])
    assert reasons(first) == [merge_reasons.EARLIER]
    assert merge_reasons.CONFLICT in reasons(second)


def test_a_row_that_repeats_another_of_its_file_is_set_aside_and_one_that_differs_is_not_believed():
    twice = pd.concat([rows(15.1), rows(15.1)], ignore_index=True)
    kept, ([aside],) = merge([twice])
    assert kept["value"].tolist() == [15.1]
    assert (aside.reason, aside.rows) == (merge_reasons.REPEATED, 1)
    kept, ([aside],) = merge([pd.concat([rows(15.1), rows(13.6)], ignore_index=True)])
    assert kept["value"].isna().all()
    assert (aside.reason, aside.rows) == (merge_reasons.CONTRADICTS, 2)


def test_a_row_that_another_file_has_too_repeats_no_row_of_its_own_file():
    twice = pd.concat([rows(15.1), rows(15.1)], ignore_index=True)
    together = merging.numbered([rows(15.1), twice, rows(15.1)])
    assert merging.repeats(together).tolist() == [False, False, True, False]


FIGURES = st.lists(
    st.sampled_from(
        [
            *((value, status) for value in (79.9, 80.0, 80.04) for status in ("ok", "provisional")),
            *((np.nan, status) for status in ("suppressed", "not_available")),
        ]
    ),
    min_size=20,
    max_size=20,
)
FILES = st.tuples(
    FIGURES,
    st.sampled_from([(), (2021,)]),
    st.sampled_from(["a", "b"]),
    st.sampled_from([np.nan, 78.0]),
    st.sampled_from([NOTHING_SAID, Edition(EARLY), Edition(accessed=LATE), Edition(dated=LATE)]),
)


def made(figures, periods, source, lower, edition):
    values, status = zip(*figures, *[(70.0, "ok")] * len(periods), strict=True)
    frame = rows(*values[:20], lower=lower, periods=periods, source=source, status=list(status))
    limits = frame[["lower_ci", "upper_ci"]].mask(frame["value"].isna())
    return frame.assign(lower_ci=limits["lower_ci"], upper_ci=limits["upper_ci"]), edition


@settings(max_examples=5, deadline=None)
@given(st.lists(FILES, min_size=3, max_size=3))
def test_the_order_of_files_decides_nothing_and_no_row_is_lost(drawn):
    pairs = [made(*file) for file in drawn]
    outcomes = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        merged = merge_all([pairs[n][0] for n in order], [pairs[n][1] for n in order])
        outcomes.append(merged.rows.sort_values(KEY, ignore_index=True))
        rows_in = sum(len(frame) for frame, _ in pairs)
        left_out = sum(aside.rows for asides in merged.set_aside for aside in asides)
        made_up = (merged.rows["note"] == merge_reasons.UNDECIDED).sum()
        assert len(merged.rows) - made_up + left_out == rows_in
        assert not merged.rows.duplicated(KEY).any()
    for outcome in outcomes[1:]:
        pd.testing.assert_frame_equal(outcome, outcomes[0])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-03", LATE),
        ("3 November 2026", LATE),
        ("03/11/2026", LATE),
        ("Nov 2026", date(2026, 11, 1)),
        ("last spring", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert read_date(text) == day


def test_the_dates_of_a_file_are_stated_or_said_in_its_own_title_or_notes():
    file = b"Last updated: 3 November 2026\na,b\n1,2\n"
    assert edition_of(file, {}) == (Edition(dated=LATE), [])
    edition, remarks = edition_of(file, {"published": "2025-03-01", "accessed": "last spring"})
    assert edition == Edition(published=EARLY, dated=LATE)
    assert "last spring" in remarks[0]


def test_stated_dates_that_cannot_be_decide_nothing():
    stated = {"published": "2025-03-05", "accessed": "2025-02-01"}
    edition, (remark,) = edition_of(b"a,b\n1,2\n", stated)
    assert edition == Edition()
    assert "before it was published" in remark and "Correct it" in remark
    today = {"a.csv": {"published": "2025-02-02", "method": "x"}, "b.csv": stated}
    past, remarks = without_dates_to_come(today, date(2025, 2, 2))
    assert past == {"a.csv": today["a.csv"], "b.csv": {"accessed": "2025-02-01"}}
    [remark] = remarks
    assert "'b.csv' has `published: 2025-03-05`, which is after today. Correct it" in remark


def test_a_file_is_not_published_before_its_figures_end():
    stated = Edition(published=date(2024, 3, 1), accessed=date(2023, 1, 5), dated=EARLY)
    edition, (remark,) = without_dates_before(date(2024, 3, 31), stated)
    assert edition == stated._replace(accessed=None)  # a month alone is its first day
    assert "accessed on 2023-01-05, before the newest period" in remark and "Correct it" in remark
    assert without_dates_before(date(2022, 12, 31), stated) == (stated, [])


def test_however_many_indicators_are_compared_together_the_same_stands(monkeypatch):
    """Rows are compared a few indicators at a time, and no figure is of two."""
    names = ["diabetes", "smoking", "obesity"]
    files = [
        pd.concat([rows(*values).assign(indicator_id=name) for name in names], ignore_index=True)
        for values in ((15.1, 2.0), (13.6, 2.0))
    ]
    together = merge_all(files, [NOTHING_SAID] * 2)
    monkeypatch.setattr(merging, "ROWS_AT_ONCE", 1)
    one_by_one = merge_all(files, [NOTHING_SAID] * 2)
    pd.testing.assert_frame_equal(together.rows, one_by_one.rows)
    pd.testing.assert_frame_equal(together.undecided, one_by_one.undecided)
    assert together.set_aside == one_by_one.set_aside
    assert sum(aside.rows for asides in one_by_one.set_aside for aside in asides) == 9


@pytest.mark.parametrize(
    ("lower", "denominator", "is_told"), [(78, 500, False), (77, 500, True), (78, 900, True)]
)
def test_a_row_of_the_same_value_and_other_limits_or_people_is_not_called_the_same(
    lower, denominator, is_told
):
    one = rows(80.1, lower=78, denominator=500)
    other = rows(80.1, lower=lower, denominator=denominator, source="b")
    kept, told = merge([one, other])
    assert kept["value"].tolist() == [80.1]
    [aside] = [aside for file in told for aside in file]
    assert (aside.reason == merge_reasons.SAME_VALUE_ALONE) is is_told
    assert kept[merge_reasons.BESIDE].isna().all(axis=None) == is_told
    assert (merge_reasons.DIFFERING_BESIDE in kept["note"][0]) is is_told


def test_limits_are_those_of_the_fuller_row_then_of_the_later_edition():
    """However coarse its values are, and whatever the files are called."""
    fine = rows(80.14, lower=78.24, denominator=500)
    coarse = rows(80.1, lower=77.0, denominator=500, source="b")
    earlier, later = (Edition(published=date(2026, month, 3)) for month in (1, 11))
    for files, editions in (
        ([fine, coarse], [earlier, later]),
        ([coarse, fine], [later, earlier]),
    ):
        kept, told = merge(files, editions)
        assert (kept["value"][0], kept["lower_ci"][0]) == (80.1, 77.0)
        assert [aside.reason for file in told for aside in file] == [merge_reasons.SAME_VALUE]
    for files in (
        [fine, coarse.assign(denominator=np.nan)],
        [coarse.assign(upper_ci=np.nan), fine],
    ):
        kept, _ = merge(files)
        assert (kept["value"][0], kept["lower_ci"][0]) == (80.14, 78.24)
