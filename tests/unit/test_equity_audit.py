"""A health equity audit: right where the truth is known, and decisions that are never lost."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import ineqlib as iq
from ineqlib.briefings.equity_audit.asked import read_asked
from ineqlib.briefings.equity_audit.decisions import DECISIONS, read_decisions
from ineqlib.briefings.equity_audit.facts import Audit, audit_facts
from ineqlib.briefings.need.follows import NOT_LISTED, TOO_FEW
from ineqlib.errors import InputError, ParameterError, UnknownArea, UnknownIndicator
from ineqlib.measures import proportionality
from ineqlib.measures.spend import CANNOT_TELL, FLAT, PROGRESSIVE, REGRESSIVE
from ineqlib.pack import Pack

from .revised_pack import revised

COUNTY, DISTRICT = "X10000001", "X07000001"
SERVICE = "cervical_screening_younger"
HEAD = "service,period,area_code,fifth,sex,age,ethnicity,used,eligible"


def computed(pack: Pack, area: str = COUNTY, **asked: str) -> Audit:
    given = {"service": "", "uptake": "", "need": "deprivation", "decisions": "", **asked}
    return audit_facts(pack, read_asked(pack, area, **given))


def written(path: Path, rows: list[str], head: str = HEAD) -> str:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return str(path)


def by_place(pack: Pack, path: Path, share) -> str:
    """Write a made-up service of every neighbourhood of the county, by its relative rank."""
    small = pack.small_areas(COUNTY)
    most = pack.table("small_areas", columns=["rank"])["rank"].max()
    rows = [
        f"Checks,2024/25,{code},,,,,{round(300 * share(rank / most))},300"
        for code, rank in zip(small["small_area_code"], small["rank"], strict=True)
    ]
    return written(path, rows)


def test_the_demonstration_county_is_told_as_it_was_made(demo_pack: Pack) -> None:
    audit = computed(demo_pack)
    assert (audit.asked.service, audit.level) == (SERVICE, "districts")
    assert audit.judged.verdict == REGRESSIVE  # its gradient of -0.45 on the log odds
    rates = [place.rate.value for place in audit.places]
    assert np.corrcoef(range(10), rates)[0, 1] > 0.8
    people = [place.eligible.value for place in audit.places]
    by_hand = proportionality(np.array(rates), range(10, 0, -1), people).spend
    assert audit.judged.index.value == pytest.approx(float(by_hand.value), abs=1e-4)
    missed = sum(n * max(0, rates[-1] - rate) / 100 for n, rate in zip(people, rates, strict=True))
    assert audit.missed.value == round(missed)


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (lambda rank: 0.5 + 0.2 * rank, REGRESSIVE),
        (lambda rank: 0.7 - 0.2 * rank, PROGRESSIVE),
        (lambda _rank: 0.6, FLAT),
    ],
)
def test_a_service_of_known_gradient_gets_its_verdict(
    demo_pack: Pack, tmp_path: Path, share, verdict: str
) -> None:
    audit = computed(demo_pack, uptake=by_place(demo_pack, tmp_path / "u.csv", share))
    assert (audit.level, audit.in_fifths) == ("neighbourhoods", True)
    assert audit.judged.verdict == verdict
    # Of a file of one's own no point of the curve tells of one neighbourhood.
    assert len(audit.curve.people) == 6
    assert audit.whole.value == pytest.approx(
        100 * sum(g.used.value for g in audit.places) / sum(g.eligible.value for g in audit.places)
    )
    assert sum(group.eligible.value for group in audit.places) == 300 * len(
        demo_pack.small_areas(COUNTY)
    )


def test_fifths_alone_are_told_by_their_ends(demo_pack: Pack, tmp_path: Path) -> None:
    rows = [
        f"Checks,2024/25,,{n},,,,{used},1000" for n, used in enumerate((400, 450, 500, 520, 560), 1)
    ]
    path = written(tmp_path / "u.csv", rows)
    audit = computed(demo_pack, DISTRICT, uptake=path)
    assert (audit.judged.verdict, audit.judged.why) == (CANNOT_TELL, TOO_FEW)
    assert audit.gap.value == pytest.approx(16)
    # Two shares of 1,000 people: a standard error of 2.2 points.
    assert audit.gap.limits == pytest.approx((16 - 4.3, 16 + 4.3), abs=0.1)
    said = iq.open_equity_audit(demo_pack, DISTRICT, uptake=path).section("answer").blocks
    assert "uptake is lower in the most deprived fifth" in said[0].words.text
    assert audit.missed.value == 160 + 110 + 60 + 40


def test_a_part_of_the_places_is_not_told_as_the_whole(demo_pack: Pack, tmp_path: Path) -> None:
    path = Path(by_place(demo_pack, tmp_path / "u.csv", lambda rank: 0.5 + 0.2 * rank))
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    audit = computed(demo_pack, uptake=written(path, rows[: len(rows) // 2], head))
    assert audit.whole is None
    assert (audit.judged.verdict, audit.judged.why) == (CANNOT_TELL, NOT_LISTED)


def test_small_places_are_withheld_and_draw_no_curve(demo_pack: Pack, tmp_path: Path) -> None:
    rows = [f"Checks,2024/25,,{n},,,,{used},100" for n, used in enumerate((4, 20, 30, 40, 50), 1)]
    audit = computed(demo_pack, DISTRICT, uptake=written(tmp_path / "u.csv", rows))
    assert [group.rate is None for group in audit.places] == [True, True, False, False, False]
    assert audit.curve is None
    # What is left is not told as if it were the ends.
    page = iq.open_equity_audit(demo_pack, DISTRICT, uptake=str(tmp_path / "u.csv"))
    assert page.summary == "Cannot tell whether uptake follows need"


def test_groups_are_set_against_everybody_and_small_ones_withheld(
    demo_pack: Pack, tmp_path: Path
) -> None:
    rows = [
        "Checks,2024/25,,,Male,,,400,1000",
        "Checks,2024/25,,,Female,,,600,1000",
        "Checks,2024/25,,,,,Group one,500,1000",
        "Checks,2024/25,,,,,Group two,9,40",
        "Checks,2024/25,,,,,Group three,30,90",
        "Checks,2024/25,,,,,Group four,461,870",
    ]
    audit = computed(demo_pack, DISTRICT, uptake=written(tmp_path / "u.csv", rows))
    assert [(g.name, g.side) for g in audit.by["sex"]] == [("Male", "lower"), ("Female", "higher")]
    assert audit.whole.value == pytest.approx(50)
    withheld = {group.name for group in audit.by["ethnicity"] if group.rate is None}
    # One alone would be told by the others and the whole.
    assert withheld == {"Group two", "Group three"}
    assert "age" not in audit.by
    page = iq.open_equity_audit(demo_pack, DISTRICT, uptake=str(tmp_path / "u.csv"))
    table = page.section("not_held").blocks[0].cells
    assert "By age" in table["What is not held"]
    assert "By sex" not in table["What is not held"]


@pytest.fixture(scope="module")
def divided_pack(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The demonstration with a coverage published by sex, ethnicity and the area's own fifths."""
    tables = {name: demo_pack.table(name) for name in demo_pack.meta.tables}
    rows = tables["observations"]
    here = (rows["indicator_id"] == SERVICE) & (rows["area_code"] == DISTRICT)
    newest = rows[here].sort_values("period_end").tail(1).assign(sex="Persons")
    divisions = [
        {"sex": "Male", "value": 60.0, "lower_ci": 58.0, "upper_ci": 62.0},
        {"sex": "Female", "value": 80.0, "lower_ci": 78.0, "upper_ci": 82.0},
        *(
            {"dimension": "Ethnic group", "subgroup": name, "value": value}
            | {"lower_ci": value - 1, "upper_ci": value + 1}
            for name, value in (("Group one", 50.0), ("Group two", 72.0))
        ),
        *(
            {"dimension": "local_deprivation_quintile:demo2024", "subgroup": f"Fifth {order}"}
            | {"subgroup_order": order, "value": 60.0 + 4 * order}
            | {"lower_ci": 58.0 + 4 * order, "upper_ci": 62.0 + 4 * order}
            for order in range(1, 6)
        ),
    ]
    made = pd.concat([newest, *(newest.assign(**division) for division in divisions)])
    made["row"] = range(int(rows["row"].max()) + 1, int(rows["row"].max()) + 1 + len(made))
    made = made.astype(rows.dtypes)
    tables["observations"] = pd.concat([rows[~here], made], ignore_index=True)
    folder = tmp_path_factory.mktemp("divided") / "pack"
    return revised(demo_pack, folder, tables)


