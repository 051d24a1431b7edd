"""Precursors by CAS number, by name and by customs heading.

The list was compiled here from public facts: the tables of the United Nations Convention of 1988, surveillance lists,
CAS numbers and headings of the Harmonised System of 2022. Verify it against the INCB Red List before relying on a row.
"""

from tripoint.words.precursors.reading import Precursor, by_cas, by_heading, by_name, is_cas, known_precursors

__all__ = ["Precursor", "by_cas", "by_heading", "by_name", "is_cas", "known_precursors"]
