"""What a publisher says of one of its indicators: facts that are its own, in words of ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublisherFact:
    """One indicator, as a publisher describes it; what it does not say is empty."""

    service: str
    """``fingertips``; ``fingertips_next``, which is to replace it and keeps its ids; or
    ``explore_statistics``."""
    id: str
    name: str = ""
    polarity: str = ""
    """``favourable``, ``adverse``, ``neutral`` (no judgement); empty where it is not said."""
    polarity_words: str = ""
    """The same as the publisher writes it."""
    unit: str = ""
    value_type: str = ""
    year_type: str = ""
    """In the publisher's words."""
    ages: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    """Labels that its rows bear."""
    levels: tuple[str, ...] = ()
    """Levels of area that it has figures for, in the catalogue's words."""
    place: str = ""
    """File or address that says so."""
