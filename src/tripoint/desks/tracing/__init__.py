"""The tracing desk: one party asks another where a recovered firearm lawfully was, hop by hop, each seeing its half.

Whoever held a firearm lawfully is no suspect, and neither is the person it was found with before a court says so.
"""
