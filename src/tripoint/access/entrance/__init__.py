"""The routes of signing in and of an officer's own account."""
