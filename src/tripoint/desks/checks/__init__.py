"""A question from the field, its answer, and the hits it raises."""
