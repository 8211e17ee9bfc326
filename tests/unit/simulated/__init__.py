"""Made-up countries whose truth is known: what their briefings find is held against it."""
