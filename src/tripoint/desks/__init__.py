"""The work of an operation, one folder per desk; desks never import each other."""
