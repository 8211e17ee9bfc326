"""Strict means strict: in every kind of YAML file, a key given twice or not known is refused."""

import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import ineqlib
from ineqlib.catalogue import (
    load_indicator_set,
    load_small_area_figures,
    read_catalogue,
)
from ineqlib.catalogue.indices import load_indices, read_indices
from ineqlib.demo import indicators, parameters
from ineqlib.errors import InputError, UserError
from ineqlib.pack.descriptions import read_descriptions
from ineqlib.publish.run_file import read_run
from ineqlib.sources.layouts import lookups
from ineqlib.yaml_file import read_yaml

PACKAGE = Path(ineqlib.__file__).parent
RUN = "title: Test\nnotebook: book.ipynb\npack: pack\nout: out\nareas: [X07000001]\n"
SET = "name: ours\ntitle: Ours\nindicators: [suicide]\n"
DESCRIPTION = "report.csv:\n  period: 2014 - 16\n  leave_out: hasty\n"

Reader = Callable[[Path], object]


def packaged(name: str) -> str:
    return (PACKAGE / name).read_text(encoding="utf-8")


def in_catalogue(part: str) -> Reader:
    """Return a reader of the catalogue with one file of it replaced."""

    def read(path: Path) -> object:
        folder = path.parent / "catalogue"
        shutil.copytree(PACKAGE / "catalogue", folder)
        shutil.copy(path, folder / part)
        return read_catalogue(folder)

    return read


def in_place_of(module: object, name: str, read: Callable[[], object]) -> Reader:
    """Return a reader that finds the given file where a module has its own."""

    def found(path: Path) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, path.parent if name == "FOLDER" else path)
            return read()

    return found


KINDS: dict[str, tuple[str, Reader, str, str, str]] = {
    "run.yml": (RUN, read_run, "pack", "areas", "aeras"),
    "set.yml": (
        SET,
        load_indicator_set,
        *("title", "indicators", "indicater"),
    ),
    "mine.yml": (DESCRIPTION, read_descriptions, "period", "leave_out", "leave-out"),
    "objectives.yml": (
        packaged("catalogue/objectives.yml"),
        in_catalogue("objectives.yml"),
        *("name", "public_name", "publicname"),
    ),
    "A.yml": (
        packaged("catalogue/indicators/A.yml"),
        in_catalogue("indicators/A.yml"),
        *("unit", "polarity", "polarty"),
    ),
    "indices.yml": (
        packaged("catalogue/indices.yml"),
        read_indices,
        *("title", "publication", "publicaton"),
    ),
    "code_changes.yml": (
        packaged("sources/code_changes.yml"),
        in_place_of(lookups, "KNOWN_CHANGES", lookups.known_changes),
        *("kind", "changes", "changs"),
    ),
    "parameters.yml": (
        packaged("demo/parameters.yml"),
        in_place_of(parameters, "FOLDER", parameters.load_parameters.__wrapped__),
        *("index", "health", "helth"),
    ),
    "indicators.yml": (
        packaged("demo/indicators.yml"),
        in_place_of(indicators, "FOLDER", indicators.load_indicators),
        *("kind", "middle", "mddle"),
    ),
}
"""Name -> a sound file, its reader, a key to give twice, a key to misspell, and how."""


def occurrence(text: str, key: str) -> re.Match[str]:
    """Find the first entry of a key: a line of its own, or a pair in braces."""
    found = re.search(rf"^ *(?:- )?{key}: .*\n|\b{key}: [^,]+, |^ *{key}:\n", text, re.MULTILINE)
    assert found
    return found


