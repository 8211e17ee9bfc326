"""Specifications drawn: compiled, rendered by processes that stay, made fit for a page."""
