"""Acts of two people: one officer asks, another of the same party approves, and only then it happens."""
