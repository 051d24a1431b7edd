"""Who a victim, a witness or a child is: sealed at rest, masked by default, opened one field at a time."""
