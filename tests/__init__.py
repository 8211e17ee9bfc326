"""Tests by promise; a package, so that no other of this name stands before it."""
