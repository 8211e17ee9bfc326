"""A fictional two-tier county in a fictional country, made from a seed with known parameters."""

from ineqlib.demo.build import make_country, make_demo_pack

__all__ = ["make_country", "make_demo_pack"]
