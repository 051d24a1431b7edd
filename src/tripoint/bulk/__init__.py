"""Work on whole lists by the engines alone: reading them, scoring and matching them in bulk. No database."""
