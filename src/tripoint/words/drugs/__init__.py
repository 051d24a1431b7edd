"""Drugs by the names they are reported under, in several languages: substance, form and family.

The list holds every name of the public individual seizure reports of 2011 to 2016 (343) and the usual ones in Spanish,
Portuguese, French, Arabic and Russian. A brand whose substance was not verified says so: `brand_unresolved`.
"""

from tripoint.words.drugs.gates import Gate, gate_of
from tripoint.words.drugs.reading import FAMILIES, FORMS, UNSPECIFIED, Drug, known_drugs, read_drug

__all__ = ["FAMILIES", "FORMS", "UNSPECIFIED", "Drug", "Gate", "gate_of", "known_drugs", "read_drug"]
