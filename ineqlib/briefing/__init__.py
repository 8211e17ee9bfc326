"""From a pack to a page: the sections of a briefing, its export, one at a time or many."""
