"""Firearms: those that were recovered, what their marks mean, and where they meet listed ones.

A recovery is a report as every other (records/occurrences); what it says of the firearm is cut into columns here. A
meeting is a lead until the owner of the listed record confirms it, and each party sees its own half.
"""
