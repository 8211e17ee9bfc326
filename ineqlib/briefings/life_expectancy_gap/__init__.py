"""Which ages and causes make a gap in life expectancy, against a comparator the reader chooses."""
