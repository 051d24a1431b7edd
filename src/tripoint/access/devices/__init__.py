"""Devices: enrolled by a picture once, bound to a key that never leaves them, lost with one click."""
