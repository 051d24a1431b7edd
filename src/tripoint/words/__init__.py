"""The shared vocabulary: pure values that every room speaks in."""
