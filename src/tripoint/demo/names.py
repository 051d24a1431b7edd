"""Names of people who exist nowhere, put together from invented syllables.

Every family name ends in one of its region's endings, and no family bears such an ending: that is how a name is known
to be invented (tests/demo compares them with published lists). Each syllable knows a second spelling, as another
clerk or another romanisation would write it, and some regions a script of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable: as written, as others write it, and in the region's own script ('' where that is Latin)."""

    usual: str
    other: str
    script: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """How names sound and are made up in one part of the world."""

    given_begin: tuple[Syllable, ...]
    female: tuple[Syllable, ...]
    male: tuple[Syllable, ...]
    family_begin: tuple[Syllable, ...]
    family_middle: tuple[Syllable, ...]
    family_end: tuple[Syllable, ...]
    given_names: int = 1
    family_names: int = 1


@dataclass(frozen=True, slots=True)
class InventedName:
    """A name in its parts. `other` is the whole name as another clerk spells it, `script` in its own letters."""

    given: str
    family: str
    other: str
    script: str

    @property
    def full(self) -> str:
        """Given names, then family names."""
        return f"{self.given} {self.family}"


def syllables(text: str) -> tuple[Syllable, ...]:
    """Read `ca`, `va|ba` or `zha|ja|жа`, parted by blanks."""
    return tuple(read_syllable(part) for part in text.split())


def read_syllable(text: str) -> Syllable:
    """One syllable; without a second spelling it is always written alike."""
    usual, *rest = text.split("|")
    return Syllable(usual, rest[0] if rest else usual, rest[1] if len(rest) > 1 else "")


