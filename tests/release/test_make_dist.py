"""What is released is what was committed, with its hashes and its bill of materials."""

import hashlib
import json
import tarfile
import zipfile
from importlib import import_module

import pytest

from tests.release.conftest import Clone


def test_a_tagged_commit_is_built_as_it_was_committed(script, clone: Clone) -> None:
    clone.git("tag", "v1.2.0")
    (clone.folder / "small.py").write_text("A = 'changed since'\n", encoding="utf-8")
    out = clone.folder / "dist"
    made = script("make_dist").make_dist(clone.folder, out)
    assert [path.name for path in made] == [
        *("ineqlib-1.2.0.tar.gz", "ineqlib-1.2.0-py3-none-any.whl"),
        *("ineqlib-1.2.0.cdx.json", "SHA256SUMS"),
    ]
    with zipfile.ZipFile(made[1]) as wheel:
        assert wheel.read("small.py") == b"A = 1\n"
    with tarfile.open(made[0]) as sources:
        assert {member.mtime for member in sources} == {1_769_860_800}
    lines = made[3].read_text(encoding="utf-8").splitlines()
    hashes = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in made[:3]]
    assert lines == hashes
    bill = made[2].read_text(encoding="utf-8")
    schema = import_module("cyclonedx.schema").SchemaVersion.V1_6
    validator = import_module("cyclonedx.validation.json").JsonStrictValidator(schema)
    assert validator.validate_str(bill) is None
    assert_is_bill(json.loads(bill))


def assert_is_bill(bill: dict) -> None:
    """Every line of the lock is in it, with its hash; the project needs what it asks for."""
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    root = bill["metadata"]["component"]
    assert (root["name"], root["version"]) == ("ineqlib", "1.2.0")
    parts = {
        (part["purl"], part["hashes"][0]["alg"], part["hashes"][0]["content"])
        for part in bill["components"]
    }
    assert parts == {
        ("pkg:pypi/numpy@2.4.6", "SHA-256", "0" * 64),
        ("pkg:pypi/numpy@2.5.5", "SHA-256", "1" * 64),
        ("pkg:pypi/pandas@3.1.1", "SHA-256", "2" * 64),
        ("pkg:pypi/pytest-socket@0.8.1", "SHA-256", "3" * 64),
    }
    names = {part["bom-ref"]: part["name"] for part in bill["components"]}
    [needed] = [line for line in bill["dependencies"] if line["ref"] == root["bom-ref"]]
    assert {names[ref] for ref in needed["dependsOn"]} == {"pandas", "pytest-socket"}
    assert "://" not in json.dumps([bill["components"], bill["metadata"]])


def test_a_tag_without_its_section_in_the_changelog_is_not_built(script, clone: Clone) -> None:
    clone.git("tag", "v1.3.0")
    make_dist = script("make_dist")
    with pytest.raises(make_dist.ReleaseError, match=r"no dated section of 1\.3\.0"):
        make_dist.make_dist(clone.folder, clone.folder / "dist")
    assert not (clone.folder / "dist").exists()


def test_what_an_earlier_build_left_is_not_mixed_with_this_one(script, clone: Clone) -> None:
    out = clone.folder / "dist"
    out.mkdir()
    (out / "ineqlib-1.1.0.tar.gz").write_bytes(b"")
    make_dist = script("make_dist")
    with pytest.raises(make_dist.ReleaseError, match="is not empty"):
        make_dist.make_dist(clone.folder, out)
