"""Put into the package what stands beside it here; all else of the build is in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("notebooks/*.ipynb", "params/runs/demo.yml")
"""What a wheel holds besides the package, in its folder `shipped`, where `ineqlib.files` looks."""


class BuildWithShipped(build_py):
    """Build the package and its notebooks: they are not kept twice, and no link leads to them."""

    def run(self) -> None:
        """Build as usual; an editable install finds them where they are."""
        super().run()
        if not self.editable_mode:
            for file in shipped_files():
                target = Path(self.build_lib, "ineqlib", "shipped", file)
                target.parent.mkdir(parents=True, exist_ok=True)
                self.copy_file(file, str(target))

    def get_source_files(self) -> list[str]:
        """Name them for an archive of the sources."""
        return [*super().get_source_files(), *shipped_files()]


def shipped_files() -> list[str]:
    """Return the files by their paths from here, with slashes."""
    return sorted(path.as_posix() for pattern in SHIPPED for path in Path().glob(pattern))


setup(cmdclass={"build_py": BuildWithShipped})
