"""The first administrator: a hub has no account of its own; its console shows one code, once, to make the first."""
