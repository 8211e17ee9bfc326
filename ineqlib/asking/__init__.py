"""Questions in plain English about one area's facts, by a grammar and without a model."""
