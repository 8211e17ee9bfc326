"""Which areas are like one, and who of them narrowed the gap to the country."""
