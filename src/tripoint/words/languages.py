"""Languages by their codes: ISO 639-1, and ISO 639-3 for those of the corridors that have no shorter one."""

from __future__ import annotations

CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
ISO_639_1 = frozenset(CODES.split())
# Wayuu, Garifuna, Miskito, Emberá, Guna, Q'eqchi', K'iche', Mam, Kaqchikel, Nahuatl, Papiamento, Patois, Wolof's
# neighbours, Hazaragi, Rohingya, Cantonese, Wu, Min Nan and sign languages as one.
ISO_639_3 = frozenset({
    "guc", "cab", "miq", "emp", "cuk", "kek", "quc", "mam", "cak", "nah", "pap", "jam", "srn", "gcf", "gcr", "haz",
    "rhg", "yue", "wuu", "nan", "fuc", "snk", "dyu", "mnk", "sgn",
})  # fmt: skip


def read_language(text: str) -> str:
    """The code of a language in small letters. Raises ValueError with a sentence that names the remedy."""
    code = text.strip().lower()
    if code in ISO_639_1 or code in ISO_639_3:
        return code
    raise ValueError("that is no language we know; give its code (ISO 639), such as es")