def test_what_is_published_by_group_is_filled_in(divided_pack: Pack) -> None:
    audit = computed(divided_pack, DISTRICT, service=SERVICE)
    sides = {kind: {g.name: g.side for g in groups} for kind, groups in audit.by.items()}
    assert sides == {
        "sex": {"Male": "lower", "Female": "higher"},
        "ethnicity": {"Group one": "lower", "Group two": "higher"},
    }
    # 80 less 64, each with a standard error of 2/1.96.
    assert audit.gap.value == 16
    assert audit.gap.limits == pytest.approx((16 - 8**0.5, 16 + 8**0.5), abs=0.01)
    page = iq.open_equity_audit(divided_pack, DISTRICT, service=SERVICE)
    assert page.summary.startswith("Uptake is lower in the most deprived fifth")
    assert page.section("equity_profile").figures
    assert [block.id for block in page.section("groups").blocks] == [
        "uptake-by-sex",
        "uptake-by-ethnicity",
    ]
    asked = page.section("not_held").blocks[0].cells["What is not held"]
    assert "By age" in asked
    assert "By ethnicity" not in asked


def test_use_in_proportion_to_need_is_told_as_such(demo_pack: Pack, tmp_path: Path) -> None:
    codes = [area.code for area in demo_pack.districts(COUNTY)]
    rows = demo_pack.observations(indicator="smoking_adults", area=codes)
    newest = rows[rows["period_end"] == rows["period_end"].max()]
    need = dict(zip(newest["area_code"], newest["value"], strict=True))
    lines = [f"Stop smoking,2024/25,{code},,,,,{round(2000 * need[code])},100000" for code in codes]
    path = written(tmp_path / "u.csv", lines)
    by_smoking = computed(demo_pack, uptake=path, need="smoking_adults")
    assert by_smoking.has_zero
    assert by_smoking.judged.verdict == FLAT
    assert abs(by_smoking.judged.kakwani.value) < 1e-4
    assert computed(demo_pack, uptake=path).judged.verdict == PROGRESSIVE


