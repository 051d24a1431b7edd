"""Marks on fired cartridge cases and bullets: read, prepared, compared, searched, weighed. No database, no network."""
