"""What if these councils were one: ways to divide a county, side by side."""
