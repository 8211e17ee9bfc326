"""A folder of small made-up files becomes a pack, and every file is accounted for."""

import gzip
import json
import shutil
import unicodedata
from datetime import date
from pathlib import Path, PureWindowsPath

import pandas as pd
import pytest

from ineqlib.errors import InputError, OutputError
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.pack.code_history import CodeHistory
from ineqlib.pack.folder import list_files
from ineqlib.pack.geography import area_changes, areas_table, plain_name

ELS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
)
SMOKERS = (
    "E92000001,England,Nation,Cigarette smokers,2020-01-01/P5Y,11.5,Percentage,%,11.4,11.7,,\n"
    "E07000101,Stevenage,LA,Cigarette smokers,2020-01-01/P5Y,14.0,Percentage,%,11.0,17.0,,\n"
    "E07000026,Allerdale,LA,Cigarette smokers,2020-01-01/P5Y,13.0,Percentage,%,11.0,16.0,,\n"
)
HIDDEN = "1 left out, hidden: .hidden"
IMD = "Index of Multiple Deprivation (IMD)"
FILE_7 = (
    "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
    f"{IMD} Rank (where 1 is most deprived),{IMD} Decile (where 1 is most deprived 10% of LSOAs)\n"
    "E01000001,Stevenage 001A,E07000101,1,1\nE01000002,Allerdale 001A,E07000026,2,10\n"
)
LOOKUP = "LAD23CD,LAD23NM,CTYUA23CD,CTYUA23NM\nE07000243,Stevenage,E10000015,Hertfordshire\n"
REGIONS = "LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000243,Stevenage,E12000006,East of England\n"
POPULATION = "LSOA11CD,total_population,0,1\nE01000001,1500,20,21\nE01000002,1600,20,21\n"
NEIGHBOURS = "AREACD,1,2\nE07000101,E07000026,W06000001\n"
SQUARE = "[[[-0.2,51.8],[-0.1,51.8],[-0.1,51.9],[-0.2,51.9],[-0.2,51.8]]]"
NOWHERE = "[[[5e9,5e9],[6e9,5e9],[6e9,6e9],[5e9,5e9]]]"
EAST = "[[[-0.1,51.8],[0.0,51.8],[0.0,51.9],[-0.1,51.9],[-0.1,51.8]]]"