def test_a_file_for_several_areas_gives_each_its_own(demo_pack: Pack, tmp_path: Path) -> None:
    rows = [
        f"Checks,2024/25,{DISTRICT},,,,,400,1000",
        f"Checks,2024/25,{DISTRICT},,Male,,,100,500",
        f"Checks,2024/25,{DISTRICT},,Female,,,300,500",
        "Checks,2024/25,X07000002,,,,,900,1000",
        "Checks,2024/25,X07000002,,Male,,,450,500",
        "Checks,2024/25,,,,18 to 39,,1,1000",
    ]
    path = written(tmp_path / "u.csv", rows)
    audit = computed(demo_pack, DISTRICT, uptake=path)
    assert audit.whole.value == pytest.approx(40)
    assert {g.name: g.rate.value for g in audit.by["sex"]} == {"Male": 20, "Female": 60}
    assert "age" not in audit.by
    assert [remark.split(",")[0] for remark in audit.remarks] == [
        "2 rows left out",
        "1 row left out",
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Checks,2024/25,,1,Male,,,1,2", "more than one of"),
        ("Checks,2024/25,,1,,,,3,2", "more people used the service"),
        ("Checks,2024/25,,1,,,,,2", "used is not a count"),
        ("Checks,2024/25,Leeds,,,,,1,2", "not a GSS code"),
        ("Checks,soon,,1,,,,1,2", "period cannot be read"),
        ("Checks,2024/25,,1,,,,0,0", "nobody was eligible"),
    ],
)
def test_a_file_of_uptake_that_cannot_be_right_is_refused(
    demo_pack: Pack, tmp_path: Path, row: str, fault: str
) -> None:
    with pytest.raises(InputError, match=fault):
        computed(demo_pack, uptake=written(tmp_path / "u.csv", [row]))


def test_what_is_no_uptake_is_refused_and_names_are_offered(demo_pack: Pack) -> None:
    with pytest.raises(ParameterError, match="is not better"):
        computed(demo_pack, service="smoking_adults")
    with pytest.raises(ParameterError, match="no share of people"):
        computed(demo_pack, service="life_expectancy")
    with pytest.raises(UnknownIndicator, match="health_checks"):
        computed(demo_pack, service="health_check")


