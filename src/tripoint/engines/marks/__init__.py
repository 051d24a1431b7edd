"""Marks on firearms: read, folded, asked for by pattern, compared and ranked. Says what may be meant, never what is."""
