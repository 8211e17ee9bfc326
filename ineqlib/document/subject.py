"""What a document is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What a document is about: an area, an indicator, a project.

    Parameters
    ----------
    code
        What it is known by; unique among the subjects of its type.
    name
        What people call it.
    type
        What it is, in a word.
    """

    code: str
    name: str
    type: str
