"""A guide is added as CONTRIBUTING tells it: written, listed, and from then on typed."""

from pathlib import Path

import pytest

from ineqlib.pack import Pack

from . import code_blocks
from .code_blocks import Reader, blocks, guides

GUIDE = """# How to name the areas of a pack

    ```
    ineq areas --pack {pack}
    ```

Save as `asked.csv`:

```csv
area_code,indicator,period,value,unit
X07000001,Warm homes visits,2024,12,%
```

```text
what one sees
```

<!-- not run: needs a cluster -->
```python
raise SystemExit
```
"""


@pytest.fixture
def docs(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of guides, beside which a new one is written."""
    index = (repo / "docs" / "how-to.md").read_text(encoding="utf-8")
    (tmp_path / "how-to.md").write_text(index, encoding="utf-8")
    monkeypatch.setattr(code_blocks, "DOCS", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_guide_as_told_is_typed_from_top_to_bottom(docs: Path, demo_pack: Pack) -> None:
    page = docs / "how-to-name-areas.md"
    page.write_text(GUIDE.format(pack=demo_pack.path), encoding="utf-8")
    assert page in guides()
    assert [block.is_run for block in blocks(page)] == [True, True, True, False]
    reader = Reader(docs, {})
    for block in blocks(page):
        reader.types(block)
    assert (docs / "asked.csv").read_text(encoding="utf-8").startswith("area_code,")


def test_a_guide_whose_command_is_none_is_found_out(docs: Path) -> None:
    page = docs / "how-to-name-areas.md"
    page.write_text("# How to\n\n```\nineq areas --pack nowhere\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        Reader(docs, {}).types(blocks(page)[0])
