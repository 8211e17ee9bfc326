"""Areas that a file only names get the codes that other files have for the names."""

import pandas as pd
import pytest

from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.sources.named_areas import codes_by_name, key_of, with_codes
from ineqlib.sources.recognise import recognise

LG = b"Area,Metric type,2024\nStevenage,Walks (%),5\nNowhere,Walks (%),6\nDorset,Walks (%),7\n"
NAMED = pd.DataFrame(
    [
        ("E07000101", "Stevenage"),
        ("E07000243", "Stevenage"),
        ("E06000059", "Dorset"),
        ("E10000009", "Dorset"),
        ("E01000001", "Nowhere"),
    ],
    columns=["area_code", "area_name"],
)


def present(codes: pd.Series) -> pd.Series:
    return codes.replace({"E07000101": "E07000243"})


def test_a_name_of_one_present_area_gets_its_code_and_any_other_is_set_aside():
    parsed = recognise(LG).parse(LG, {})
    coded = with_codes(parsed, codes_by_name([NAMED], present, []))
    assert coded.frame["area_code"].tolist() == ["E07000243"]
    assert coded.frame["area_type"].tolist() == ["lad"]
    assert [(out.reason, out.examples) for out in coded.set_aside] == [
        (
            "area has no code here, and no other file of the folder has its name",
            ("row 3: 'Nowhere'",),
        ),
        (
            "area has no code here, and its name is that of several areas",
            ("row 4: 'Dorset'",),
        ),
    ]


def test_an_area_that_ended_does_not_take_the_name_of_one_that_is_there():
    codes = codes_by_name([NAMED], present, ["E10000009"])
    assert codes[key_of("Dorset")] == {"E06000059"}
    assert codes_by_name([NAMED[3:4]], present, ["E10000009"])[key_of("Dorset")] == {"E10000009"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kingston upon Hull, City of", "City of Kingston upon Hull"),
        ("St. Helens", "St Helens"),
        ("Tyne & Wear", "Tyne and Wear"),
    ],
)
def test_names_are_the_same_however_publishers_write_them(one, other):
    assert key_of(one) == key_of(other)


def test_a_pack_has_the_figures_of_a_file_without_codes(tmp_path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "lg.csv").write_bytes(LG)
    (folder / "own.csv").write_text(
        "area_code,area_name,indicator,period,value\nE07000243,Stevenage,Visits,2024,3\n", "utf-8"
    )
    report = build(folder, tmp_path / "pack")
    [lg] = [file for file in report.files if file.name == "lg.csv"]
    assert (lg.rows_kept, lg.rows_set_aside, lg.rows_refused) == (1, 2, 0)
    rows = open_pack(tmp_path / "pack").observations(area="Stevenage")
    assert rows["value"].tolist() == [5, 3]


def test_where_no_name_is_known_nothing_is_said_to_have_got_a_code():
    content = b"Area,Metric type,2024\nNowhere,Walks (%),6\n"
    parsed = with_codes(recognise(content).parse(content, {}), {})
    assert parsed.frame.empty
    assert not any("got the code" in remark for remark in parsed.remarks)