@pytest.mark.parametrize("name", KINDS)
def test_a_sound_file_is_read(name: str, tmp_path: Path) -> None:
    text, read, *_ = KINDS[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read(tmp_path / name) is not None


@pytest.mark.parametrize("name", KINDS)
def test_a_key_given_twice_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    text, read, key, *_ = KINDS[name]
    place = occurrence(text, key)
    again = place[0].replace("- ", "  ")
    (tmp_path / name).write_text(
        text[: place.end()] + again + text[place.end() :], encoding="utf-8"
    )
    line = text.count("\n", 0, place.end()) + 1
    with pytest.raises(InputError) as caught:
        read(tmp_path / name)
    message = f"{name} is not YAML that can be read: '{key}' is given twice in one entry, at line"
    assert f"{message} {line} (" in str(caught.value)


@pytest.mark.parametrize("name", KINDS)
def test_an_unknown_key_is_refused_with_the_nearest(name: str, tmp_path: Path) -> None:
    text, read, _, key, wrong = KINDS[name]
    place = occurrence(text, key)
    misspelt = place[0].replace(f"{key}:", f"{wrong}:")
    (tmp_path / name).write_text(
        text[: place.start()] + misspelt + text[place.end() :], encoding="utf-8"
    )
    with pytest.raises(UserError) as caught:
        read(tmp_path / name)
    assert name in str(caught.value)
    assert f"1 unknown key: {wrong}. Did you mean '{key}'?" in str(caught.value)


def test_every_packaged_file_gives_each_key_once() -> None:
    for path in PACKAGE.rglob("*.yml"):
        assert read_yaml(path), path


def test_a_file_described_twice_is_refused_with_both_places(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "params" / "describe"
    folder.mkdir(parents=True)
    for name in ("a.yml", "b.yml"):
        (folder / name).write_text(DESCRIPTION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"'report\.csv' is described in .*a\.yml and .*b\.yml"):
        read_descriptions(None)


def test_back_slashes_in_quotes_are_explained_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text('report.csv:\n  source: "C:\\packs"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"escape character, at line 2 .*C:.*write paths with /"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("text", "what_to_do"),
    [
        ("areas:\n\t- Stevenage\n", "Put spaces in the place of a tab"),
        (
            "title: Test\n\tpack: demo\n",
            r"line 2 \(pack: demo\)\. Put spaces in the place of the tab",
        ),
        ("title: Stevenage: its health\n", r"line 1 .*A text with a colon in it needs quotes\."),
        (
            "a.csv:\n  published: 2025-13-01\n",
            r"'2025-13-01' is no date .*line 2 \(published: 2025-13-01\)",
        ),
        ("contact: @council\n", "begins with a sign such as @ or % needs quotes"),
    ],
)
def test_slips_of_those_who_know_no_yaml_are_told_with_what_to_do(
    tmp_path: Path, text: str, what_to_do: str
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what_to_do):
        read_yaml(path)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder: name a file in it"):
        read_yaml(tmp_path)
    path = tmp_path / "mine.yml"
    path.touch()
    with pytest.raises(
        InputError, match=r"There is no file .*mien\.yml\. Did you mean 'mine\.yml'"
    ):
        read_yaml(tmp_path / "mien.yml")
    path.write_bytes("period: 2014 – 16".encode("cp1252"))
    with pytest.raises(InputError, match=r"not in UTF-8 .* at byte 14.* Save it as UTF-8"):
        read_yaml(path)
    path.write_text("a: [b", encoding="utf-8")
    with pytest.raises(InputError, match=r"at line 2 \(the end of the file\)"):
        read_yaml(path)


# the indices of deprivation


def test_the_figures_of_neighbourhoods_have_each_columns_of_its_own() -> None:
    figures = load_small_area_figures().values()
    columns = [name for figure in figures for name in figure.columns if name != "population"]
    assert len(set(columns)) == len(columns)


def test_two_indices_of_one_id_and_an_edition_half_described_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "indices.yml"
    entry = "- {id: imd2019, title: IMD 2019, year: 2019}\n"
    path.write_text("indices:\n" + 2 * entry, encoding="utf-8")
    with pytest.raises(InputError, match=r"indices\.yml: id 'imd2019' is given to two"):
        read_indices(path)
    path.write_text(
        "indices:\n- {id: imd2019, title: IMD 2019, small_areas: '2011'}\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"'imd2019'.*'publication' is a dependency"):
        read_indices(path)


def test_no_two_editions_have_files_headed_alike() -> None:
    editions = [index for index in load_indices().values() if index.publication]
    headings = [(index.small_areas, index.authorities) for index in editions]
    assert len(set(headings)) == len(editions) >= 3
    assert len({index.authorities for index in editions}) == len(editions)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000 + "a", '{"a": ' * 100_000])
def test_a_file_nested_without_end_is_refused(tmp_path, text):
    """In a parser written in C it would end the program."""
    path = tmp_path / "deep.yml"
    path.write_text(text, encoding="utf-8")
    # From 6.0.4 on PyYAML has a limit of its own, which some of these meet first.
    with pytest.raises(InputError, match=r"more than 100 levels|maximum nesting depth") as refused:
        read_yaml(path)
    assert len(str(refused.value)) < 1_000


def test_a_file_that_repeats_itself_without_end_is_refused(tmp_path):
    path = tmp_path / "bomb.yml"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in itertools.pairwise("abcdefghi")]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match="far too many values, at line 6"):
        read_yaml(path)
    path.write_text("\n".join(lines[:3]), encoding="utf-8")
    assert len(read_yaml(path)["c"]) == 9
