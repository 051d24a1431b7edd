"""Readiness: who is set up, which lists are loaded and how fresh, which posts are manned, who has not reported."""
