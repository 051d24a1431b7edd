"""Passkeys: keys that stay in the officer's device and work for this hub's own address alone."""
