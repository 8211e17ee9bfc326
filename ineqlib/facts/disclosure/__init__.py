"""Whether counts that a pack withholds can be worked out from those it has."""
