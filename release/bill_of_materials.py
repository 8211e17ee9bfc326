"""Make the software bill of materials of the locked environment, as CycloneDX JSON.

cyclonedx-py reads requirements.lock without a network. The version, which is in git's tags, and
what the project asks for itself are added; addresses of a package index, which it takes for
granted, are left out.
"""

import json
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

NAME = re.compile(r"^[A-Za-z0-9._-]+")
DEFAULT_INDEX = "implicit dist url"
SPECIFICATION = "1.6"


def bill(lock: Path, pyproject: Path, version: str) -> dict[str, Any]:
    """Return the bill of materials of a lock.

    Parameters
    ----------
    lock
        Requirements, each with its one version and its hashes.
    pyproject
        What the project is, and what it asks for itself.
    version
        Of the project.

    Raises
    ------
    subprocess.CalledProcessError
        cyclonedx-py cannot read the lock; it has said why.
    """
    words = ["requirements", "--pyproject", pyproject, "--mc-type", "library"]
    words += ["--sv", SPECIFICATION, "--output-reproducible", lock]
    # It warns that what the project asks for is missing: that is added below.
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *words]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    content: dict[str, Any] = json.loads(made.stdout)
    return _completed(content, direct(pyproject), version)


def direct(pyproject: Path) -> set[str]:
    """Return the names of what the project asks for itself, spelt as in a lock."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    return {canonical(match[0]) for line in asked if (match := NAME.match(line))}


def canonical(name: str) -> str:
    """Return the name of a package as indices spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _completed(content: dict[str, Any], asked: set[str], version: str) -> dict[str, Any]:
    root = content["metadata"]["component"]
    root["version"] = version
    root["purl"] = f"pkg:pypi/{root['name']}@{version}"
    for component in content["components"]:
        del component["description"]  # the line of the lock, with every hash once more
        for reference in component["externalReferences"]:
            if reference.get("comment") == DEFAULT_INDEX:
                component["hashes"] = reference["hashes"]
        del component["externalReferences"]
    for tool in content["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    needed = [part["bom-ref"] for part in content["components"] if canonical(part["name"]) in asked]
    for dependency in content["dependencies"]:
        if dependency["ref"] == root["bom-ref"]:
            dependency["dependsOn"] = sorted(needed)
    return content
