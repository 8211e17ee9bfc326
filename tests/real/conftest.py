"""The pack of the real files beside the project, built once for all tests of this folder."""

import pytest

from ineqlib.pack import open_pack
from ineqlib.pack.build import build


@pytest.fixture(scope="session")
def report(real_data, repo, tmp_path_factory):
    description = repo / "params" / "describe" / "england.yml"
    out = tmp_path_factory.mktemp("packs") / "england"
    return build(real_data, out, title="England", describe=description)


@pytest.fixture(scope="session")
def pack(report):
    return open_pack(report.path)
