"""What the catalogue promises: complete, judged by meaning, clear about its own faults."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
import yaml

import ineqlib.catalogue
from ineqlib.catalogue import load_catalogue, load_indicator_set, read_catalogue
from ineqlib.catalogue.checked_yaml import read_checked_yaml
from ineqlib.errors import InputError, ParameterError, UnknownIndicator

PACKAGED = Path(ineqlib.catalogue.__file__).parent
CATALOGUE = load_catalogue()
INDICATORS = list(CATALOGUE.indicators.values())

JARGON = re.compile(
    r"\b(SII|RII|HLE|DFLE|LE|DSR|QOF|NEET|FSM|GLD|KS\d|IMD|IDAOPI|LILEE|APS|MSOA|LSOA|PM2\.5"
    r"|prevalence|incidence|mortality|morbidity|crude|slope|index|standardised|cohort|modelled"
    r"|attributable|particulate|cardiovascular|quintiles?|deciles?|socio\w*|public health)\b",
    re.IGNORECASE,
)


@pytest.fixture
def folder(tmp_path):
    """A copy of the packaged files, to spoil."""
    shutil.copytree(PACKAGED, tmp_path / "catalogue")
    return tmp_path / "catalogue"


def spoil(path, change):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")


# the content


@pytest.mark.parametrize("file", sorted(PACKAGED.rglob("*.yml")), ids=lambda path: path.name)
def test_the_packaged_files_pass_the_schema_they_are_trusted_to_pass(file):
    parts = {"indicators": "indicators", "sets": "indicator_set"}
    assert read_checked_yaml(file, parts.get(file.parent.name, file.stem))


def test_objectives_come_in_marmot_order_and_each_has_indicators():
    assert list(CATALOGUE.objectives) == list("OABCDEFGH")
    order = [indicator.objective for indicator in INDICATORS]
    assert order == sorted(order, key=list("OABCDEFGH").index)
    assert all(CATALOGUE.of_objective(each) for each in CATALOGUE.objectives)


def test_an_objective_without_an_open_measure_stays_visible():
    assert [each.id for each in CATALOGUE.objectives_without_open_measure()] == ["G"]
    for indicator in INDICATORS:
        has_ids = bool(indicator.publisher_ids)
        assert has_ids == (indicator.source == "open"), indicator.id
        if indicator.source == "none":
            assert indicator.notes.startswith("No open measure yet"), indicator.id


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.id)
def test_an_indicator_is_complete(indicator):
    assert indicator.catalogued
    for text in ("name", "public_name", "unit", "age", "lead_owner", "why_this_indicator"):
        assert getattr(indicator, text).strip() == getattr(indicator, text) != ""
    assert indicator.area_levels
    assert indicator.lead_owner not in indicator.partners
    assert indicator.value_type != "proportion" or indicator.unit == "%"
    assert indicator.value_type != "life_expectancy" or indicator.unit == "years"
    assert not JARGON.search(indicator.public_name.replace("(public health profile)", ""))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.id)
def test_an_unverified_id_says_so_in_the_notes(indicator):
    ids = [name for names in indicator.publisher_ids.values() for name in names]
    unverified = indicator.source == "open" and not (ids and all(name.verified for name in ids))
    assert unverified == ("to be confirmed" in indicator.notes and "Id" in indicator.notes)


def test_why_a_figure_matters_is_no_remark_on_how_it_is_made() -> None:
    for indicator in INDICATORS:
        why = indicator.why_this_indicator
        assert not re.search("years together|comparable|up to date|old news", why)


def test_public_names_are_told_apart():
    again = [name for name, n in Counter(each.public_name for each in INDICATORS).items() if n > 1]
    assert again == []


@pytest.mark.parametrize(
    ("fingertips_id", "polarity"),
    [
        ("90362", "favourable"),
        ("90366", "favourable"),
        ("92033", "adverse"),
        ("92901", "adverse"),
        ("108", "adverse"),
        ("848", "neutral"),
        ("241", "neutral"),
        ("93861", "adverse"),
        ("93014", "favourable"),
        ("93015", "adverse"),
    ],
)
def test_polarity_follows_meaning(fingertips_id, polarity):
    indicator, _ = CATALOGUE.find("fingertips", fingertips_id)
    assert indicator.polarity == polarity


def test_a_high_anxiety_score_is_bad_where_the_other_three_questions_are_good():
    found = {
        text: CATALOGUE.find("explore_statistics", text)[0].polarity
        for text in ("Anxiety", "Happiness", "Satisfaction", "Worthwhile")
    }
    assert found.pop("Anxiety") == "adverse"
    assert set(found.values()) == {"favourable"}


# finding


def test_an_id_is_found_whatever_sex_its_rows_have():
    for sex in ("Male", "Female", None):
        indicator, name = CATALOGUE.find("fingertips", "90366", sex=sex, age="All ages")
        assert (indicator.id, name.sex) == ("life_expectancy", None)


def test_an_id_that_stands_for_one_sex_gives_it():
    indicator, name = CATALOGUE.find("explore_statistics", "Female healthy life expectancy")
    assert (indicator.id, name.sex) == ("healthy_life_expectancy", "Female")
    assert CATALOGUE.find("explore_statistics", "Female healthy life expectancy", "Male") is None


def test_an_id_used_for_several_ages_is_found_by_age():
    found = CATALOGUE.find("fingertips", "93283", age="All ages")
    assert found is not None
    assert found[0].id == "life_expectancy_neighbourhood"
    assert CATALOGUE.find("fingertips", "93283", age="65 yrs") is None


def test_different_definitions_are_different_indicators():
    fingertips, _ = CATALOGUE.find("fingertips", "92443")
    five_years, _ = CATALOGUE.find("explore_statistics", "Cigarette smokers")
    assert fingertips.id != five_years.id
    assert (fingertips.pooling_years, five_years.pooling_years) == (1, 5)


def test_what_is_not_known_is_described_without_judgement():
    assert CATALOGUE.find("fingertips", "93356") is None
    unknown = CATALOGUE.describe_unknown("fingertips_93356", "Campylobacter", "per 100,000")
    assert (unknown.objective, unknown.polarity, unknown.catalogued) == ("", "neutral", False)
    assert "Not in the catalogue" in unknown.notes


def test_a_misspelt_id_names_the_nearest():
    with pytest.raises(UnknownIndicator, match="Did you mean 'life_expectancy'"):
        CATALOGUE["life_expectency"]


# sets


def test_the_marmot_set_is_everything_but_duplicates():
    everything = tuple(each.id for each in INDICATORS if not each.duplicate_of)
    assert load_indicator_set("marmot") == everything


def test_the_headline_set_is_short_and_in_order():
    headline = load_indicator_set("headline")
    assert 6 <= len(headline) <= 8
    assert list(headline) == [each for each in CATALOGUE.indicators if each in headline]


def test_a_set_of_ones_own_is_read_and_checked(tmp_path):
    path = tmp_path / "ours.yml"
    path.write_text("name: ours\ntitle: Ours\nindicators: [suicide]\n", encoding="utf-8")
    assert load_indicator_set(path) == ("suicide",)
    path.write_text("name: ours\ntitle: Ours\nindicators: [suicid]\n", encoding="utf-8")
    with pytest.raises(UnknownIndicator, match=r"1 of 1 .*suicid.*Did you mean 'suicide'"):
        load_indicator_set(path)
    path.write_text("name: ours\nindicator: [suicide]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"unknown key: indicator\. Did you mean 'indicators'"):
        load_indicator_set(path)


def test_a_set_that_does_not_exist_names_those_that_do():
    with pytest.raises(ParameterError, match=r"headline, marmot.*Did you mean 'marmot'"):
        load_indicator_set("marmott")


# faults in the files

FIRST = CATALOGUE.of_objective("A")[0].id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda c: c["indicators"][0].update(polarty="adverse"),
            rf"A\.yml has 1 fault.*'{FIRST}' has 1 unknown key: polarty\."
            r" Did you mean 'polarity'",
        ),
        (
            lambda c: c["indicators"][0].update(polarity="High is good"),
            rf"'{FIRST}\' polarity is 'High is good', expected one of: "
            r"favourable, adverse, neutral",
        ),
        (
            lambda c: [c["indicators"][0].pop(key) for key in ("unit", "age")],
            rf"'{FIRST}\' lacks unit, age",
        ),
        (lambda c: c["indicators"][0].pop("id"), r"indicators no\. 1 lacks id"),
        (
            lambda c: c["indicators"][0].update(publisher_ids={"fingertips": [{"id": 90631}]}),
            rf"'{FIRST}\' publisher_ids fingertips 0 id: 90631 is not of type",
        ),
        (
            lambda c: c.update(objective="Z"),
            r"A\.yml: objective 'Z' is not in objectives\.yml, which has O, A",
        ),
        (
            lambda c: c["indicators"][0].update(id="suicide"),
            r"F\.yml: id 'suicide' is already used in A\.yml",
        ),
        (
            lambda c: c["indicators"][0].update(publisher_ids={"fingertips": [{"id": "41001"}]}),
            rf"'suicide' and '{FIRST}\' both claim fingertips id '41001'",
        ),
        (
            lambda c: c["indicators"][0].update(duplicate_of="suicde"),
            r"duplicate of 'suicde', which is not in the catalogue\. Did you mean 'suicide'",
        ),
    ],
)
def test_a_fault_names_file_entry_and_what_was_expected(folder, change, message):
    spoil(folder / "indicators" / "A.yml", change)
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)
    assert re.search(message, str(caught.value), re.DOTALL), caught.value


def test_an_entry_that_is_being_written_is_told_as_in_any_other_file(folder, monkeypatch):
    for module in ("loader", "checked_yaml"):
        monkeypatch.setattr(f"ineqlib.catalogue.{module}.HERE", folder)
    spoil(folder / "indicators" / "A.yml", lambda c: c["indicators"][0].update(publicnme="Parks"))
    with pytest.raises(InputError, match=rf"A\.yml has 1 fault.*\n.*'{FIRST}' has 1 unknown key"):
        load_catalogue.__wrapped__()


def test_many_faults_are_counted_and_five_shown(folder):
    def change(content):
        for entry in content["indicators"][:7]:
            entry["decimals"] = "one"

    spoil(folder / "indicators" / "A.yml", change)
    with pytest.raises(InputError, match=r"A\.yml has 7 faults(.|\n)*and 2 more"):
        read_catalogue(folder)


def test_a_key_given_twice_is_refused(folder):
    path = folder / "indicators" / "A.yml"
    text = path.read_text(encoding="utf-8")
    twice = text.replace("    decimals: 1\n", "    decimals: 1\n    decimals: 2\n", 1)
    path.write_text(twice, encoding="utf-8")
    with pytest.raises(
        InputError,
        match=r"A\.yml is not YAML .*'decimals' is given twice .* at line \d+ \(decimals: 2\)",
    ):
        read_catalogue(folder)


@pytest.mark.parametrize("text", ["", "- 1", "objective: [", "objective: !!python/name:os.system"])
def test_what_is_not_a_catalogue_file_is_refused(folder, text):
    (folder / "indicators" / "A.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"A\.yml"):
        read_catalogue(folder)


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        read_catalogue(tmp_path)


def test_loading_leaves_the_slow_schema_checker_alone():
    code = (
        "import sys; from ineqlib.catalogue import load_catalogue; load_catalogue(); "
        "sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# the real data


@pytest.mark.real
def test_every_indicator_of_the_real_files_is_known(real_data):
    native = pd.read_csv(
        real_data / "fingertips_derived" / "native_layout_reconstructed.csv.gz",
        usecols=["Indicator ID", "Sex", "Age"],
        dtype=str,
    ).drop_duplicates()
    unknown = [
        row for row in native.itertuples(index=False) if not CATALOGUE.find("fingertips", *row)
    ]
    assert unknown == []
    texts = {
        text
        for path in sorted((real_data / "ons_els").glob("*.csv.gz"))
        for text in pd.read_csv(path, encoding="utf-8-sig", usecols=["indicator"])["indicator"]
    }
    assert {text for text in texts if not CATALOGUE.find("explore_statistics", text)} == set()
