"""Tripoint: the operations room for police forces of several countries acting together."""

__version__ = "0.1.0"
