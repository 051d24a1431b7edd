"""Papers that stay true: pages made from tables of ours, and tests that every proof they name is there."""
