"""Run files are strict: a misspelt key or a wrong type is refused before anything runs."""

from pathlib import Path

import pytest

from ineqlib.document.subject import Subject
from ineqlib.errors import InputError, ParameterError, UnknownArea
from ineqlib.pack import Pack, open_pack, write_pack
from ineqlib.publish.area_selection import AreaChoice, areas_of
from ineqlib.publish.run_file import read_run
from ineqlib.publish.staleness import named_files
from ineqlib.publish.target import Target

GOOD = """
title: Test
notebook: ../book.ipynb
pack: ../pack
out: out
areas: [X07000001]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "run.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    run = read_run(write(tmp_path, GOOD))
    assert run.out == (tmp_path / "out").resolve()
    assert run.documents[0].notebook == (tmp_path.parent / "book.ipynb").resolve()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "aeras: []", "1 unknown key.*aeras.*Did you mean 'areas'"),
        (GOOD + "audience: [member]", "1 unknown key: audience.*stand under 'parameters'"),
        (GOOD.replace("out: out\n", ""), "lacks out"),
        (GOOD.replace("areas: [X07000001]\n", ""), "names no areas"),
        (GOOD.replace("[X07000001]", "X07000001"), r"'areas' should be a list, in \[ \], not"),
        (GOOD.replace("[X07000001]", "[7]"), "area 7 should be text"),
        (GOOD.replace("../pack", r'"C:\new\tables"'), "'pack' holds a sign .* without quotes"),
        (GOOD + "parameters: [a]", "'parameters' should be keys and values, not"),
        (GOOD + "area_type: all lower-teir districts", "Did you mean 'lower-tier districts'"),
        (GOOD + "area_type: [lad]", "'area_type' should be a text"),
        (GOOD + "most_deprived: 5", "chooses among the areas of a 'parent' or an 'area_type'"),
        (GOOD + "area_type: lad\nmost_deprived: yes", "whole number from 1 up, not True"),
        (GOOD + "area_type: lad\nmost_deprived: 0", "whole number from 1 up, not 0"),
        (GOOD + "area_type: lad\nindex: imd2019", "index says nothing without 'most_deprived'"),
        (
            GOOD + "area_type: lad\nmost_deprived: 5\nby: average_rank",
            "cannot be ranked by 'average_rank'.*Choose from average_score, share_most_deprived",
        ),
    ],
)
def test_mistakes_in_a_run_file_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        read_run(write(tmp_path, text))


def test_what_is_not_a_run_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not YAML"):
        read_run(write(tmp_path, "a: [b"))
    with pytest.raises(InputError, match="keys and values"):
        read_run(write(tmp_path, "just text"))
    with pytest.raises(
        InputError, match=r"escape character, at line 4 .*packs.*write paths with /"
    ):
        read_run(write(tmp_path, GOOD.replace("../pack", r'"C:\packs\mine"')))
    with pytest.raises(InputError, match=r"no run file.*Did you mean 'run.yml'"):
        read_run(tmp_path / "rum.yml")


def test_a_parameter_too_long_for_a_file_name_is_text() -> None:
    assert named_files({"note": "x" * 5000, "number": 1}) == {}


def test_a_county_means_its_current_districts_each_once(demo_pack: Pack) -> None:
    found = areas_of(AreaChoice(parent="X10000001", areas=("X07000002",)), demo_pack)
    assert len(found) == 10
    assert found[0].code == "X07000002"


def test_a_single_tier_area_stands_for_itself(demo_pack: Pack) -> None:
    single = demo_pack.areas.query("area_code.str.startswith('X06') and not ended").iloc[0]
    assert [area.code for area in areas_of(AreaChoice(parent=single["area_code"]), demo_pack)] == [
        single["area_code"]
    ]


def test_a_misspelt_area_is_refused_before_anything_runs(demo_pack: Pack) -> None:
    with pytest.raises(UnknownArea, match="Did you mean 'Coldmarket'"):
        areas_of(AreaChoice(areas=("Coldmarkt",)), demo_pack)


def test_a_folder_in_the_place_of_a_run_file_says_which_are_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match=r"is a folder\. Run files there: mine\.yml\."):
        read_run(tmp_path)


def test_in_a_projects_folder_the_run_file_is_offered_where_projects_keep_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError, match="Run files there: none; `ineq new` makes"):
        read_run(tmp_path / "mine.yml")
    runs = tmp_path / "params" / "runs"
    runs.mkdir(parents=True)
    (runs / "mine.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match=r"Did you mean 'params/runs/mine\.yml'\?"):
        read_run(tmp_path / "mine.yml")
    with pytest.raises(InputError, match=r"is a folder\. Run files there: params/runs/mine\.yml\."):
        read_run(tmp_path)


def test_an_indicator_set_is_relative_to_the_file_too(tmp_path: Path) -> None:
    given = read_run(write(tmp_path, GOOD + "parameters: {indicator_set: mine.yml}"))
    assert given.documents[0].parameters == {
        "indicator_set": str((tmp_path / "mine.yml").resolve())
    }
    named = read_run(write(tmp_path, GOOD + "parameters: {indicator_set: headline}"))
    assert named.documents[0].parameters == {"indicator_set": "headline"}


@pytest.mark.parametrize("words", ["lad", "all lower-tier districts", "Districts"])
def test_all_districts_are_those_that_exist_now_by_name(demo_pack: Pack, words: str) -> None:
    found = areas_of(AreaChoice(area_type=words), demo_pack)
    assert len(found) == 35
    assert [area.name for area in found] == sorted(area.name for area in found)
    assert {area.area_type for area in found} == {"lad"}


def test_every_misspelt_area_is_told_at_once(demo_pack: Pack) -> None:
    wrong = ("Coldmarkt", "Ambersea", "Nowhere", *(f"X{n}" for n in range(20)))
    with pytest.raises(UnknownArea) as refusal:
        areas_of(AreaChoice(areas=wrong), demo_pack)
    message = str(refusal.value)
    assert message.startswith("22 of 23 areas cannot be used:")
    assert "Did you mean 'Coldmarket'" in message
    assert "'Nowhere'" in message
    assert message.endswith("and 12 more")


def test_upper_tier_authorities_are_counties_and_single_tier_areas(demo_pack: Pack) -> None:
    found = areas_of(AreaChoice(area_type="all upper-tier authorities"), demo_pack)
    kinds = {area.code[1:3] for area in found}
    assert "10" in kinds
    assert "06" in kinds
    assert "07" not in kinds, "a district under a county is not upper tier"


def test_a_type_within_a_region_or_county(demo_pack: Pack) -> None:
    region = demo_pack.areas.query("area_type == 'region'").iloc[0]
    found = areas_of(AreaChoice(area_type="lad", parent=region["area_name"]), demo_pack)
    assert 0 < len(found) < 35
    assert {area.region_code for area in found} == {region["area_code"]}
    of_county = areas_of(AreaChoice(area_type="lad", parent="X10000001"), demo_pack)
    assert {a.code for a in of_county} == {a.code for a in demo_pack.districts("X10000001")}
    with pytest.raises(ParameterError, match="has no utla"):
        areas_of(AreaChoice(area_type="utla", parent="X07000001"), demo_pack)


def test_the_most_deprived_come_first_and_named_areas_stay(demo_pack: Pack) -> None:
    scores = demo_pack.table("area_deprivation").set_index("area_code")["average_score"]
    districts = [area.code for area in areas_of(AreaChoice(area_type="lad"), demo_pack)]
    worst = list(scores[districts].sort_values(ascending=False).index)
    run = AreaChoice(area_type="lad", most_deprived=4, index="demo2024", areas=(worst[-1],))
    assert [area.code for area in areas_of(run, demo_pack)] == [worst[-1], *worst[:4]]
    within = AreaChoice(parent="X10000001", most_deprived=1)
    [found] = areas_of(within, demo_pack)
    assert found.code == next(code for code in worst if code.startswith("X07"))


def test_areas_level_with_the_last_are_all_chosen(demo_pack: Pack) -> None:
    shares = demo_pack.table("area_deprivation").set_index("area_code")["share_most_deprived"]
    districts = areas_of(AreaChoice(area_type="lad"), demo_pack)
    without = [area.code for area in districts if shares[area.code] == 0]
    some = len(districts) - len(without)
    assert len(without) > 1, "the test needs areas level with each other"
    run = AreaChoice(area_type="lad", most_deprived=some + 1, by="share_most_deprived")
    assert len(areas_of(run, demo_pack)) == len(districts)
    run = AreaChoice(area_type="lad", most_deprived=some, by="share_most_deprived")
    assert len(areas_of(run, demo_pack)) == some


def test_a_rank_nobody_can_give_is_refused(demo_pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"no index 'demo2042'. Did you mean 'demo2024'"):
        areas_of(AreaChoice(area_type="lad", most_deprived=3, index="demo2042"), demo_pack)
    with pytest.raises(ParameterError, match=r"The 99 most deprived are asked for.*35 areas"):
        areas_of(AreaChoice(area_type="lad", most_deprived=99), demo_pack)

    tables = {name: demo_pack.table(name) for name in ("indicators", "areas", "area_changes")}
    tables |= {name: demo_pack.table(name) for name in ("sources", "observations")}
    write_pack(tmp_path / "bare", tables, demo_pack.meta)
    with pytest.raises(ParameterError, match="no deprivation of whole authorities"):
        areas_of(AreaChoice(area_type="lad", most_deprived=3), open_pack(tmp_path / "bare"))
    lacking = demo_pack.table("area_deprivation").query("area_code != 'X07000002'")
    write_pack(tmp_path / "one", {**tables, "area_deprivation": lacking}, demo_pack.meta)
    with pytest.raises(ParameterError, match=r"1 of 35 areas have no average_score.*Coldmarket"):
        areas_of(AreaChoice(area_type="lad", most_deprived=3), open_pack(tmp_path / "one"))


def test_the_shipped_run_files_are_sound(repo: Path) -> None:
    files = sorted((repo / "params" / "runs").glob("*.yml"))
    runs = {path.stem: read_run(path) for path in files}
    assert runs["england-districts"].choice.area_type == "all lower-tier districts"
    requests = [request for run in runs.values() for request in run.documents]
    assert all(request.notebook.is_file() for request in requests)
    assert {request.name for request in requests} == {
        "area_briefing",
        "methods",
        "summary",
        "annex",
    }


SEVERAL = """
title: Test
documents:
  - area_briefing
  - {{name: methods, areas: [X07000002]{more}}}
