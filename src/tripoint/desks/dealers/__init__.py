"""The dealers' desk: licences, bound books, inspections, indicators; everything is the party's own."""
