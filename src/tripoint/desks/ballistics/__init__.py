"""The ballistics desk: exhibits and their scans, searches, candidates, links of two cases that two examiners confirm.

A search only sorts. Nothing here says that two marks are of one gun but two named examiners at a microscope.
"""
