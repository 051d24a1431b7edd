"""A whole invented operation: people, posts, lists and a stream of checks."""
