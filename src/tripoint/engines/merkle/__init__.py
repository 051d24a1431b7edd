"""A log that nobody can rewrite: hashes of its entries in a tree, signed heads, and short proofs about them."""
