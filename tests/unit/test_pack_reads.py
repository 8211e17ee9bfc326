"""A pack says what was read of it, and whether the same is in another pack."""

import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from weakref import ref

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal
from shapely.affinity import translate

from ineqlib.briefings.area.document import open_briefing
from ineqlib.errors import PackError
from ineqlib.pack import Pack, Read, open_pack, write_pack
from ineqlib.pack.files import ABOUT, PARTS
from ineqlib.pack.model import TABLES
from ineqlib.questions.reading import profile_of

from .revised_pack import revised

AREA = "X07000001"
INDICATOR = "life_expectancy"


def tables(pack: Pack) -> dict[str, pd.DataFrame]:
    return {name: pack.table(name) for name in TABLES if pack.has(name)}


def every_read(pack: Pack) -> set[Read]:
    """Every table of a pack, whole and in its parts."""
    parts = {
        Read(name, str(part))
        for name, column in PARTS.items()
        for part in pack.table(name)[column].unique()
    }
    return {ABOUT, *(Read(name) for name in TABLES if pack.has(name)), *parts}


@pytest.fixture(scope="module")
def known(demo_pack: Pack) -> dict[Read, str | None]:
    return {read: demo_pack.digest(read) for read in every_read(demo_pack)}


def changed(known: dict[Read, str | None], pack: Pack) -> set[tuple[str, str]]:
    return {tuple(read) for read, digest in known.items() if pack.digest(read) != digest}


def add_to_one(
    frame: pd.DataFrame, column: str, where: dict[str, object], by: float = 0.5
) -> pd.DataFrame:
    """Change one cell of the first row that is as asked."""
    same = pd.concat([frame[name] == value for name, value in where.items()], axis=1).all(axis=1)
    frame.loc[same.idxmax(), column] += by
    return frame


def test_the_same_tables_elsewhere_have_the_same_digests(
    demo_pack: Pack, known: dict[Read, str | None], tmp_path: Path
) -> None:
    write_pack(tmp_path / "again", tables(demo_pack), demo_pack.meta)
    assert len(set(known.values())) > 100
    assert changed(known, open_pack(tmp_path / "again")) == set()


@pytest.mark.parametrize(
    "case",
    [
        ("observations", "value", {"indicator_id": INDICATOR, "area_code": AREA}, INDICATOR),
        ("small_areas", "score", {"area_code": AREA}, AREA),
        ("neighbours", "rank", {"area_code": AREA}, AREA),
        ("area_deprivation", "average_score", {"area_code": AREA}, ""),
        ("indicators", "decimals", {"indicator_id": INDICATOR}, ""),
    ],
)
def test_one_changed_number_changes_its_own_digest_only(
    demo_pack: Pack,
    known: dict[Read, str | None],
    tmp_path: Path,
    case: tuple[str, str, dict[str, object], str],
) -> None:
    table, column, where, part = case
    content = tables(demo_pack)
    by = 100 if column in ("rank", "decimals") else 0.5
    content[table] = add_to_one(content[table], column, where, by)
    assert changed(known, revised(demo_pack, tmp_path / "revised", content)) == {
        (table, ""),
        (table, part),
    }


@pytest.mark.parametrize(("table", "column"), [("areas", "area_name"), ("sources", "attribution")])
def test_a_changed_word_changes_its_table_only(
    demo_pack: Pack, known: dict[Read, str | None], tmp_path: Path, table: str, column: str
) -> None:
    content = tables(demo_pack)
    content[table].loc[0, column] += " (new)"
    assert changed(known, revised(demo_pack, tmp_path / "revised", content)) == {(table, "")}


@pytest.mark.parametrize("level", ["lad", "small_area"])
def test_a_moved_boundary_changes_its_own_digest_only(
    demo_pack: Pack, known: dict[Read, str | None], tmp_path: Path, level: str
) -> None:
    table = f"boundaries_{level}"
    content = tables(demo_pack)
    shapes = content[table]
    first = shapes.index[shapes[PARTS[table]] == AREA][0]
    shapes.loc[first, "geometry"] = translate(shapes.loc[first, "geometry"], 1.0)
    assert changed(known, revised(demo_pack, tmp_path / "revised", content)) == {
        (table, ""),
        (table, AREA),
    }


def test_rows_added_elsewhere_do_not_change_a_digest(
    demo_pack: Pack, known: dict[Read, str | None], tmp_path: Path
) -> None:
    content = tables(demo_pack)
    rows = content["observations"]
    content["observations"] = rows[rows["indicator_id"] != INDICATOR]
    less = revised(demo_pack, tmp_path / "less", content)
    assert changed(known, less) == {("observations", ""), ("observations", INDICATOR)}
    assert less.digest(Read("observations", INDICATOR)) is None, "and what is gone is absent"


