"""A small pack, written, opened, asked and spoilt."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from shapely.geometry import box

from ineqlib.errors import (
    InputError,
    OutputError,
    PackError,
    ParameterError,
    UnknownArea,
    UnknownIndicator,
)
from ineqlib.observations import COLUMNS, conform, empty
from ineqlib.pack import Pack, PackMeta, open_pack, write_pack
from ineqlib.pack.row_groups import Written

META = PackMeta(title="Little England", fictional=True, vintage="2024")


def observations(areas=("X07000001", "X07000002"), periods=2):
    rows = [
        {
            "indicator_id": "life_expectancy",
            "area_code": area,
            "area_name": area,
            "area_type": "lad",
            "period": str(2020 + year),
            "period_start": pd.Timestamp(2020 + year, 1, 1),
            "period_end": pd.Timestamp(2020 + year, 12, 31),
            "sex": sex,
            "value": 80.0 + year,
            "status": "ok",
        }
        for area in areas
        for year in range(periods)
        for sex in ("Female", "Male")
    ]
    return pd.concat([empty(), pd.DataFrame(rows)])


def tables():
    areas = pd.DataFrame(
        [
            ("X10000001", "Fenshire", "utla", "", "X12000001", False, "", ""),
            ("X07000001", "Marsh", "lad", "X10000001", "X12000001", False, "", "X07000009"),
            ("X07000002", "Heath", "lad", "X10000001", "X12000001", False, "", ""),
            ("X07000008", "Old Heath", "lad", "", "X12000001", True, "X07000001|X07000002", ""),
            ("X12000001", "East", "region", "", "", False, "", ""),
            ("X05000001", "Marsh", "ward", "X07000001", "", False, "", ""),
        ],
        columns=[
            *("area_code", "area_name", "area_type", "parent_code", "region_code"),
            *("ended", "successors", "renamed_from"),
        ],
    ).assign(country_code="X92000001")
    changes = pd.DataFrame(
        {
            "old_code": ["X07000007"],
            "old_name": ["Dell"],
            "new_code": ["X07000002"],
            "new_name": ["Heath"],
            "date": [pd.Timestamp(2020, 4, 1)],
            "kind": ["merged"],
        }
    )
    shapes = gpd.GeoDataFrame(
        {
            "code": ["X01000001", "X01000002"],
            "name": ["Marsh 001A", "Heath 001A"],
            "area_code": ["X07000001", "X07000002"],
            "index": "demo2024",
        },
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
        crs=27700,
    )
    small = shapes.drop(columns="geometry").rename(
        columns={"code": "small_area_code", "name": "small_area_name"}
    )
    return {
        "observations": observations(),
        "indicators": pd.DataFrame(
            {
                "indicator_id": ["life_expectancy"],
                "name": ["Life expectancy"],
                "unit": ["years"],
                "decimals": [1],
                "source": ["x"],
                "catalogued": [True],
            }
        ),
        "areas": areas,
        "area_changes": changes,
        "neighbours": pd.DataFrame(
            {
                "area_code": "X07000001",
                "rank": [2, 1],
                "neighbour_code": ["X07000008", "X07000002"],
                "method": "a",
            }
        ),
        "small_areas": pd.DataFrame(small).assign(
            score=[30.0, np.nan], rank=[1, 2], decile=[1, 10], population=[1500, np.nan]
        ),
        "boundaries_small_area": shapes,
        "sources": pd.DataFrame(
            columns=["source_id", "title", "publisher", "licence", "attribution"], dtype="str"
        ),
    }


@pytest.fixture(scope="module")
def written_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "little"
    write_pack(folder, tables(), META)
    return folder


@pytest.fixture
def path(written_once, tmp_path):
    """A copy that the test may spoil."""
    return shutil.copytree(written_once, tmp_path / "little")


@pytest.fixture
def pack(path):
    return open_pack(path)


def test_what_is_written_is_what_is_read(pack):
    read = pack.observations()
    assert pack.title == "Little England" and pack.fictional
    assert len(read) == 8
    assert read["row"].tolist() == list(range(8))
    assert read["area_code"].is_monotonic_increasing
    for column, dtype in empty().dtypes.items():
        assert read[column].dtype == dtype, column


def test_a_published_trend_is_written_where_there_is_one_and_read_empty_elsewhere(tmp_path, pack):
    assert "trend" not in pack.columns("observations")
    assert pack.observations(columns=["trend", "value"])["trend"].eq("").all()
    rows = conform(observations()).assign(trend="increasing")
    write_pack(tmp_path / "labelled", {**tables(), "observations": rows}, META)
    labelled = open_pack(tmp_path / "labelled")
    assert "trend" in labelled.columns("observations")
    assert set(labelled.observations(columns=["trend"])["trend"]) == {"increasing"}


def test_observations_are_chosen_by_each_key(pack):
    chosen = pack.observations("life_expectancy", area="Marsh", sex=["Female"], dimension="")
    assert set(chosen["area_code"]) == {"X07000001"}
    assert chosen["row"].tolist() == [0, 2]


def test_no_indicators_and_no_areas_have_no_rows_but_their_columns(pack):
    every = pack.observations()
    for none in (pack.observations(indicator=[]), pack.observations(area=[])):
        assert none.empty
        assert none.dtypes.equals(every.dtypes)


def test_rows_whose_texts_are_categories_are_written_as_others_are(tmp_path, monkeypatch):
    """Some row groups at a time, and put in order meanwhile."""
    monkeypatch.setattr("ineqlib.pack.table_files.ROW_GROUP", 7)
    areas = [f"X0700{number:04d}" for number in range(40)]
    rows = conform(observations(areas=areas, periods=3))
    rows = rows.sample(frac=1, random_state=1, ignore_index=True)
    rows.loc[::3, "subgroup_order"] = 2
    texts = [name for name, dtype in COLUMNS.items() if dtype == "string"]
    compact = rows.astype(dict.fromkeys(texts, "str")).astype(dict.fromkeys(texts, "category"))
    one, other = (
        write_pack(tmp_path / name, {**tables(), "observations": frame}, META)["observations"]
        for name, frame in (("one", rows), ("other", compact))
    )
    assert one.files[0].digests == other.files[0].digests
    read = [open_pack(tmp_path / name).observations() for name in ("one", "other")]
    pd.testing.assert_frame_equal(*read)
    assert read[1]["row"].tolist() == list(range(240))


def test_a_pack_of_no_figures_is_written_whether_texts_are_categories_or_not(tmp_path):
    rows = conform(observations()).iloc[:0]
    texts = [name for name, dtype in COLUMNS.items() if dtype == "string"]
    compact = rows.astype(dict.fromkeys(texts, "str")).astype(dict.fromkeys(texts, "category"))
    for name, frame in (("plain", rows), ("compact", compact)):
        write_pack(tmp_path / name, {**tables(), "observations": frame}, META)
        assert open_pack(tmp_path / name).observations().empty


def test_one_area_is_read_from_its_own_row_groups(tmp_path, monkeypatch):
    many = [f"X07{number:06}" for number in range(1, 101)]
    content = tables() | {"observations": observations(many, periods=150)}
    write_pack(tmp_path / "big", content, META)
    file = pq.ParquetFile(tmp_path / "big" / "observations.parquet")
    assert file.metadata.num_row_groups == 6
    column = file.schema_arrow.names.index("area_code")
    groups = [file.metadata.row_group(i).column(column).statistics for i in range(6)]
    holding = [i for i, group in enumerate(groups) if group.min <= "X07000001" <= group.max]
    assert holding == [0], "the statistics let a reader skip the other five row groups"

    pack = open_pack(tmp_path / "big", verify=False)
    spoil_all_but_the_first_group(tmp_path / "big" / "observations.parquet")
    assert len(pack.observations(area="X07000001")) == 300, "the spoilt bytes are never touched"


def test_what_is_held_in_memory_is_read_as_from_disk_until_the_file_is_another(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("ineqlib.pack.table_files.ROW_GROUP", 7)
    areas = [f"X0700{number:04d}" for number in range(9)]
    content = tables() | {"observations": observations(areas, periods=3)}
    write_pack(tmp_path / "pack", content, META)
    from_disk = open_pack(tmp_path / "pack")
    held = Pack(from_disk.path, from_disk.meta)
    held.hold()
    file = tmp_path / "pack" / "observations.parquet"
    whole = file.read_bytes()
    questions = [
        (None, None),
        ([("area_code", "==", areas[4])], None),
        ([("area_code", "in", areas[2:5])], ["value", "row"]),
        ([("indicator_id", "in", [])], None),
    ]
    expected = [from_disk.table("observations", *question) for question in questions]
    status = file.stat()
    file.write_bytes(bytes(len(whole)))  # in place: only who reads the disk can notice
    with monkeypatch.context() as patched:
        known = Written(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        patched.setattr("ineqlib.pack.row_groups.written", lambda _: known)
        patched.setattr("ineqlib.pack.files.written", lambda _: known)
        for question, frame in zip(questions, expected, strict=True):
            pd.testing.assert_frame_equal(held.table("observations", *question), frame)
    with pytest.raises(PackError):
        held.table("observations", *questions[1])


def spoil_all_but_the_first_group(path):
    """Overwrite the data of the other row groups with zeros; only a reader of them can notice."""
    metadata = pq.ParquetFile(path).metadata
    content = bytearray(path.read_bytes())
    for number in range(1, metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(number).column(column)
            start = chunk.dictionary_page_offset or chunk.data_page_offset
            content[start : start + chunk.total_compressed_size] = bytes(
                chunk.total_compressed_size
            )
    path.write_bytes(content)


def test_areas_are_found_by_code_name_and_old_code(pack):
    assert pack.area("X07000001").name == "Marsh"
    assert pack.area("marsh").code == "X07000001", "an authority wins over a ward of its name"
    assert pack.area("X07000009").code == "X07000001", "a renamed code"
    assert [area.name for area in pack.districts("Fenshire")] == ["Heath", "Marsh"]
    assert pack.neighbours("Marsh", 1) == (("X07000002",), "a")
    assert pack.neighbours("Marsh", method="b") == ((), "")


def test_neighbours_alike_in_their_economy_are_preferred(tmp_path):
    of_a = tables()["neighbours"]
    by_economy = of_a.assign(rank=[1, 2], method="ONS economic neighbours")
    by_age = of_a.assign(method="ONS demographic neighbours")
    methods = pd.concat([by_age, by_economy, of_a.assign(method="z")])
    write_pack(tmp_path / "three", {**tables(), "neighbours": methods}, META)
    pack = open_pack(tmp_path / "three")
    expected = (("X07000008", "X07000002"), "ONS economic neighbours")
    assert pack.neighbours("Marsh") == expected
    assert pack.neighbours("Marsh", method="z") == (("X07000002", "X07000008"), "z")


def test_deprivation_of_authorities_is_the_newest_unless_an_index_is_named(tmp_path):
    scores = pd.DataFrame(
        {
            "area_code": "X07000001",
            "index": ["iod2025", "imd2019"],
            "average_score": [20.0, 30.0],
            "average_rank": 1.0,
            "share_most_deprived": 0.1,
        }
    )
    write_pack(tmp_path / "ranked", {**tables(), "area_deprivation": scores}, META)
    pack = open_pack(tmp_path / "ranked")
    assert pack.area_deprivation()["average_score"].tolist() == [20.0]
    assert pack.area_deprivation("imd2019")["average_score"].tolist() == [30.0]
    known = r"It has imd2019 \(Index of Multiple Deprivation 2019\), iod2025"
    with pytest.raises(ParameterError, match=rf"no index 'imd2091'. Did you mean .* {known}"):
        pack.area_deprivation("imd2091")


def test_an_abolished_area_names_its_successors(pack):
    with pytest.raises(UnknownArea, match=r"Marsh \(X07000001\), Heath \(X07000002\)"):
        pack.area("Old Heath")
    with pytest.raises(UnknownArea, match=r"Dell no longer exists.*Heath \(X07000002\)"):
        pack.area("X07000007")
    assert len(pack.observations(area="X07000008")) == 0, "its own figures may be asked for"


def test_names_the_pack_does_not_have_offer_the_nearest(pack):
    with pytest.raises(UnknownArea, match="Did you mean 'Marsh'"):
        pack.area("Mrash")
    with pytest.raises(UnknownIndicator, match="Did you mean 'life_expectancy'"):
        pack.observations(indicator="life_expectency")
    with pytest.raises(PackError, match="Did you mean 'small_areas'"):
        pack.table("small_area")


def test_small_areas_of_a_district_and_of_a_county(pack):
    assert len(pack.small_areas("Marsh")) == 1
    assert len(pack.small_areas("Fenshire", "demo2024")) == 2
    assert pack.small_areas("Fenshire", "imd2019").empty
    shapes = pack.boundaries("small_area", area_code="Marsh")
    assert shapes.crs.to_epsg() == 27700
    assert shapes["code"].tolist() == ["X01000001"]
    assert pack.boundaries("small_area", ["X01000002"], index="demo2024").shape[0] == 1
    with pytest.raises(ParameterError, match="small areas"):
        pack.boundaries("lad", area_code="Marsh")


def test_a_changed_table_is_named_with_both_hashes(path):
    expected = json.loads((path / "pack.json").read_text(encoding="utf-8"))["tables"]["areas"][
        "files"
    ][0]
    (path / "areas.parquet").write_bytes(b"something else")
    with pytest.raises(PackError, match=f"'areas'.*{expected['sha256']}.*fresh copy"):
        open_pack(path)


def test_a_table_changed_since_it_was_opened_is_noticed(path):
    """Whoever opens a pack again does not compare what has not been written since."""
    assert open_pack(path).title == open_pack(path).title
    file = path / "areas.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(PackError, match=r"'areas'.*fresh copy"):
        open_pack(path)


def test_a_table_put_in_anothers_place_is_noticed(path, tmp_path):
    assert open_pack(path).title == "Little England"
    file, other = path / "areas.parquet", tmp_path / "other"
    other.write_bytes(bytes(file.stat().st_size))
    shutil.copystat(file, other)
    other.replace(file)
    with pytest.raises(PackError, match=r"'areas'.*fresh copy"):
        open_pack(path)


def test_a_missing_table_and_another_format_are_said(path):
    (path / "areas.parquet").unlink()
    with pytest.raises(PackError, match=r"'areas'.*missing"):
        open_pack(path)
    content = json.loads((path / "pack.json").read_text(encoding="utf-8"))
    (path / "pack.json").write_text(json.dumps(content | {"format": 99}), encoding="utf-8")
    with pytest.raises(PackError, match=r"format 99.*reads format 2"):
        open_pack(path)
    (path / "pack.json").write_text("{", encoding="utf-8")
    with pytest.raises(PackError, match="cannot be read"):
        open_pack(path)


def test_a_missing_pack_lists_those_beside_it(path):
    with pytest.raises(PackError, match=r"no pack at .*litle.*: little.*Did you mean 'little'"):
        open_pack(path.with_name("litle"))
    with pytest.raises(PackError, match="run `ineq demo` first"):
        open_pack(path.with_name("demo"))


def test_a_bare_name_is_looked_up_in_data_packs(tmp_path, monkeypatch):
    write_pack(tmp_path / "data" / "packs" / "mine", tables(), META)
    monkeypatch.chdir(tmp_path)
    assert open_pack("mine").title == "Little England"


def test_a_failed_write_leaves_the_earlier_pack_untouched(path, monkeypatch):
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    with pytest.raises(PackError, match="'areas' lacks 1 column"):
        write_pack(path, tables() | {"areas": tables()["areas"].drop(columns="ended")}, META)
    broken = tables()
    broken["extra"] = pd.DataFrame({"mixed": ["text", 1]})
    with pytest.raises(Exception, match="mixed"):
        write_pack(path, broken, META)
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before
    assert [each.name for each in path.parent.iterdir()] == ["little"], "nothing is left behind"


def test_a_second_write_replaces_the_first(path):
    write_pack(path, tables() | {"observations": observations(periods=1)}, META)
    assert len(open_pack(path).observations()) == 4
    assert [each.name for each in path.parent.iterdir()] == ["little"]


def test_its_manifest_has_the_same_bytes_on_every_system(tmp_path, monkeypatch):
    write = Path.write_text

    def as_on_windows(path, text, encoding=None, errors=None, newline=None):
        return write(path, text, encoding, errors, newline or "\r\n")

    monkeypatch.setattr(Path, "write_text", as_on_windows)
    write_pack(tmp_path / "a", tables(), META)
    assert b"\r" not in (tmp_path / "a" / "pack.json").read_bytes()


def test_a_folder_somebody_has_open_for_a_moment_is_replaced(path, held_on_windows):
    held_on_windows("rename", times=3)
    write_pack(path, tables() | {"observations": observations(periods=1)}, META)
    assert len(open_pack(path).observations()) == 4


def test_a_folder_that_stays_open_is_told_and_kept(path, held_on_windows):
    before = (path / "pack.json").read_bytes()
    held_on_windows("rename", times=99)
    with pytest.raises(OutputError, match="close what has a file of the earlier pack open"):
        write_pack(path, tables() | {"observations": observations(periods=1)}, META)
    assert (path / "pack.json").read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["little"]


def test_a_pack_needs_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="give it a name"):
        write_pack(".", tables(), META)


@pytest.mark.parametrize("file", ["pack.json", "areas.parquet"])
def test_a_file_that_is_there_but_cannot_be_read_is_told(path, monkeypatch, file):
    def in_the_cloud_alone(here, *mode, **options):
        if here.name == file:
            raise OSError(22, "The cloud file provider is not running")
        return opened(here, *mode, **options)

    opened = Path.open
    monkeypatch.setattr(Path, "open", in_the_cloud_alone)
    with pytest.raises(PackError, match=f"{file} cannot be read: The cloud .* on this computer"):
        open_pack(path)


@pytest.mark.parametrize("sign", "\x00\x1b\x9b\ufffe\u202e", ids=ascii)
def test_a_name_that_no_screen_shows_is_refused(tmp_path, sign):
    areas = tables()["areas"]
    areas["area_name"] = [f"Lit{sign}tle", *areas["area_name"][1:]]
    with pytest.raises(PackError, match=r"'areas' holds 1 text.* with signs that no") as caught:
        write_pack(tmp_path / "pack", tables() | {"areas": areas}, META)
    assert f"Lit{ascii(sign)[1:-1]}tle" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_a_pack_is_not_replaced(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match=r"holds 1 .* \(thesis.docx\) and has no pack.json that"):
        write_pack(tmp_path, tables(), META)
    assert (tmp_path / "thesis.docx").exists()


def test_the_same_tables_give_the_same_hashes(tmp_path):
    first = write_pack(tmp_path / "a", tables(), META)
    assert first == write_pack(tmp_path / "b", tables(), META)


@pytest.mark.parametrize("place", [None, 5, ["demo"]])
def test_what_is_no_path_is_refused_with_what_to_give(place):
    with pytest.raises(InputError, match=r"`path` must be a folder, a name.*and is"):
        open_pack(place)
