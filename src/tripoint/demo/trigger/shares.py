"""How the published totals of Trigger IX fall to parties, offences and things; what was not published is invented.

Published: the totals, the fifteen countries, the record seizure of ammunition in Uruguay, eleven victims in Paraguay,
eight pistols and sixteen magazines on one body. The shares of parties, offences, drugs and precursors are ours.
"""

from __future__ import annotations

ARRESTS, FIREARMS, ROUNDS, DRUGS_KG, PRECURSORS_KG = 14_260, 8_263, 305_000, 203_000, 372_000
GROUPS, INVESTIGATIONS, MODI, VICTIMS = 20, 30, 15, 11
RECORD_ROUNDS, TAPED, TAPED_MAGAZINES = 100_000, 8, 16
# Not published: in how many seizures it came in, how many traces were asked and how many firearms were listed.
ARMED, DRUGGED, CHEMICAL, JOINT = 1_900, 420, 150, 6
TRACES, LISTED = 40, 120
LEAST_TRACES, LEAST_LISTED = 4, 6
BY_PARTY = {
    "BRA": 34, "MEX": 14, "COL": 11, "ARG": 9, "PER": 6, "PRY": 5, "ECU": 5, "CHL": 4, "HND": 3, "GTM": 3, "BOL": 2,
    "URY": 2, "CRI": 2, "PAN": 2, "SLV": 2,
}  # fmt: skip
OFFENCES = (
    ("0901", 38), ("0601", 34), ("0905", 9), ("0401", 5), ("0101", 4), ("07041", 3), ("0703", 2), ("0701", 2),
    ("0204", 1), ("10", 1), ("other", 1),
)  # fmt: skip
ROLES = (("transporter", 30), ("organiser", 12), ("lookout", 8), ("escort", 6), ("other", 30), ("unknown", 14))
BASES = (("observation", 45), ("investigation", 35), ("report", 15), ("notice", 5))
# Kind of firearm as reported, its calibre as marked, and its share.
GUNS = (
    (("pistol", "9 mm"), 38), (("revolver", ".38"), 24), (("shotgun", "12 gauge"), 16), (("pistol", ".45"), 6),
    (("rifle", "5.56 mm"), 7), (("rifle", "7.62 mm"), 5), (("craft_made", ".38"), 4),
)  # fmt: skip
CARTRIDGES = (("9 mm", 45), (".38", 20), ("7.62 mm", 12), ("5.56 mm", 12), ("12 gauge", 11))
# The name as the party reported it, the code to choose, the share in kilograms.
DRUGS = (
    ("clorhidrato de cocaína", "cocaine", 60), ("cocaína", "cocaine", 12), ("marihuana", "cannabis", 25),
    ("methamphetamine", "methamphetamine", 3),
)  # fmt: skip
# CAS number, the name in use, the share in kilograms.
PRECURSORS = (
    ("7647-01-0", "ácido clorhídrico", 24), ("7664-93-9", "ácido sulfúrico", 22), ("67-64-1", "acetona", 22),
    ("7722-64-7", "permanganato de potasio", 14), ("108-88-3", "tolueno", 12), ("108-24-7", "anhídrido acético", 6),
)  # fmt: skip