pack: ../pack
out: out
areas: [X07000001]
parameters: {{{parameters}}}
"""


BRIEFING = GOOD.replace("notebook: ../book.ipynb", "documents: [area_briefing]")


def test_each_document_asks_for_what_it_or_the_run_wants_besides(tmp_path: Path) -> None:
    own = SEVERAL.format(parameters="", more=", also: [docx]")
    briefing, methods = read_run(write(tmp_path, own + "also: [xlsx, figures]")).documents
    assert briefing.also == ("figures", "xlsx")
    assert methods.also == ("docx",)
    assert [request.also for request in read_run(write(tmp_path, BRIEFING)).documents] == [()]


def several(folder: Path, parameters: str = "", more: str = "") -> Path:
    return write(folder, SEVERAL.format(parameters=parameters, more=more))


def test_each_document_has_its_areas_and_the_parameters_it_takes(tmp_path: Path) -> None:
    run = read_run(several(tmp_path, "comparators: [county]"))
    briefing, methods = run.documents
    assert (briefing.name, methods.name) == ("area_briefing", "methods")
    assert briefing.parameters == {"comparators": ["county"]}
    assert methods.parameters == {}
    assert run.choice == AreaChoice(("X07000001",))
    assert run.own_choices == {"methods": AreaChoice(("X07000002",))}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "documents: [methods]", "'documents' .* or 'notebook' .*, not both"),
        (GOOD.replace("notebook: ../book.ipynb\n", ""), "should say what to make"),
        (
            SEVERAL.format(
                parameters="comparitors: []", more="}\n  - {name: area_briefing, audience: member"
            ),
            "comparitors.*No notebook of area_briefing, methods has.*Did you mean 'comparators'",
        ),
        (SEVERAL.format(parameters="", more=", aeras: []"), "'methods' has 1 unknown key.*'areas'"),
        (SEVERAL.format(parameters="", more="").replace("methods", "metods"), "Did you mean 'meth"),
        (SEVERAL.format(parameters="", more="").replace("methods", "area_briefing"), "than once"),
        (GOOD.replace("notebook: ../book.ipynb", "documents: []"), "asks for no document"),
        (GOOD.replace("notebook: ../book.ipynb", "documents: [7]"), "a kind's name"),
        (GOOD + "also: [xlsx]", "the notebook book is that of no kind"),
        (BRIEFING + "also: [xslx]", "cannot be 'xslx'.* Did you mean 'xlsx'"),
        (BRIEFING + "also: [xlsx, xlsx]", "once is enough"),
        (BRIEFING + "also: xlsx", "'also' should be a list"),
    ],
)
def test_mistakes_about_documents_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        read_run(write(tmp_path, text))


VARIANTS = """
title: Test
documents: {documents}
pack: ../pack
out: out
areas: [X07000001]
parameters: {parameters}
"""


def variants(folder: Path, documents: str, parameters: str = "{}") -> Path:
    return write(folder, VARIANTS.format(documents=documents, parameters=parameters))


def test_several_audiences_are_several_documents_with_names_of_their_own(tmp_path: Path) -> None:
    asked = (
        "[{name: area_briefing, audience: [director, public]}, {name: summary, audience: member}]"
    )
    run = read_run(variants(tmp_path, asked))
    keys = [request.key for request in run.documents]
    assert keys == ["area_briefing", "area_briefing, public", "summary, member"]
    here = Subject("X07000001", "Pellwater", "area")
    stems = [Target(request, here).file_stem for request in run.documents]
    assert stems == [
        "x07000001-pellwater",
        "x07000001-pellwater-public",
        "x07000001-pellwater-summary-member",
    ]
    assert len({Target(request, here).key for request in run.documents}) == 3


def test_each_audience_may_have_areas_of_its_own(tmp_path: Path) -> None:
    asked = "[area_briefing, {name: area_briefing, audience: public, areas: [X07000002]}]"
    run = read_run(variants(tmp_path, asked))
    assert run.own_choices == {"area_briefing, public": AreaChoice(("X07000002",))}


def test_an_audience_of_the_whole_run_is_that_of_each_document(tmp_path: Path) -> None:
    run = read_run(variants(tmp_path, "[area_briefing, summary]", "{audience: member}"))
    keys = [request.key for request in run.documents]
    assert keys == ["area_briefing, member", "summary, member"]


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ("[{name: area_briefing, audience: [public, public]}]", "area_briefing, public more than"),
        ("[area_briefing, {name: area_briefing, audience: director}]", "area_briefing more than"),
        ("[{name: area_briefing, audiance: public}]", "Did you mean 'audience'"),
        ("[{name: methods, audience: public}]", "1 unknown key: audience"),
    ],
)
def test_an_audience_asked_for_twice_or_misspelt_is_refused(
    tmp_path: Path, documents: str, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        read_run(variants(tmp_path, documents))


def test_a_date_in_a_run_file_is_text(tmp_path: Path) -> None:
    run = read_run(variants(tmp_path, "[area_briefing]", "{published: 2026-11-30}"))
    assert run.documents[0].parameters == {"published": "2026-11-30"}
