"""All districts of a county or region side by side."""
