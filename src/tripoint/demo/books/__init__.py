"""Invented books of dealers, with anomalies planted in them and written down."""
