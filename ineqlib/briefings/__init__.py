"""The kinds of document, one room each."""
