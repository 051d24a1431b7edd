"""What the operations room sees: live figures, the map, the feed."""
