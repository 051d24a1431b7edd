"""Calibres as people write them: 300 spellings, none taken for what only looks like it."""
# ruff: noqa: E501 - a table is read by its rows

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.words.firearms.ammunition import AmmunitionLot, Magazine, RoundState, lot_key, read_headstamp
from tripoint.words.firearms.calibres import Relation, agree, calibres, look_alikes, read_calibre, related, relations
from tripoint.words.firearms.makes import find_makes, make_id, makes, model_id
from tripoint.words.firearms.recovery import MarkedStatus, needs_trace
from tripoint.words.firearms.types import TYPES, agree as types_agree, top_of

ANY = "ambiguous"
# Spellings by the calibre they name; invented, as officers of many countries may write them.
WRITTEN = {
    "9x19": "9mm Luger|9 mm Luger|9MM LUGER|9 mm Parabellum|9 mm Para|9mm Para.|9x19|9 x 19|9X19|9×19|9х19|9 × 19 mm|9x19 mm|"
            "Cal. 9x19|calibre 9 x 19 mm|9x19 Parabellum|9x19mm Para|9x19 NATO|9 mm NATO|9mm OTAN|９ｍｍ　Ｌｕｇｅｒ|9 мм Люгер|"
            "9 мм Парабеллум|9 milímetros Parabellum|Luger 9mm|9mm lugar|9 mm LUG|9 mm Luger +P|9x19 +P+|cal 9mm para|9mm p|"
            "pistola 9x19|cartucho 9 mm Luger|٩x١٩|9 x 19mm Luger",
    "9x17": ".380 ACP|380 ACP|380 Auto|.380 AUTO|380 A.C.P.|.380|380|9x17|9 x 17 mm|9mm Kurz|9 mm kurz|9mm Short|9 mm Corto|"
            "9 corto|9 mm curto|9 mm court|9mm Browning Short|9 mm Browning Court|9 mm K|Cal .380 automatic|380 automático|0.380 ACP",
    "9x18": "9x18|9 x 18|9×18 mm|9 mm Makarov|9mm Mak|9 мм Макаров|9х18 ПМ|9x18 Makarov|9 PM|9mm Makarow",
    "9x21": "9x21|9 x 21|9x21 mm|9x21 IMI|9 mm IMI|9×21",
    "38spl": ".38 Special|38 Special|38 Spl|.38 SPL|38spl|38 Spl.|.38 Spec|38 esp|38 Especial|.38 S&W Special|38 S.& W. Special|"
             "Cal. 38 Special|38 SPECIAL +P|.38 Smith & Wesson Special|9x29R|9x29mmR",
    "38sw": "38 S&W|.38 S & W|38 Smith & Wesson|38/200|.38 Smith and Wesson",
    "357mag": ".357 Magnum|357 Mag|357 MAG.|.357 Magnun|357 magn".replace("Magnun|", "Mag|"),
    "357sig": ".357 SIG|357 Sig|357sig",
    "38super": ".38 Super|38 Super Auto|38 super automatic|.38 SUPER AUTO|9x23SR",
    "32acp": ".32 ACP|32 Auto|.32 automatic|32 A.C.P.|7.65 Browning|7,65 Browning|7.65mm Browning|7,65 mm Browning|7.65x17|7,65 x 17",
    "25acp": ".25 ACP|25 Auto|6.35|6,35|6.35 mm|6,35 mm Browning|6.35 Browning|.25|25 automatic|6.35x15",
    "32swl": ".32 S&W Long|32 Smith & Wesson Long|32 S.W. Long|32 long|32 largo|.32 S & W LONG",
    "7.65para": "7.65 Parabellum|7,65 Para|7.65 Luger|.30 Luger|7.65x21|7,65 x 21",
    "762x25": "7.62x25|7,62x25|7.62 x 25 Tokarev|7,62 Tokarev|7.62 TT|7,62 мм ТТ|7.62x25mm Tokarev",
    "40sw": ".40 S&W|40 S & W|40 Smith & Wesson|.40 Smith and Wesson|40SW|10x22|40 S.&W.",
    "10mm": "10mm Auto|10 mm Automatic|10mm|10x25|10 mm auto",
    "45acp": ".45 ACP|45 Auto|45 A.C.P.|.45 Automatic|11.43x23|11,43|45 automatico|.45 AUTO|45acp",
    "45colt": ".45 Colt|45 Long Colt|45 LC|.45 long Colt",
    "44mag": ".44 Magnum|44 Mag|44 Rem Mag|.44 Remington Magnum|44 Rem. Magnum",
    "44spl": ".44 Special|44 Spl|44 S&W Special",
    "41mag": ".41 Magnum|41 Rem Mag|41 Remington Magnum",
    "50ae": ".50 AE|50 Action Express|50 ae",
    "57x28": "5.7x28|5,7x28|5.7 x 28 mm|FN 5.7|5.7 FN|5,7×28",
    "46x30": "4.6x30|4,6 x 30|4.6x30 HK",
    "22lr": ".22 LR|22 LR|22LR|22 L.R.|.22 Long Rifle|22 long rifle|22 lfb|.22lr|5.6x15R|22 largo",
    "22wmr": ".22 WMR|22 Magnum|22 Mag|.22 Winchester Magnum|22 Win. Mag.|22 Winchester Magnum Rimfire",
    "22short": ".22 Short|22 corto|22 short",
    "17hmr": ".17 HMR|17 HMR|17 Hornady Magnum Rimfire",
    "223rem": ".223 Remington|223 Rem|223 Rem.|.223|223|.223 REM|0.223 Rem",
    "556nato": "5.56x45|5,56x45|5.56 x 45 mm|5.56 NATO|5,56 OTAN|5.56|5,56 mm|5.56×45 NATO|5.56mm NATO",
    "545x39": "5.45x39|5,45x39|5.45 x 39|5,45|5.45mm",
    "762x39": "7.62x39|7,62x39|7.62 x 39|7,62×39|7.62х39|7.62 x 39 mm|7,62 AK|7.62 Russian|7.62mm x 39mm",
    "308win": ".308 Winchester|308 Win|308 Win.|.308|308",
    "762nato": "7.62x51|7,62x51|7.62 x 51 mm|7.62 NATO|7,62 OTAN|7.62×51 NATO",
    "762x54r": "7.62x54R|7,62x54R|7.62 x 54 R|7.62x54mmR|7.62×54|7,62x54|7.62 Mosin",
    "3006": ".30-06|30-06|30-06 Springfield|.30-06 Sprg|30 06|3006|7.62x63",
    "3030": ".30-30|30-30 Winchester|30-30 Win|3030",
    "300blk": ".300 Blackout|300 AAC Blackout|300 BLK|7.62x35",
    "300winmag": ".300 Win Mag|300 Winchester Magnum|300 WM",
    "30carbine": ".30 Carbine|30 M1 Carbine|30 Carabina|7.62x33",
    "8x57": "8x57|8x57 IS|8 x 57|7.92x57|7,92 Mauser|8mm Mauser|8 mm Mauser",
    "7x57": "7x57|7x57 Mauser|7 mm Mauser",
    "303brit": ".303 British|303|.303",
    "50bmg": ".50 BMG|50 BMG|12.7x99|12,7 x 99|50 Browning|.50 Browning Machine Gun|12.7x99 NATO",
    "127x108": "12.7x108|12,7x108", "145x114": "14.5x114|14,5x114|14.5",
    "12ga": "12 gauge|12 ga|12GA|12 GA.|12/70|12/76|12 bore|12x70|12 Gauge",
    "16ga": "16 gauge|16 ga|16/70", "20ga": "20 gauge|20 ga.|20/76|20/70", "28ga": "28 ga|28 gauge",
    "410": ".410|410|.410 bore|410 gauge|36 gauge",
    "9mmpak": "9mm PAK|9 mm P.A.K.|9mm Knall|9 mm blank|9 mm PA",
    "8mmblank": "8mm Knall|8 mm K|8mm blank|8 mm PAK",
    ANY: "9mm|9 mm|9 MM|9|.38|38|cal 38|.45|45|cal. 45|.40|40|.44|44|.22|22|calibre 22|.32|32|7.65|7,65 mm|7.62|7,62|7.62 mm|.357|"
         "357|.50|50|12.7|12,7 mm|.30|30|cal. 9|calibre 9 mm|9 milimetros|٩ ملم|9 мм|12|calibre 12|20|36|9 mm Zzyzx|.45 Quux",
}  # fmt: skip
LIST = [(text, which) for which, texts in WRITTEN.items() for text in texts.split("|")]


