"""The audit trail sealed: a tree over its rows, signed heads, and what a party needs to catch anybody rewriting it."""
