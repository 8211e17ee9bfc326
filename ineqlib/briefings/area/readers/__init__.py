"""What a briefing says first, for each of its readers; the other sections are its annex."""
