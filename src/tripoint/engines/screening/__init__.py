"""Is this person that one: keys to retrieve, evidence to score, reasons to read."""
