"""From a pack to a page: the sections of a briefing, its words, its export and its check."""
