"""Fuzzing: one target for every parser, a corpus that is kept, short runs for every commit and long ones by hand."""
