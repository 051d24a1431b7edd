"""Release: letting others learn more of a record than before, which takes two people."""
