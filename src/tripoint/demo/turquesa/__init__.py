"""Turquesa V with invented people: planted, played through the hub's own doors, and compared with what it says."""
