"""Readers of published lists and of parties' own files: pure, streaming, they write nowhere."""
