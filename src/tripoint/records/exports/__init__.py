"""Exports: what leaves the hub as a file, approved by two people, each row saying how it may be used."""
