"""A health equity audit of a service: its uptake against need, and what people decided."""
