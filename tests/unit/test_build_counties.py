"""What a whole build says of counties, of districts that are no more, and of having nothing."""

import pytest

from ineqlib.errors import InputError
from ineqlib.pack.build import build

LOOKUP = (
    "LAD23CD,LAD23NM,CTY23CD,CTY23NM\n"
    "E07000242,East Hertfordshire,E10000015,Hertfordshire\n"
    "E07000243,Stevenage,E10000015,Hertfordshire\n"
)
EARLIER = (
    "LAD19CD,LAD19NM,CTY19CD,CTY19NM\n"
    "E07000242,East Hertfordshire,E10000015,Hertfordshire\n"
    "E07000243,Stevenage,E10000015,Hertfordshire\n"
    "E07000103,Watford,E10000015,Hertfordshire\n"
)
HEADING = "area_code,area_name,indicator,period,value,count,denominator,unit\n"
DISTRICTS = (
    HEADING + "E07000242,East Hertfordshire,Falls,2023,10,101,1010,%\n"
    "E07000243,Stevenage,Falls,2023,20,202,1010,%\n"
)


def remarks(folder, out, **files: str) -> list[str]:
    """What the report says of the rows that it keeps, each finding once."""
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    report = build(folder, out)
    return [remark for file in report.files for remark in file.remarks if "look at it" in remark]


@pytest.mark.parametrize(("count", "is_told"), [(303, False), (3030, True), (250, True)])
def test_a_county_of_one_file_is_held_against_districts_of_another(tmp_path, count, is_told):
    county = HEADING + f"E10000015,Hertfordshire,Falls,2023,15,{count},{count / 0.15:.0f},%\n"
    files = {"lookup": LOOKUP, "earlier": EARLIER, "districts": DISTRICTS, "county": county}
    told = remarks(tmp_path / "in", tmp_path / "out", **files)
    said = f"{count:,} in E10000015, 2023, where its 2 districts have 303"
    assert [said in remark for remark in told] == [True] * is_told


def test_a_district_that_had_ended_is_told_with_the_name_of_the_one_it_is_now_in(tmp_path):
    rows = (
        HEADING + "E07000205,Suffolk Coastal,Falls,2024,10,,,%\n"
        "E07000205,Suffolk Coastal,Falls,2018,10,,,%\n"
        "E07000243,Stevenage,Falls,2024,10,,,%\n"
    )
    (told,) = remarks(tmp_path / "in", tmp_path / "out", own=rows)
    assert "1 row(s): expected a period in which the area was there" in told
    assert "E07000205 ended in 2019 and is now in East Suffolk (E07000244)" in told


def test_where_every_row_is_set_aside_the_message_says_why(tmp_path):
    (tmp_path / "in").mkdir()
    heading = "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95"
    row = "E07000243,Stevenage,District,Female healthy life expectancy,{},61.1,Years,yrs,60,62,,"
    lines = [heading + ",status,notes", row.format("2040-01-01/P3Y")]
    (tmp_path / "in" / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"All rows set aside: a\.csv: period_cannot_be"):
        build(tmp_path / "in", tmp_path / "out")


@pytest.mark.parametrize(
    ("count", "is_told"), [(505, False), (3030, True), (250, True)], ids=["some", "slip", "fewer"]
)
def test_a_lookup_with_some_districts_of_a_county_does_not_make_the_others_a_fault(
    tmp_path, count, is_told
):
    county = HEADING + f"E10000015,Hertfordshire,Falls,2023,15,{count},{count / 0.15:.0f},%\n"
    told = remarks(
        tmp_path / "in", tmp_path / "out", lookup=LOOKUP, districts=DISTRICTS, county=county
    )
    assert any("[county_is_not_its_districts]" in remark for remark in told) is is_told
