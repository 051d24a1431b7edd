"""The victims' desk: who waits for protection, how far each has come, and what may be counted of all.

A victim is no suspect. Children come first in every list, their referral has begun before anybody asks for it, and who
somebody is stays sealed.
"""