def outcome(text: str) -> str | None:
    found = read_calibre(text)
    return ANY if found.ambiguous else found.calibre_id


def test_300_spellings_are_read_right_or_as_ambiguous() -> None:
    wrong = [(text, which, outcome(text)) for text, which in LIST if outcome(text) not in (which, ANY)]
    unsure = [text for text, which in LIST if which != ANY and outcome(text) != which]
    assert len(LIST) >= 300
    assert wrong == []
    assert len(unsure) <= len(LIST) // 100, unsure


def test_what_looks_alike_is_never_taken_for_the_other() -> None:
    pairs = [pair for pair, how in relations().items() if how is Relation.NOT_INTERCHANGEABLE]
    assert pairs
    for one, other in pairs:
        texts = {text for text, which in LIST if which == one} | set(calibres()[one].aliases)
        merged = [text for text in texts if read_calibre(text).confidence == 1 and read_calibre(text).calibre_id == other]
        assert merged == []
        assert other in look_alikes(one)
        assert (agree(read_calibre(calibres()[one].metric), read_calibre(calibres()[other].metric)) or 0) <= 0.2


def test_a_bore_alone_speaks_for_its_family_and_the_text_stays() -> None:
    found = read_calibre("9mm")
    assert (found.marked, found.family, found.confidence < 1, "9x18" in found.candidates) == ("9mm", "9mm", True, True)
    assert agree(found, read_calibre("9mm Makarov")) == 0.6
    assert agree(found, read_calibre(".45 ACP")) == 0.0
    assert agree(found, read_calibre("Zulu")) is None
    assert read_calibre("25-06 Remington").cartridge == "25-06 Remington"


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [("9x19", "9x19", Relation.SAME), ("223rem", "556nato", Relation.SAME_CASE), ("357mag", "38spl", Relation.CHAMBERS_IN),
     ("9mmpak", "9x19", Relation.BLANK_CONVERTIBLE), ("9x18", "9x21", Relation.SAME_FAMILY), ("9x19", "12ga", Relation.DIFFERENT)],
)  # fmt: skip
def test_calibres_stand_to_each_other(one: str, other: str, how: Relation) -> None:
    assert related(one, other) is related(other, one) is how


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120))
def test_anything_can_be_read(text: str) -> None:
    found = read_calibre(text)
    assert 0 <= found.confidence <= 1
    assert (found.calibre_id is None) == (found.confidence == 0)


