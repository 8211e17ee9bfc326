"""The numbers of one briefing: chosen from a pack, compared, and each given an id."""
