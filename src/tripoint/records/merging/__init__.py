"""Merging: two records of one person made one, which takes two people."""