def test_a_pack_of_an_earlier_version_is_refused_and_may_be_replaced(
    demo_pack: Pack, known: dict[Read, str | None], tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(demo_pack.path, older)
    about = json.loads((older / "pack.json").read_text(encoding="utf-8"))
    about |= {"format": 1, "tables": {k: v["files"][0] for k, v in about["tables"].items()}}
    (older / "pack.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(PackError, match=r"has format 1; .* format 2\. Build the pack again"):
        open_pack(older)
    write_pack(
        older, {name: demo_pack.table(name) for name in demo_pack.meta.tables}, demo_pack.meta
    )
    assert changed(known, open_pack(older)) == set()


def test_what_no_longer_exists_is_absent(demo_pack: Pack) -> None:
    assert demo_pack.digest(Read("crime")) is None
    assert demo_pack.digest(Read("observations", "crime_rate")) is None
    assert demo_pack.digest(Read("areas", "no part of it")) is None


def test_a_read_names_the_parts_that_were_asked_for(demo_pack: Pack) -> None:
    pack = open_pack(demo_pack.path, verify=False)
    assert pack.reads == {ABOUT}
    pack.small_areas(AREA)
    pack.boundaries("lad", [AREA])
    pack.table("area_deprivation")
    pack.observations(INDICATOR, area=AREA)
    assert {Read("small_areas", AREA), Read("boundaries_lad", AREA)} <= pack.reads
    assert {Read("area_deprivation"), Read("observations", INDICATOR)} <= pack.reads
    assert Read("observations") not in pack.reads
    pack.observations(area=AREA)
    assert Read("observations") in pack.reads, "all indicators were asked for"


def shown_with(pack: Pack, area: str) -> set[Read]:
    briefing = open_briefing(pack, area)
    for section in briefing.sections:
        assert all(figure.svg for figure in section.figures)
    return pack.reads


def test_none_of_a_list_of_no_values_is_found(demo_pack: Pack) -> None:
    rows = demo_pack.table("observations", [("indicator_id", "in", [])])
    assert len(rows) == 0
    assert list(rows) == demo_pack.columns("observations")


def test_what_others_read_before_counts_for_who_uses_it(demo_pack: Pack, tmp_path: Path) -> None:
    for name in ("cold", "warm"):
        shutil.copytree(demo_pack.path, tmp_path / name)
    cold = shown_with(open_pack(tmp_path / "cold"), AREA)
    shown_with(open_pack(tmp_path / "warm"), "X06000003")
    assert shown_with(open_pack(tmp_path / "warm"), AREA) == cold
    assert {Read("area_deprivation"), Read("sources"), Read("observations", INDICATOR)} <= cold
    assert {Read("boundaries_small_area", AREA), Read("neighbours", AREA)} <= cold
    assert not [part for table, part in cold if part.startswith("X") and part != AREA]


def test_nobody_can_change_what_others_are_given(demo_pack: Pack) -> None:
    first = open_pack(demo_pack.path, verify=False)
    names = first.areas["area_name"].tolist()
    mine = first.areas
    mine.loc[0, "area_name"] = "Atlantis"
    mine["extra"] = 1
    again = open_pack(demo_pack.path, verify=False).areas
    assert again["area_name"].tolist() == names
    assert "extra" not in again


def test_what_is_shared_is_made_once(demo_pack: Pack) -> None:
    made = []

    def make(pack: Pack, name: str) -> str:
        made.append(name)
        return str(len(pack.areas)) + name

    first, second = (open_pack(demo_pack.path, verify=False) for _ in range(2))
    assert first.shared(make, "a") == second.shared(make, "a") == f"{len(first.areas)}a"
    assert second.shared(make, "b") != first.shared(make, "a")
    assert made == ["a", "b"]
    assert Read("areas") in second.reads


def test_what_is_recent_is_made_once_and_goes_with_its_pack(demo_pack: Pack) -> None:
    pack = open_pack(demo_pack.path, verify=False)
    first = profile_of(pack, AREA)
    assert profile_of(pack, AREA) is first
    opened = ref(pack)
    del pack, first
    gc.collect()
    assert opened() is None


def test_every_table_reads_as_pandas_and_geopandas_read_it(demo_pack: Pack) -> None:
    for name, record in demo_pack.meta.tables.items():
        file = demo_pack.path / record.files[0].file
        if name.startswith("boundaries_"):
            assert_geodataframe_equal(demo_pack.table(name), gpd.read_parquet(file))
        else:
            assert_frame_equal(demo_pack.table(name), pd.read_parquet(file))


def test_filters_choose_as_pandas_chooses(demo_pack: Pack) -> None:
    file = demo_pack.path / demo_pack.meta.tables["observations"].files[0].file
    filters = [("area_code", "in", [AREA, "X92000001"]), ("sex", "==", "Female")]
    columns = ["value", "indicator_id"]
    assert_frame_equal(
        demo_pack.table("observations", filters, columns),
        pd.read_parquet(file, filters=filters, columns=columns),
    )


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_reading_starts_no_thread(demo_pack: Pack) -> None:
    """A process with threads cannot be forked safely."""
    script = (
        "import os, sys\n"
        "from ineqlib.pack import open_pack\n"
        "from ineqlib.pack.digests import digests\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "pack = open_pack(sys.argv[1])\n"
        f"pack.observations(area={AREA!r}), pack.boundaries('lad'), pack.small_areas({AREA!r})\n"
        "digests(pack.path / 'observations.parquet', 'indicator_id')\n"
        "sys.exit(len(os.listdir('/proc/self/task')) - before)\n"
    )
    command = [sys.executable, "-c", script, str(demo_pack.path)]
    assert subprocess.run(command, env={**os.environ}, check=False).returncode == 0