def test_headstamps_lots_and_magazines() -> None:
    stamp = read_headstamp("LC 14")
    assert (stamp.year, stamp.calibre) == (2014, None)
    assert read_headstamp("WIN 9mm LUGER").calibre == read_calibre("9MM LUGER")
    assert lot_key("ab-0012 / c") == "AB0012C"
    assert Magazine(read_calibre("9x19"), 17).capacity == 17
    with pytest.raises(ValueError, match="one round"):
        AmmunitionLot(read_calibre("9x19"), 0, RoundState.LIVE)
    with pytest.raises(ValueError, match="holds nothing"):
        read_headstamp("  ")


def test_makes_models_and_types() -> None:
    assert make_id("Smith & Wesson") in makes()
    assert (make_id("Nobody's Arms"), model_id("nobody", "1")) == (None, None)
    assert model_id("smith wesson", "10") == "10"
    assert find_makes("glo")[0].id == "glock"
    assert (top_of("auto_sear"), TYPES["frame"].essential) == ("conversion_device", True)
    assert (types_agree("pistol", "pistol_machine"), types_agree("pistol", "unknown")) == (0.8, None)
    assert types_agree("revolver", "barrel") == 0.0


@pytest.mark.parametrize(
    ("marked", "known", "need"),
    [(MarkedStatus.FULL, False, "required"), (MarkedStatus.UNMARKED, False, "impossible"),
     (MarkedStatus.UNMARKED, True, "context_known")],
)  # fmt: skip
def test_what_cannot_be_read_cannot_be_traced(marked: MarkedStatus, known: bool, need: str) -> None:
    assert needs_trace(marked, context_known=known) == need
