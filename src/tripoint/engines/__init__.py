"""Pure algorithms over words and arrays; no database, no network."""
