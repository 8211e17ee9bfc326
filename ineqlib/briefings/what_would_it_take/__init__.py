"""What it would take to reach a target by a year, beside what such areas ever achieved."""
