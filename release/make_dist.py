"""Build what is released: both archives, the bill of materials and the hashes of all three.

    python tasks.py dist

What the last commit holds is built, and nothing else that lies in the folder. Where that commit has
a version's tag, changelog and citation must name the version; else it is built as a preview.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import bill_of_materials
import release_notes
import reproducible

ROOT = Path(__file__).resolve().parents[1]
HASHES = "SHA256SUMS"


class ReleaseError(Exception):
    """Something to put right before anything is built."""


def make_dist(root: Path, out: Path) -> list[Path]:
    """Build the last commit of a clone into an empty folder.

    Raises
    ------
    ReleaseError
        The folder has something in it, or changelog or citation do not fit the version.
    """
    if out.exists() and any(out.iterdir()):
        raise ReleaseError(f"{out} is not empty: move away or delete what an earlier build left.")
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "sources"
        _said("git", "clone", "--quiet", root, clone, cwd=root)
        tag = _said("git", "tag", "--points-at", "HEAD", "--list", "v[0-9]*", cwd=clone)
        if wrong := release_notes.problems(clone, tag.removeprefix("v")):
            raise ReleaseError("\n".join(wrong))
        version = _said(sys.executable, "-m", "setuptools_scm", cwd=clone)
        lock, pyproject = clone / "requirements.lock", clone / "pyproject.toml"
        bill = bill_of_materials.bill(lock, pyproject, version)
        epoch = int(_said("git", "log", "-1", "--format=%ct", cwd=clone))
        made = [*reproducible.build(clone, out, version, epoch)]
    made.append(out / f"ineqlib-{version}.cdx.json")
    made[-1].write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8", newline="\n")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in made]
    (out / HASHES).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return [*made, out / HASHES]


def _said(*words: object, cwd: Path) -> str:
    command = [str(word) for word in words]
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def main() -> int:
    """Build into dist/ and say what was made."""
    try:
        made = make_dist(ROOT, ROOT / "dist")
    except (ReleaseError, reproducible.BuildError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in made:
        print(f"{path.stat().st_size:>10,}  {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
