"""How good the matching of names is: labelled pairs and record sets, next to others' scorers."""
