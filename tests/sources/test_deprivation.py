"""Indices of Deprivation in the layouts they are found in; the figures are made up."""

import re

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.recognise import recognise

from .made_workbooks import saved

IMD = "Index of Multiple Deprivation (IMD)"
FILE_7 = (
    "LSOA code ({small}),LSOA name ({small}),Local Authority District code ({lad}),"
    "Local Authority District name ({lad}),"
    f"{IMD} Score,{IMD} Rank (where 1 is most deprived),"
    f"{IMD} Decile (where 1 is most deprived 10% of LSOAs),Income Score (rate),"
    "Total population: mid 2015 (excluding prisoners)\n"
)
ROWS = [
    "E01000001,Marsh 001A,E06000001,Marsh,9.5,32000,10,0.01,1500",
    "E01000002,Marsh 001B,E06000001,Marsh,80.1,1,1,0.50,1600",
    "E01000003,Heath 001A,E06000002,Heath,40.0,16000,5,0.20,1700",
]


def parse(content, described=None):
    content = content.encode()
    return recognise(content).parse(content, described or {})


def file_7(small="2011", lad="2019", rows=ROWS):
    return FILE_7.format(small=small, lad=lad) + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("small", "lad", "index"),
    [("2011", "2019", "imd2019"), ("2011", "2015", None), ("2021", "2024", "iod2025")],
)
def test_the_edition_is_told_by_the_years_in_the_header(small, lad, index):
    if index is None:
        with pytest.raises(InputError, match=r"LSOAs of 2011 in authorities of 2015 are not"):
            parse(file_7(small, lad))
    else:
        parsed = parse(file_7(small, lad))
        assert set(parsed.frame["index"]) == {index}
        assert parsed.attributes["index"] == index
        assert parsed.source.id == f"deprivation_{index}"


def test_scores_ranks_deciles_and_populations_are_kept():
    parsed = parse(file_7())
    assert parsed.kind == "small_areas"
    assert parsed.frame.iloc[1].tolist() == [
        *("E01000002", "Marsh 001B", "E06000001", "imd2019", 80.1, 1, 1, 1600),
    ]
    assert parsed.remarks == ("1 column of domains not kept",)


def test_the_deciles_of_domains_are_kept_under_short_names():
    table = file_7().replace("Income Score (rate)", "Income Decile (where 1 is most deprived)")
    table = table.replace(",0.01,", ",10,").replace(",0.50,", ",1,").replace(",0.20,", ",5,")
    parsed = parse(table)
    assert parsed.frame["income_decile"].tolist() == [10, 1, 5]
    assert parsed.remarks == ()
    with pytest.raises(InputError, match="1 of 3 cells of a column of ranks or deciles are empty"):
        parse(table.replace(",1,1,1,", ",1,1,,"))


def test_file_7_as_the_workbook_it_is_published_in_is_read_the_same():
    rows = [line.split(",") for line in file_7().splitlines()]
    numbers = [[*row[:4], *map(float, row[4:])] for row in rows[1:]]
    content = saved(rows[0], *numbers, Notes=[["Notes"], ["1", "Invented"]])
    parsed = recognise(content).parse(content, {})
    pd.testing.assert_frame_equal(parsed.frame, parse(file_7()).frame)


def test_scores_and_populations_may_be_absent_and_that_is_said():
    table = file_7().replace(f"{IMD} Score", "x").replace("Total population", "y")
    parsed = parse(table)
    assert parsed.frame[["score", "population"]].isna().all(axis=None)
    assert parsed.remarks[:2] == ("no scores in the file", "no populations in the file")


def test_deciles_that_run_the_wrong_way_are_refused():
    turned = [row.replace(",1,1,", ",1,10,").replace(",3,10,", ",3,1,") for row in ROWS]
    with pytest.raises(InputError, match="do not follow the ranks"):
        parse(file_7(rows=turned))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (",0.50,1600", ",0.50,1.6", "1 population.s. are not whole"),
        (",0.50,1600", ",0.50,-1600", "1 population.s. are not whole"),
        (",80.1,1,1,", ",80.1,0,1,", "1 rank.s. are below 1"),
    ],
)
def test_ranks_and_populations_that_none_can_have_are_refused(right, wrong, said):
    with pytest.raises(InputError, match=said):
        parse(file_7(rows=[row.replace(right, wrong) for row in ROWS]))


def test_scores_that_do_not_follow_the_ranks_are_refused():
    with pytest.raises(InputError, match="scores do not follow the ranks"):
        parse(file_7(rows=[row.replace(",40.0,", ",4.0,") for row in ROWS]))
    with pytest.raises(InputError, match="from 100 at most"):
        parse(file_7(rows=[row.replace(",80.1,", ",801,") for row in ROWS]))


def test_ranks_that_begin_with_the_least_deprived_are_refused_by_their_heading():
    for what in ("Rank", "Decile"):
        heading = f"{IMD} {what} (where 1 is least deprived)"
        content = re.sub(rf"{re.escape(IMD)} {what}( \([^)]*\))?", heading, file_7())
        with pytest.raises(InputError, match=rf"{what}' and has the most deprived as 1"):
            parse(content)