IBERIA = Region(
    syllables(
        "Mare Yadi Tole Briza|Brisa Nalu Jase|Gase Orqui|Orki Delva|Delba Xio|Sio Flori Evi|Ebi Ruvi|Rubi "
        "Celme|Selme Anda Lisme Kari|Cari Zule|Sule Damo Wil|Guil Erme Ponce Fabri Teo Iri"
    ),
    syllables("na ra lia da nela ssa|sa rita veth|bet nia"),
    syllables("no ro lio do nel sso|so mar vin|bin nio"),
    syllables(
        "Quel|Kel Tras Bar Ur Mon Val|Bal Zar|Sar Lle|Ye Pas Ciu|Siu Gam Hue|Ue Tor Vir|Bir Cha Ole Sor Pri "
        "Nav|Nab Ar Cor Les Yan|Llan Mir Fon Gue Ros Tal Vel|Bel Jar"
    ),
    syllables("va|ba mi to re cu lo za|sa ñe|ne di go pa tri vi|bi lu ga ri be no"),
    syllables(
        "ndel quibar|kibar menza|mensa bruvo|brubo lquera|lkera dazo|daso rmelga scoy ltruz|ltrus nchey rvago|rbago"
    ),
    given_names=2,
    family_names=2,
)
LUSITANIA = Region(
    syllables(
        "Jana Eli Tare Vale Ino Ra Gilma Dulci Noé|Noe Isa Wandi|Vandi Ede Cleo Josi Luze|Luse Abi Mari Osva|Osba"
    ),
    syllables("ne ra lva|lba de na sa te nia"),
    syllables("do ro lson|lsom mir no r son|som nio"),
    syllables("Cam Bra Fer Mel Tei|Tey Nor Gui|Guy Var San Pal Ri Lou Xa|Cha Cor Bel Sil Pin Vas Al Mou Tra Es Ro Qui"),
    syllables("tu re ma lho|lo be di nha|na co va|ba ga ri pe lu"),
    syllables("ndorte squeima|skeima rvalde|rbalde çuelo|suelo mbrega ltairo npeva|npeba rguim|rguin"),
    given_names=1,
    family_names=2,
)
ISLANDS = Region(
    syllables("Ke La Da Ty|Ti Ro Shan Mar An De Jo Al Ter Wen Cal Ver Ash Tre"),
    syllables("isha nika lyn|lin dene retta sha mora"),
    syllables("vaun|von rick|ric mond shawn|sean ton wyn|win drell"),
    syllables("Bran Hol Wex Thor Mar Pel Grim Ash Cal Dun Fair Stan Wil Tor Len Har Quin Rus Bex Cor"),
    syllables("a e i o um er an ib ow"),
    syllables("thwarde|twarde brickle|brikle stowick|stowik ndrith|ndrit lgrove pworth"),
)
ANTILLES = Region(
    syllables("Ro Yas Jer Mi Sur Di Ge Ra Chan Ni Ed Ru"),
    syllables("aïka|aika vienne|vien rlin mène|mene lourde nise"),
    syllables("niel|nyel land mond berto ckson|xon fils"),
    syllables("Mar Pier Dor Cel Bon Jo Fleu|Flu Val San Tou|Tu Des Ré|Re Lau Ga Bel"),
    syllables("ti le chi|shi ma no ri be vé|ve"),
    syllables("ssaint-Orbe|ssaint-Orb rcelande|rseland lvoyard|lvoiar mbertaux|mberto ndavril"),
)
STEPPE = Region(
    syllables(
        "Vla|Wla|Вла Zho|Jo|Жо Yu|Iu|Ю Ro|Ro|Ро Khe|He|Хе Ta|Ta|Та Me|Me|Ме Shu|Schu|Шу Ga|Ga|Га Ly|Li|Лы "
        "Ni|Ni|Ни Se|Se|Се"
    ),
    syllables("rina|rina|рина liya|lia|лия zhana|jana|жана styana|stiana|стяна nta|nta|нта"),
    syllables("rim|rim|рим lyan|lian|лян zhek|jek|жек slav|slaw|слав vtur|wtur|втур"),
    syllables(
        "Kor|Kor|Кор Bel|Bel|Бел Shch|Sch|Щ Zav|Zaw|Зав Tur|Tur|Тур Mol|Mol|Мол Grud|Grud|Груд Yar|Iar|Яр "
        "Kham|Ham|Хам Vos|Wos|Вос Dob|Dob|Доб Pet|Pet|Пет Lug|Lug|Луг Sem|Sem|Сем"
    ),
    syllables("e|e|е a|a|а o|o|о u|u|у ya|ia|я i|i|и"),
    syllables(
        "zhurkhin|jurhin|журхин vdilov|wdilow|вдилов rshyak|rschiak|ршяк mbetsky|mbetski|мбетский "
        "ltuyenko|ltuienko|лтуенко"
    ),
)
LEVANT = Region(
    syllables(
        "Ma|Ma|ما Kha|Ka|خا Su|Sou|سو Ja|Dja|جا Ra|Ra|را Fa|Fa|فا Ha|Ha|حا Na|Na|نا Za|Za|زا Mu|Mou|مو Ba|Ba|با "
        "Ta|Ta|تا"
    ),
    syllables("lila|lila|ليلا rina|reena|رينا dira|dirah|ديرا wnar|ounar|ونار msa|msah|مسا"),
    syllables("lid|leed|ليد run|roun|رون shir|cheer|شير dar|dar|دار fiz|feez|فيز"),
    syllables(
        "Qa|Ka|قا Ma|Ma|ما Sha|Cha|شا Dar|Dar|دار Has|Has|حس Nur|Nour|نور Bak|Bac|بك Tal|Tal|طل Raf|Raf|رف "
        "Zub|Zoub|زب Sal|Sal|سل Kar|Kar|كر"
    ),
    syllables("i|ee|ي a|a|ا u|ou|و"),
    syllables(
        "bdounar|bdunar|بدونار rqashim|rkachim|رقاشم mzulayeh|mzoulaye|مزولايه lfdrani|lfdrany|لفدراني "
        "ntaraqi|ntaraki|نتراقي"
    ),
)
EAST = Region(
    syllables("Xue|Hsueh Jun|Chun Ming Rui|Jui Lin Hao Qing|Ching Zhi|Chih Bo|Po Yan|Yen Fei Tao|Dao"),
    syllables("lian xue|hsueh mei fen rui|jui"),
    syllables("wei feng gang|kang zhong|chung peng"),
    syllables("Zhu|Chu Qi|Chi Tian|Tien Gao|Kao Bei|Pei Dao|Tao Rong|Jung Shou Cai|Tsai Xi|Hsi Lou Wen"),
    syllables("o a u e"),
    syllables("ngqor|ngchor rzhuan|rchuan lfeng mbai|mpai"),
)
# Which names the people of a party bear; travellers come from everywhere.
_IBERIAN = (
    "ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "GTM", "HND", "MEX", "NIC", "PAN", "PER",
    "PRY", "SLV", "URY", "VEN",
)  # fmt: skip
REGION_OF = dict.fromkeys(_IBERIAN, IBERIA) | {
    "BRA": LUSITANIA, "BMU": ISLANDS, "TCA": ISLANDS, "BHS": ISLANDS, "CUW": ANTILLES, "HTI": ANTILLES,
    "BRB": ISLANDS, "BLZ": ISLANDS, "CAN": ISLANDS, "GUY": ISLANDS, "JAM": ISLANDS, "TTO": ISLANDS, "USA": ISLANDS,
    "FRA": ANTILLES, "ESP": IBERIA,
    "UKR": STEPPE, "KAZ": STEPPE, "SYR": LEVANT, "MAR": LEVANT, "CHN": EAST,
}  # fmt: skip


def invent_name(throw: Random, region: Region, female: bool) -> InventedName:
    """A name of the region by the dice."""
    ends = region.female if female else region.male
    given = [word(throw, region.given_begin, ends) for _ in range(throw.randint(1, region.given_names))]
    family = [
        word(throw, region.family_begin, region.family_middle, region.family_end) for _ in range(region.family_names)
    ]
    usual, other, script = ([" ".join(part[at] for part in words) for words in (given, family)] for at in range(3))
    return InventedName(usual[0], usual[1], " ".join(other), " ".join(script).strip())


def word(throw: Random, *places: tuple[Syllable, ...]) -> tuple[str, str, str]:
    """One word put together, in its three spellings."""
    drawn = [throw.choice(place) for place in places]
    return "".join(s.usual for s in drawn), "".join(s.other for s in drawn), "".join(s.script for s in drawn)
