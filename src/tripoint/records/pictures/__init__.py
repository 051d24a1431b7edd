"""Pictures of things that records are about: clean copies, shared as the record they belong to, found by likeness.

A picture is put in first and belongs to nothing; a desk then hangs it onto a record of its own with `attach`.
"""
