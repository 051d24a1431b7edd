"""Scans of marks in files: compared, built into a collection, searched; on this machine or on Spark."""
