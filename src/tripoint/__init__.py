"""Tripoint: the operations room for police forces of several countries acting together."""
