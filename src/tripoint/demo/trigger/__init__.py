"""Trigger IX with invented people and firearms: planted, played through the hub's own doors, and compared."""
