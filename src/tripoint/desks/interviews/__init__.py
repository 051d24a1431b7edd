"""The interviews' desk: what people on the way told freely, searched in their languages, priced, released by law."""
