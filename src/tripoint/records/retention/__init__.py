"""How long records are kept: the clocks, the owner's word before they run out, erasing, and recalls to every copy."""
