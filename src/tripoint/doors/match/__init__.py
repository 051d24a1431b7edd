"""Checks in the request and answer shape of yente's match API, so that its users can move (docs/match.md)."""
