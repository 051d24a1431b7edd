"""The machine room; it knows no police work."""
