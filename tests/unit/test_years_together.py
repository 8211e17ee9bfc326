"""Of a survey the years together are shown, where they are as new as the single years."""

from pathlib import Path

import pytest

from ineqlib.facts import area_facts, read_profile
from ineqlib.pack import open_pack
from ineqlib.pack.build import build

HEADING = "area_code,area_name,indicator,period,value"
SINGLE = {2020: 24.0, 2021: 30.0, 2022: 16.0, 2023: 11.0}


@pytest.mark.parametrize(
    ("indicator", "together", "shown"),
    [
        ("smoking_routine_manual", {"2020 - 22": 21.9, "2022 - 24": 18.8}, "2022 to 2024"),
        ("smoking_routine_manual", {"2020 - 22": 21.9}, "2023"),  # older than the single years
        ("ks2_expected_standard", {"2022 - 24": 18.8}, "2023"),  # everybody is counted
    ],
)
def test_a_single_year_of_a_survey_does_not_speak_beside_years_together(
    tmp_path: Path, indicator: str, together: dict[str, float], shown: str
) -> None:
    figures = {**{str(year): value for year, value in SINGLE.items()}, **together}
    rows = [
        f"{code},{name},{indicator},{period},{value}"
        for code, name in (("E07000243", "Ashcombe"), ("E92000001", "England"))
        for period, value in figures.items()
    ]
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "own.csv").write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    build(tmp_path / "downloads", tmp_path / "pack", title="Together")
    profile = read_profile(
        open_pack(tmp_path / "pack"),
        "Ashcombe",
        comparators=["country"],
        indicator_set=[indicator],
    )
    [comparison] = area_facts(profile).comparisons
    assert comparison.period == shown
    assert comparison.facts["country"].period == shown
