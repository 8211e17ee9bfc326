"""The briefing of one area."""
