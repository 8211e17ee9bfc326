"""Publications that rows of several families name, each written once."""

SCHLOTHEUBER = "Schlotheuber and Hosseinpoor 2022, Int J Environ Res Public Health 19:3697"
SCHLOTHEUBER_DOI = "10.3390/ijerph19063697"
WHO_HANDBOOK = "WHO 2013, Handbook on Health Inequality Monitoring"
BRESLOW_AND_DAY = "Breslow and Day 1987, Statistical Methods in Cancer Research II"
OHID_GUIDANCE = "OHID, Public Health Technical Guidance"
