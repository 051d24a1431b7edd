"""The operations desk: which parties act together, from when to when, and at which posts.

Records shared with an operation and checks made for it name it; its parties and dates decide at once who sees them.
"""
