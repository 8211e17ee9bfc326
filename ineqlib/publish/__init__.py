"""Many documents for many subjects: planned, made, checked, published, compared."""
