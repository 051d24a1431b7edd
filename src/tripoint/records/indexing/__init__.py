"""The index of listed persons beside the database: one follower writes it, every web process searches it."""
