"""One indicator by deprivation over all years: every measure, absolute beside relative."""