def shapes(code, *pairs):
    features = ",".join(
        f'{{"type":"Feature","properties":{{"{code}CD":"{each}","{code}NM":"{name}"}},'
        f'"geometry":{{"type":"Polygon","coordinates":{ring}}}}}'
        for each, name, ring in pairs
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of files and the report of its pack, made once: to be read, and never changed."""
    home = tmp_path_factory.mktemp("made")
    found = home / "received"
    (found / "deeper").mkdir(parents=True)
    for name, text in {
        "smokers.csv": ELS + SMOKERS,
        "deeper/file7.csv": FILE_7,
        "lookup.csv": LOOKUP,
        "regions.csv": REGIONS,
        "population.csv": POPULATION,
        "neighbours.csv": NEIGHBOURS,
        "lad24.geojson": shapes("LAD24", ("E07000243", "Stevenage", SQUARE)),
        "lad21.geojson": shapes("LAD21", ("E07000243", "Old name", SQUARE)),
        "lsoa11.geojson": shapes(
            "LSOA11",
            ("E01000001", "Stevenage 001A", SQUARE),
            ("E01000002", "Allerdale 001A", EAST),
        ),
        "page.csv": "<!DOCTYPE html><html><title>Sign in</title></html>",
        "empty.csv": "",
        "unknown.csv": "colour,shape\nred,round\n",
        "broken.geojson": shapes("LAD23", ("E07000243", "Stevenage", NOWHERE)),
        ".hidden": "x",
    }.items():
        (found / name).write_text(text, encoding="utf-8")
    (found / "deeper" / "cut.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n" * 999)[:40])
    described = home / "params" / "describe"
    described.mkdir(parents=True)
    (described / "mine.yml").write_text(
        "neighbours.csv: {method: ONS demographic neighbours}\nabsent.csv: {period: 2020}\n",
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        return found, build(found, home / "pack", title="Two places")


@pytest.fixture
def home(made, tmp_path, monkeypatch):
    """A copy of what was received, described and built, where one works."""
    shutil.copytree(made[0].parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def folder(home):
    return home / "received"


@pytest.fixture
def few(folder):
    """Keep some files alone in the folder: each costs its time."""

    def keep(*names):
        for path in [each for each in folder.rglob("*") if each.is_file()]:
            if path.name not in names:
                path.unlink()
        return folder

    return keep


@pytest.fixture
def report(made):
    return made[1]


@pytest.fixture(scope="module")
def pack(made):
    return open_pack(made[1].path)


def test_every_file_is_read_or_the_reason_is_given(report):
    assert len(report.files) == 14
    reasons = {file.name: " ".join(file.remarks) for file in report.not_read}
    assert sorted(reasons) == [
        *("broken.geojson", "deeper/cut.csv.gz", "empty.csv", "page.csv", "unknown.csv"),
    ]
    assert "a web page" in reasons["page.csv"]
    assert "an empty file" in reasons["empty.csv"]
    assert "columns colour, shape" in reasons["unknown.csv"]
    assert "damaged gzip" in reasons["deeper/cut.csv.gz"]
    assert "neither" in reasons["broken.geojson"]
    assert report.remarks == (HIDDEN,), "descriptions kept for other folders are no mistake"
    text = report.as_text()
    assert "9 of 14 files read" in text
    assert all(file.name in text for file in report.files)


def test_the_pack_keeps_the_account_of_its_inputs(report, pack):
    kept = json.loads((pack.path / "pack.json").read_text(encoding="utf-8"))["inputs"]
    assert len(kept) == 14
    smokers = next(entry for entry in kept if entry["file"] == "smokers.csv")
    assert smokers["rows_kept"] == 3
    assert len(smokers["sha256"]) == 64


def test_old_codes_become_present_ones_and_abolished_areas_stay(pack):
    smokers = pack.observations().set_index("area_code")
    assert set(smokers.index) == {"E92000001", "E07000243", "E07000026"}
    assert smokers.loc["E07000243", "value"] == 14.0
    assert pack.area("E07000101").parent_code == "E10000015"
    ended = pack.areas.set_index("area_code").loc["E07000026"]
    assert ended["ended"] and ended["successors"] == "E06000063"


def test_every_figure_has_its_source(pack):
    assert set(pack.observations()["source"]) <= set(pack.sources["source_id"])


def test_sources_say_what_they_are_of_and_leave_the_word_source_to_the_page(pack):
    assert set(pack.sources["source_id"]) == {
        "explore_statistics",
        "deprivation_imd2019",
        "lookups_ons",
        "neighbours_ons",
        "ons_population",
        "boundaries_lad_2024",
        "boundaries_lsoa_2011",
    }
    assert not pack.sources["attribution"].str.startswith("Source").any()
    assert not pack.sources["title"].duplicated().any()


def test_hierarchy_comes_from_lookups(pack):
    assert pack.area("Stevenage").region_code == "E12000006"
    assert pack.area("Hertfordshire").region_code == "E12000006", "a county lies where its parts do"
    assert [area.name for area in pack.districts("Hertfordshire")] == ["Stevenage"]


def test_small_areas_lie_in_present_authorities_with_populations(pack):
    small = pack.table("small_areas").set_index("small_area_code")
    assert small["area_code"].tolist() == ["E06000063", "E07000243"]
    assert small["population"].to_dict() == {"E01000001": 1500, "E01000002": 1600}
    shape = pack.boundaries("small_area", area_code="Stevenage", index="imd2019")
    assert shape["code"].tolist() == ["E01000001"]


def test_a_neighbourhood_has_the_name_of_its_ward_by_the_newest_lookup(few):
    folder = few("smokers.csv", "file7.csv", "lookup.csv")
    for year, ward in ((20, "Old ward"), (24, "Bedwell")):
        head = f"LSOA11CD,LSOA11NM,WD{year}CD,WD{year}NM"
        text = f"{head}\nE01000001,Stevenage 001A,E05000001,{ward}\n"
        (folder / f"wards{year}.csv").write_text(text, encoding="utf-8")
    made = open_pack(build(folder, folder.parent / "pack").path)
    small = made.table("small_areas").set_index("small_area_code")
    assert small["locality"].to_dict() == {"E01000001": "Bedwell", "E01000002": ""}


def test_every_edition_on_the_same_small_areas_has_its_map(few):
    """IMD 2015 and IMD 2019 rank the same LSOAs, in authorities of different years."""
    folder = few("smokers.csv", "file7.csv", "lookup.csv", "lsoa11.geojson")
    older = FILE_7.replace("code (2019)", "code (2013)").replace(",1,1\n", ",2,10\n", 1)
    (folder / "imd2015.csv").write_text(older.removesuffix(",2,10\n") + ",1,1\n", "utf-8")
    report = build(folder, folder.parent / "pack")
    pack = open_pack(report.path)
    for index, decile in (("imd2015", 10), ("imd2019", 1)):
        shape = pack.boundaries("small_area", area_code="Stevenage", index=index)
        assert shape["code"].tolist() == ["E01000001"]
        small = pack.small_areas("Stevenage", index)
        assert small["decile"].tolist() == [decile]
    shapes = next(file for file in report.files if file.name == "lsoa11.geojson")
    assert shapes.rows_kept == 2
    assert shapes.remarks == ["used for the table boundaries_small_area"], "thinned once for both"
    assert "deprivation_imd2015" in set(pack.sources["source_id"])


def test_populations_join_only_neighbourhoods_of_their_own_vintage(few):
    folder = few("smokers.csv", "file7.csv", "lookup.csv", "population.csv")
    newer = POPULATION.replace("LSOA11CD", "LSOA21CD")
    (folder / "population.csv").write_text(newer, encoding="utf-8")
    report = build(folder, folder.parent / "pack")
    assert open_pack(report.path).table("small_areas")["population"].isna().all()


def test_the_newest_boundaries_are_used(report, pack):
    assert pack.boundaries("lad")["name"].tolist() == ["Stevenage"]
    older = next(file for file in report.files if file.name == "lad21.geojson")
    assert older.rows_kept == 0
    assert "newer set" in older.set_aside[0].reason


def test_neighbours_have_present_codes(pack):
    assert pack.neighbours("Stevenage").codes == ("E07000026",)


def test_a_description_keeps_a_file_out(few):
    folder = few("smokers.csv", "lad21.geojson")
    own = folder.parent / "own.yml"
    own.write_text("lad21.geojson: {leave_out: made in haste}\n", encoding="utf-8")
    report = build(folder, folder.parent / "pack", title="Two places", describe=own)
    shapes = next(file for file in report.not_read if file.name == "lad21.geojson")
    assert "made in haste" in shapes.remarks[0]


def test_files_described_in_the_users_own_file_but_absent_are_named(few):
    folder = few("smokers.csv", "lad21.geojson", ".hidden")
    own = folder.parent / "own.yml"
    own.write_text(
        "lad21.geojson: {period: 2020}\nlad12.geojson: {period: 2020}\n"
        "smoker.csv: {period: 2020}\n",
        encoding="utf-8",
    )
    report = build(folder, folder.parent / "pack", title="Two places", describe=own)
    assert report.remarks == (
        "2 described file(s) are not in the folder: lad12.geojson, smoker.csv (did you mean "
        "'smokers.csv'?).",
        HIDDEN,
    )
    assert report.remarks[0] in report.as_text()


def test_progress_is_told_in_bytes_file_by_file(few):
    folder = few("smokers.csv", "empty.csv", "page.csv", "cut.csv.gz", "lad21.geojson")
    done, totals = {}, set()

    def progress(name, more, of):
        done[name] = done.get(name, 0) + more
        totals.add(of)

    report = build(folder, folder.parent / "pack", progress=progress)
    sizes = {file.name: (folder / file.name).stat().st_size for file in report.files}
    assert done == sizes
    assert totals == {sum(sizes.values())}
    assert open_pack(report.path).title == "pack", "without a title, the name of the folder"


def test_a_folder_with_nothing_to_read_leaves_the_earlier_pack(home, folder, tmp_path):
    pack = home / "pack"
    before = (pack / "pack.json").read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(InputError, match="holds no files"):
        build(other, pack, title="x")
    (other / "page.csv").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"None of the 1 file\(s\).*page.csv: .*web page"):
        build(other, pack, title="x")
    (other / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    (other / "smokers.csv").write_text(ELS.replace("period", "when") + SMOKERS, encoding="utf-8")
    with pytest.raises(InputError, match=r"None of the 3 file\(s\).*smokers.csv: .*'period'"):
        build(other, pack, title="x")
    with pytest.raises(InputError, match="There is no folder"):
        build(tmp_path / "none", pack, title="x")
    with pytest.raises(InputError, match=r"page\.csv is a file: give the folder"):
        build(other / "page.csv", pack, title="x")
    (tmp_path / "bad.yml").write_text("smokers.csv: 2020\n", encoding="utf-8")
    with pytest.raises(InputError, match="for each file name"):
        build(folder, pack, title="x", describe=tmp_path / "bad.yml")
    assert (pack / "pack.json").read_bytes() == before


@pytest.mark.parametrize("way", ["written anew", "taken over"])
def test_a_build_that_breaks_off_leaves_the_earlier_pack(home, folder, monkeypatch, way):
    pack = home / "pack"
    before = {file.name: file.read_bytes() for file in pack.iterdir()}
    siblings = sorted(each.name for each in pack.parent.iterdir())

    def full(*_args, **_options):
        raise OSError("No space left on device")

    if way == "written anew":
        monkeypatch.setattr("ineqlib.pack.write._earlier", lambda _path: None)
        monkeypatch.setattr("geopandas.GeoDataFrame.to_parquet", full)
    else:
        monkeypatch.setattr("ineqlib.pack.table_files.shutil.copyfile", full)
    with pytest.raises(OutputError, match="No space left"):
        build(folder, pack, title="Another")
    assert {file.name: file.read_bytes() for file in pack.iterdir()} == before
    assert sorted(each.name for each in pack.parent.iterdir()) == siblings


def test_a_bad_file_is_told_in_one_remark_and_the_rest_is_kept(few):
    folder = few("smokers.csv", "lookup.csv")
    own = "area_code,indicator,period,value\nE0700024,a,2023,1\nE07000243,a,soon,1\n"
    page = "<!DOCTYPE html>\n<html>504</html>\n"
    for name, text in {
        "own.csv": own + "E07000243,a,2023,lots\n",
        "own-heading.csv": "area_code,indicator,perod,value\nE07000243,a,2023,1\n",
        "half.csv": ELS + SMOKERS + page,
        "no-name.csv": "LAD23CD,CTYUA23CD,CTYUA23NM\nE07000243,E10000015,Hertfordshire\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    report = build(folder, folder.parent / "pack")
    remarks = {file.name: file.remarks for file in report.not_read}
    (faults,) = remarks["own.csv"]
    for part in ("3 faults", "row 2: 'E0700024'", "row 3: 'soon'", "row 4: 'lots'"):
        assert part in faults
    assert remarks["own-heading.csv"][0].count("Did you mean 'perod'") == 1
    assert "Line 5 begins a web page" in remarks["half.csv"][0]
    assert "'LAD23NM'" in remarks["no-name.csv"][0]
    assert len(open_pack(report.path).observations()) == 3


def test_a_file_that_cannot_be_opened_is_told_and_the_rest_is_kept(few, monkeypatch):
    folder = few("smokers.csv", "lookup.csv")

    def in_the_cloud_alone(path, *how, **more):
        if path.name == "lookup.csv":
            raise OSError(22, "The cloud file provider is not running")
        return opened(path, *how, **more)

    opened = Path.open
    monkeypatch.setattr(Path, "open", in_the_cloud_alone)
    report = build(folder, folder.parent / "pack")
    (unread,) = [file for file in report.not_read if file.name == "lookup.csv"]
    assert "The cloud file provider is not running. Close it" in unread.remarks[0]
    assert "Traceback" not in report.as_text()


def test_a_described_file_is_known_however_its_accents_are_stored(few, tmp_path):
    folder = few("smokers.csv", ".hidden")
    (folder / unicodedata.normalize("NFD", "Môn.csv")).write_text("a,b\n1,2\n", encoding="utf-8")
    description = tmp_path / "mine.yml"
    description.write_text("Môn.csv: {leave_out: not needed}\n", encoding="utf-8")
    report = build(folder, tmp_path / "pack", describe=description)
    assert report.remarks == (HIDDEN,)
    assert any("not needed" in "".join(file.remarks) for file in report.not_read)


def test_a_description_that_is_not_utf8_is_told(folder, tmp_path):
    (tmp_path / "mine.yml").write_bytes("a.csv: {period: 2014 – 16}\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"mine\.yml is not YAML .* not in UTF-8 .*at byte 22"):
        build(folder, tmp_path / "pack", describe=tmp_path / "mine.yml")


class Listed(PureWindowsPath):
    """A file as Windows lists it."""

    def is_file(self):
        return True

    def resolve(self):
        return PureWindowsPath("C:/received", self)


class Folder(Listed):
    """A folder on Windows."""

    def is_dir(self):
        return True

    def rglob(self, _pattern):
        return [Listed(name) for name in ("b.csv", r"a\z.csv", "B.csv", "A.csv", "~$a.xlsx")]


def test_files_come_in_the_same_order_on_windows():
    found, _ = list_files(Folder())
    assert [path.as_posix() for path in found] == ["A.csv", "B.csv", "a/z.csv", "b.csv"]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '../../O\'Neill "& Sons"', "N" * 3000]
)
def test_odd_names_reach_the_pack_unchanged(few, name):
    folder = few("smokers.csv", "lookup.csv", "lad24.geojson")
    shape = shapes("LAD25", ("E07000243", json.dumps(name)[1:-1], SQUARE))
    (folder / "lad25.geojson").write_text(shape, encoding="utf-8")
    quoted = name.replace('"', '""')
    own = f'area_code,indicator,period,value\nE07000243,"{quoted}",2023,1\n'
    (folder / "own.csv").write_text(own, encoding="utf-8")
    report = build(folder, folder.parent / "pack")
    pack = open_pack(report.path)
    assert pack.area("E07000243").name == name
    assert name in set(pack.observations()["area_name"])
    assert name in set(pack.indicators["name"])
    assert sorted(file.suffix for file in report.path.iterdir()).count(".parquet") == len(
        pack.meta.tables
    )


def test_two_builds_of_the_same_files_are_the_same_pack(report, folder, tmp_path):
    again = build(folder, tmp_path / "again", title="Two places")
    tables = [
        json.loads((r.path / "pack.json").read_text("utf-8"))["tables"] for r in (report, again)
    ]
    assert tables[0] == tables[1]


def test_successors_are_followed_to_the_present():
    history = CodeHistory(area_changes([], pd.Timestamp(2026, 11, 30)))
    assert history.successors("E07000190") == ["E06000066"], "merged in 2019, and again in 2023"
    assert history.successors("E10000006") == ["E06000063", "E06000064"]
    assert history.renamed_from("E08000039") == ["E08000019"]


def test_areas_that_ended_are_in_the_table_even_without_lookups():
    changes = area_changes([], pd.Timestamp(2026, 11, 30))
    areas = areas_table([], [], changes).set_index("area_code")
    assert areas["ended"].all()
    assert areas.loc["E10000023", "successors"] == "E06000065"


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("South East region", "South East"),
        ("City of London", "City of London"),
    ],
)
def test_names_are_written_as_people_do(official, plain):
    assert plain_name(official) == plain


OWN = "area_code,indicator,period,value,count,denominator,unit\n"


def own_build(tmp_path, rows, description="", today=date(2026, 11, 29)):
    """Build a pack of one file of own figures beside one that is right."""
    received = tmp_path / "own"
    received.mkdir()
    (received / "smokers.csv").write_text(ELS + SMOKERS, encoding="utf-8")
    (received / "own.csv").write_text(OWN + rows, encoding="utf-8")
    describe = tmp_path / "mine.yml"
    describe.write_text(description or "{}", encoding="utf-8")
    report = build(received, tmp_path / "pack", describe=describe, today=today)
    return next(file for file in report.files if file.name == "own.csv"), open_pack(report.path)


def test_own_figures_that_contradict_themselves_are_refused_and_the_rest_is_built(tmp_path):
    own, pack = own_build(tmp_path, "E07000243,smoking_adults,2024,0.119,119,1000,%\n")
    assert own.recognised_as == "not read"
    assert "row 2: value 0.119, count 119, denominator 1,000" in own.remarks[0]
    assert len(pack.observations()) == 3


def test_a_description_accepts_a_check_and_the_pack_keeps_that(tmp_path):
    own, pack = own_build(
        tmp_path,
        "E07000243,smoking_adults,2024,0.119,119,1000,%\n",
        "own.csv: {accept: [value_on_another_scale, share_far_from_its_count]}",
    )
    assert own.rows_kept == 1
    manifest = json.loads((pack.path / "pack.json").read_text(encoding="utf-8"))
    (kept,) = [file for file in manifest["inputs"] if file["file"] == "own.csv"]
    (finding,) = kept["findings"]
    assert (finding["check"], finding["action"]) == ("value_on_another_scale", "accepted")
    assert finding["indicators"] == ["smoking_adults"]
    assert "as the description of the file accepts it" in kept["remarks"][0]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{accept: value_on_another_scal}", "Did you mean 'value_on_another_scale'"),
        ("{period_kind: financial}", "Did you mean 'financial_year'"),
    ],
)
def test_a_description_that_names_nothing_known_is_refused(tmp_path, entry, message):
    with pytest.raises(InputError, match=message):
        own_build(tmp_path, "E07000243,a,2024,1,,,\n", f"own.csv: {entry}")


def test_a_description_says_which_year_is_meant(tmp_path):
    rows = "E07000243,Warm homes,2023-24,4,,,%\n"
    own, pack = own_build(tmp_path, rows, "own.csv: {period_kind: financial_year}")
    (row,) = pack.observations("own_figures_warm_homes").to_dict("records")
    assert (own.rows_kept, row["period"]) == (1, "2023/24")


def test_no_figure_is_of_a_day_to_come_and_the_pack_says_a_possible_day(tmp_path):
    rows = "E07000243,Warm homes,2025,4,,,%\n"
    own, pack = own_build(tmp_path, rows, today=date(2025, 12, 30))
    assert "expected a period that has ended by today (30 December 2025)" in own.remarks[0]
    assert pack.meta.vintage == "figures up to 31 December 2024"


def test_a_projection_that_is_accepted_does_not_move_the_day_of_the_pack(tmp_path):
    rows = "E07000243,Homes needed,2040,400,,,homes\n"
    own, pack = own_build(tmp_path, rows, "own.csv: {accept: period_cannot_be}")
    assert own.rows_kept == 1
    assert pack.meta.vintage == "figures up to 31 December 2024"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Café visits – hot".encode().decode("cp1252"), True),
        ("Café visits - hot", True),
        ("Café visits, hot", True),
        ("café  Visits – hot", False),
        ("Café visits – cold", False),
    ],
)
def test_names_of_own_indicators_that_differ_in_signs_alone_are_told(
    tmp_path: Path, other: str, told: bool
) -> None:
    """A file saved in another encoding made a second indicator, and neither had all areas."""
    heading = "area_code,area_name,indicator,period,value\n"
    folder = tmp_path / "in"
    folder.mkdir()
    names = "Café visits – hot", other
    places = "E07000243,Stevenage", "E07000242,East Hertfordshire"
    for number, (name, place) in enumerate(zip(names, places, strict=True)):
        line = f'{place},"{name}",2023,4.1\n'
        (folder / f"{number}.csv").write_text(heading + line, encoding="utf-8")
    report = build(folder, tmp_path / "pack", today=date(2026, 11, 30))
    alike = [text for text in report.remarks if "differ in signs alone" in text]
    assert len(alike) == told
