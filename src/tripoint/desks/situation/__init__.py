"""The situation desk: what each party and service reports for its day, when it is due, and where it is missing.

Figures here are declared by their party. What was filed is counted beside them, and the difference is shown.
"""
