"""Bound books of dealers: rules as recipes in SQL, and what carries them out; indicators, never accusations."""
