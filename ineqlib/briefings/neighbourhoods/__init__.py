"""Where in an area to look first: its wards, MSOAs or neighbourhoods by one figure."""
