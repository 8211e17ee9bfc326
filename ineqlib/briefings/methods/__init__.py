"""How the measures work, beside published figures."""
