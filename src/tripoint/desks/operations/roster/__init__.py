"""Rosters: who stands when at which post or hub, and where nobody does."""
