"""A page made from another area's rows is refused, and what changes between packs is told."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.pack import Pack
from ineqlib.publish.area_selection import AreaChoice
from ineqlib.publish.batch import render_batch
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import read_manifest
from ineqlib.publish.run_file import Run, notebook_request

from ..unit.revised_pack import revised

pytestmark = pytest.mark.slow

OURS, THEIRS = "X07000001", "X07000002"
NAMES = {OURS: "Brackenhythe", THEIRS: "Coldmarket"}
PARAMETERS = (
    'area = ""\npack = ""\ncomparators = ["country"]\nindicator_set = "headline"\ninstead = {}'
)
OPEN = """
import ineqlib as iq
briefing = iq.open_briefing(
    instead.get(area, pack), area, comparators=comparators, indicator_set=indicator_set
)
briefing.cover
"""


def run(folder: Path, pack: Path, instead: dict[str, str], out: str = "out") -> Run:
    """A run whose notebook reads, for some areas, another pack than the one it is given."""
    cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [
        nbformat.v4.new_code_cell(source) for source in (OPEN, 'briefing.section("headline")')
    ]
    cells += [
        nbformat.v4.new_code_cell("briefing.facts"),
    ]
    book = folder / "book.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), book)
    request = notebook_request(book, instead=instead)
    return Run("Test", pack, folder / out, (request,), AreaChoice(tuple(NAMES)))


def rewritten(pack: Pack, folder: Path, observations: pd.DataFrame) -> Path:
    """The same pack with other observations."""
    tables = {name: pack.table(name) for name in pack.meta.tables}
    return revised(pack, folder, {**tables, "observations": observations}).path


def test_an_area_given_anothers_rows_is_refused_and_the_other_is_published(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    rows = demo_pack.table("observations")
    for column, swap in (
        ("area_code", {OURS: THEIRS, THEIRS: OURS}),
        ("area_name", {NAMES[OURS]: NAMES[THEIRS], NAMES[THEIRS]: NAMES[OURS]}),
    ):
        rows[column] = rows[column].replace(swap)
    swapped = rewritten(demo_pack, tmp_path / "swapped", rows)

    batch = render_batch(run(tmp_path, demo_pack.path, {OURS: str(swapped)}))

    assert [outcome.status for outcome in batch.outcomes] == ["failed", "ready"]
    problem = batch.failed[0].summary
    assert "not what the pack gives for Brackenhythe (X07000001)" in problem
    assert "They are the figures of Coldmarket (X07000002)" in problem
    assert [path.name for path in (tmp_path / "out").glob("x*.html")] == [
        "x07000002-coldmarket.html"
    ]


def a_year_later(rows: pd.DataFrame) -> pd.DataFrame:
    """One indicator's new year everywhere; in one area a value revised and a limit narrowed."""
    total = rows["dimension"] == ""
    newest = rows[total & (rows["indicator_id"] == "smoking_adults")]
    newest = newest[newest["period_end"] == newest["period_end"].max()]
    year = pd.DateOffset(years=1)
    later = newest.assign(
        period=str(newest["period_end"].iloc[0].year + 1),
        period_start=newest["period_start"] + year,
        period_end=newest["period_end"] + year,
    )
    here = total & (rows["area_code"] == THEIRS)
    revised = here & (rows["indicator_id"] == "early_communication")
    rows.loc[revised, "value"] += 0.5
    flipped = here & (rows["indicator_id"] == "year_6_obesity")
    rows.loc[flipped, "lower_ci"] = rows.loc[flipped, "value"] - 1e-6
    rows.loc[flipped, "upper_ci"] = rows.loc[flipped, "value"] + 1e-6
    return pd.concat([rows, later], ignore_index=True)


def test_what_changed_between_two_real_batches(
    demo_pack: Pack, tmp_path: Path, backend: LocalBackend
) -> None:
    new = rewritten(demo_pack, tmp_path / "new", a_year_later(demo_pack.table("observations")))
    for pack, out in ((demo_pack.path, "then"), (new, "now")):
        assert not render_batch(run(tmp_path, pack, {}, out)).failed
    assert read_manifest(tmp_path / "now").is_finished

    folders = [str(tmp_path / "then"), str(tmp_path / "now")]
    result = CliRunner().invoke(main, ["diff", *folders, "--out", str(tmp_path / "changes.csv")])

    assert result.exit_code == 0, result.output
    changes = pd.read_csv(tmp_path / "changes.csv")
    found = set(changes[["kind", "subject_name", "indicator"]].itertuples(index=False, name=None))
    assert found == {
        ("new period", "Brackenhythe", "smoking_adults"),
        ("new period", "Coldmarket", "smoking_adults"),
        ("revised value", "Coldmarket", "early_communication"),
        ("newly different from the country", "Coldmarket", "year_6_obesity"),
    }
    assert "2 documents in both; 4 changes in 2 areas." in result.output
    assert "2023 → 2024: Brackenhythe, Coldmarket" in result.output
    assert demo_pack.title in result.output

    only = CliRunner().invoke(main, ["diff", *folders, "--area", "Brackenhythe"])
    assert "1 change in 1 area" in only.output
    missing = CliRunner().invoke(main, ["diff", folders[0], str(tmp_path / "nowhere")])
    assert missing.exit_code == 4
    assert "no manifest" in missing.output
