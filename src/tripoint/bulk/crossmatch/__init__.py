"""Matching two whole lists: a recipe as data, and the engines that carry it out alike (DuckDB, Apache Spark)."""

from tripoint.bulk.crossmatch.recipe import Match, Recipe

__all__ = ["Match", "Recipe"]