def fill(path: Path, key: str, **fields: object) -> None:
    """Fill in one decision, as a person would."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["audits"][0]["decisions"][key] |= fields
    path.write_text(yaml.safe_dump(content), encoding="utf-8")


def cycle_of(pack: Pack, path: Path, **asked: str) -> dict[str, str]:
    document = iq.open_equity_audit(pack, COUNTY, decisions=str(path), **asked)
    blocks = document.section("cycle").blocks
    return {block.id: block.words.text for block in blocks if hasattr(block, "words")}


def test_decisions_survive_when_the_page_is_made_again(demo_pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    iq.start_decisions(path, demo_pack, COUNTY)
    fill(
        path,
        "action",
        decision="Two clinics",
        by="The board",
        date=date(2026, 6, 3),
    )
    before = path.read_bytes()
    first, second = cycle_of(demo_pack, path), cycle_of(demo_pack, path)
    assert path.read_bytes() == before
    assert first == second
    assert first["decision-action"].endswith("Two clinics (The board, 3 June 2026).")
    assert first["decision-partners"].endswith("not decided yet.")
    assert not [name for name in first if name.startswith("changed-")]
    document = iq.open_equity_audit(demo_pack, COUNTY, decisions=str(path))
    told = document.section("answer").blocks[-1].words.text
    assert told.endswith(f" {len(DECISIONS) - 1} decisions are still to be taken.")


def test_a_figure_that_changed_since_is_told_beside_its_decision(
    demo_pack: Pack, tmp_path: Path
) -> None:
    uptake = tmp_path / "u.csv"
    by_place(demo_pack, uptake, lambda rank: 0.5 + 0.2 * rank)
    path = tmp_path / "decisions.yml"
    iq.start_decisions(path, demo_pack, COUNTY, uptake=uptake)
    fill(path, "gap", decision="That between the ends", by="", date="2026-06-03")
    assert "changed-gap" not in cycle_of(demo_pack, path, uptake=str(uptake))
    was = read_decisions(path, demo_pack, COUNTY, "Checks")["gap"].figures["gap"]
    by_place(demo_pack, uptake, lambda rank: 0.5 + 0.1 * rank)
    told = cycle_of(demo_pack, path, uptake=str(uptake))
    assert f"gap was {was}, now " in told["changed-gap"]
    # Open decisions have nothing that could have changed under them.
    assert [name for name in told if name.startswith("changed-")] == ["changed-gap"]


def test_a_file_of_decisions_is_added_to_and_never_written_over(
    demo_pack: Pack, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.yml"
    iq.start_decisions(path, demo_pack, COUNTY)
    fill(path, "scope", decision="All of the county")
    before = path.read_text(encoding="utf-8")
    with pytest.raises(ParameterError, match="They are kept"):
        iq.start_decisions(path, demo_pack, "Wendlemere", service=SERVICE)
    iq.start_decisions(path, demo_pack, DISTRICT)
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert read_decisions(path, demo_pack, COUNTY, SERVICE)["scope"].text == "All of the county"
    assert not read_decisions(path, demo_pack, DISTRICT, SERVICE)["scope"].text


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("audits: {}", InputError, "should begin with"),
        ("audits:\n  - {area: X10000001, service: s}", InputError, "lacks decisions"),
        (
            "audits:\n  - {area: X10000001, service: s, decisions: {acton: {}}}",
            InputError,
            "Did you mean 'action'",
        ),
        (
            "audits:\n  - {area: X10000001, service: s, decisions: {action: {date: soon}}}",
            InputError,
            "no day",
        ),
        (
            "audits:\n  - {area: X10000001, service: s, decisions: {action: {by: Us}}}",
            InputError,
            "and not what",
        ),
        (
            "audits:\n  - {area: Nowhere, service: s, decisions: {action: {}}}",
            UnknownArea,
            "Nowhere",
        ),
    ],
)
def test_a_file_of_decisions_is_read_strictly(
    demo_pack: Pack, tmp_path: Path, text: str, error: type[Exception], message: str
) -> None:
    path = tmp_path / "d.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=message):
        read_decisions(path, demo_pack, COUNTY, "s")


def test_a_place_without_any_uptake_is_an_honest_page(demo_pack: Pack) -> None:
    page = iq.open_equity_audit(demo_pack, DISTRICT)
    assert page.summary == "Cannot tell whether uptake follows need"
    message, *_, step = page.section("answer").blocks
    assert message.words.text.startswith("Cannot tell whether uptake follows need in Brackenhythe")
    assert step.words.text.startswith("What next: get users and people eligible by neighbourhood")
    assert not page.section("equity_profile").blocks