def test_deciles_of_one_place_are_told():
    rows = ["E01000001,A,E06000001,M,80,3285,2,0.1,1", "E01000002,B,E06000001,M,40,3286,2,0.1,1"]
    assert not any("Kept" in remark for remark in parse(file_7(rows=rows)).remarks)
    rows[1] = rows[1].replace("3286,2", "3286,3")
    told = parse(file_7(rows=rows)).remarks[0]
    assert "1 decile(s) are not the tenth of the 32,844 neighbourhoods" in told
    assert "E01000002 has rank 3286 and decile 3" in told


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E01000001", r"1 code\(s\) in lsoa11_code are there more than once: 'E01000001' in row 3"),
        ('E"01000001', r"1 code\(s\) in lsoa11_code are no GSS code .*: 'E\"01000001' in row 3"),
    ],
)
def test_a_code_that_is_none_or_is_there_again_is_refused(code, said):
    table = "lsoa11_code,income_domain_numerator,crime_indicator\nE01000001,1,0.5\n"
    with pytest.raises(InputError, match=said):
        parse(f"{table}{code},2,0.5\n")
    with pytest.raises(InputError, match=r"1 code\(s\) in LSOA code"):
        parse(file_7(rows=[row.replace("E01000002", code) for row in ROWS]))


def test_a_file_without_deciles_is_refused():
    with pytest.raises(InputError, match=r"no column that begins '.*Decile'"):
        parse(file_7().replace(f"{IMD} Decile", "Decile"))


@pytest.mark.parametrize(
    ("table", "index", "rank"),
    [
        ("ltla19_code,Score,Proportion,Extent\nE06000001,35.0,0.4,0.5\n", "imd2019", None),
        (
            "ltla24_code,ltla24_name,imd_average_rank,imd_average_score,"
            "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally\n"
            "E06000001,Marsh,20000.5,35.0,0.4\n",
            "iod2025",
            20000.5,
        ),
        (
            "Local Authority District code (2019),IMD - Average rank ,IMD - Average score ,"
            "IMD - Proportion of LSOAs in most deprived 10% nationally \n"
            "E06000001,20000.5,35.0,0.4\n",
            "imd2019",
            20000.5,
        ),
        (
            "lad_code,imd_avg_score,imd_avg_rank,imd_pct_most_deprived\nE06000001,35.0,20000.5,0.4",
            "iod2025",
            20000.5,
        ),
    ],
)
def test_each_layout_of_the_summary_gives_the_same_columns(table, index, rank):
    parsed = parse(table, {"index": "iod2025"})
    row = parsed.frame.iloc[0]
    assert parsed.kind == "area_deprivation"
    assert (row["area_code"], row["index"]) == ("E06000001", index)
    assert (row["average_score"], row["share_most_deprived"]) == (35.0, 0.4)
    assert pd.isna(row["average_rank"]) if rank is None else row["average_rank"] == rank


def test_a_summary_that_does_not_say_its_index_asks_for_it():
    table = "lad_code,imd_avg_score,imd_avg_rank,imd_pct_most_deprived\nE06000001,35,2,0.4\n"
    with pytest.raises(InputError, match="index: iod2025"):
        parse(table)


def test_a_share_given_as_a_percentage_is_refused():
    with pytest.raises(InputError, match="between 0 and 1, but 1 of 1"):
        parse("ltla19_code,Score,Proportion,Extent\nE06000001,35.0,40,0.5\n")


@pytest.mark.parametrize("score", ["-99", "9999"])
def test_an_average_score_that_no_authority_can_have_is_refused(score):
    with pytest.raises(InputError, match=f"average_score should lie .*row 2: {score}"):
        parse(f"ltla19_code,Score,Proportion,Extent\nE06000001,{score},0.4,0.5\n")


def test_summaries_that_others_recalculated_are_recognised_and_not_used():
    parsed = parse("ltla23_code,Score,Proportion,Extent,Income_Extent\nE06000001,35,0.4,0.5,0.1\n")
    assert parsed.kind == "reference"
    assert "not an official statistic" in parsed.remarks[0]


def test_underlying_indicators_stay_wide_and_their_blanks_stay_blank():
    parsed = parse("lsoa11_code,income_domain_numerator,crime_indicator\nE01000001,,0.5\n")
    assert parsed.kind == "small_area_table"
    assert parsed.attributes["table"] == "small_area_indicators_imd2019"
    assert pd.isna(parsed.frame["income_domain_numerator"][0])


@pytest.mark.parametrize(
    ("published", "added"),
    [("adult_skills_rank", "Priority"), ("income_domain_numerator", "our_rank")],
)
def test_a_column_that_somebody_added_is_no_domain(published, added):
    content = f"lsoa21_code,{published},{added},Notes\nE01023925,9,1,see J\n".encode()
    parsed = recognise(content).parse(content, {})
    assert list(parsed.frame) == ["small_area_code", published]
    assert parsed.remarks == (f"2 column(s) not read: '{added}', 'Notes'",)


def test_a_column_added_to_file_7_takes_the_place_of_none():
    """A rank of 2019 in front of that of 2025 was read for it."""
    added = f"{IMD} Rank 2019,Income Decile of ours,"
    content = added + file_7().replace("\nE", "\n7,9,E")
    frame = parse(content).frame
    assert frame["rank"].tolist() == [32000, 1, 16000]
    assert "income_decile" not in frame


def test_of_two_columns_that_may_be_the_rank_none_is_chosen():
    content = f"{IMD} Rank," + file_7().replace("\nE", "\n7,E")
    with pytest.raises(InputError, match=r"2 columns may be the Index of .* Rank of the Indices"):
        parse(content)
