"""Invented accounts in six languages, and what sixty questions should find among them."""

from __future__ import annotations

from typing import Any

ACCOUNTS: dict[str, str] = {
    "es1": "El coyote nos cobró dos mil dólares en Necoclí y cruzamos en lancha de noche.",
    "es2": "Caminamos cinco días por la selva; unos hombres armados nos robaron los pasaportes.",
    "es3": "Una amiga me escribió por TikTok ofreciendo trabajo en un hotel de Cancún; era una estafa.",
    "es4": "Mi hijo se enfermó en el albergue de Tapachula y la policía migratoria nos devolvió.",
    "es5": "Todavía debo la mitad; la deuda la paga mi hermano desde Guayaquil.",
    "pt1": "O atravessador pediu três mil dólares pela travessia até Bajo Chiquito.",
    "pt2": "Fomos de ônibus de São Paulo até o Acre e depois de barco pelo rio.",
    "pt3": "Prometeram emprego numa cozinha, mas nos trancaram e tomaram os passaportes.",
    "pt4": "A polícia na fronteira levou nosso dinheiro; as crianças choravam.",
    "pt5": "Fiquei com uma dívida enorme com o aliciador de Governador Valadares.",
    "fr1": "Le passeur nous a pris mille dollars à Necoclí puis nous a abandonnés dans la forêt.",
    "fr2": "Nous avons traversé la frontière à pied, les enfants étaient malades.",
    "fr3": "On m'a promis un travail de coiffeuse; c'était une arnaque et on m'a pris mes papiers.",
    "fr4": "J'ai emprunté l'argent à ma tante, la dette n'est pas remboursée.",
    "fr5": "Le bateau est tombé en panne, les gendarmes nous ont secourus.",
    "en1": "The smuggler met us at the bus station and asked for eleven hundred dollars each.",
    "en2": "We walked through the jungle for six days and were robbed twice.",
    "en3": "They recruited me through an advertisement; it was a scam compound and we were beaten.",
    "en4": "Police took our passports at the border bridge and sent the children to a shelter.",
    "en5": "I still owe the debt to my employer and send him half of my wages.",
    "ht1": "Raketè a mande nou de mil dola ayisyen pou janbe fwontyè a.",
    "ht2": "Nou mache sis jou nan raje a, vòlè pran paspò nou ak tout lajan nou.",
    "ht3": "Yo te pwomèt mwen yon travay nan lotèl, men se te magouy.",
    "ht4": "Bato a te chaje moun, timoun yo t ap kriye.",
    "ht5": "Mwen gen yon gwo dèt, fanmi m nan Okap ap peye l.",
    "zh1": "蛇头要我们每人付三万元，从基多走线到内科克利。",
    "zh2": "我们在雨林里走了五天，被抢劫了两次，护照也丢了。",
    "zh3": "朋友在抖音上介绍工作，到了才知道是诈骗园区，被打。",
    "zh4": "边境的警察拿走了我们的钱，孩子一直在哭。",
    "zh5": "我还欠债，家里每个月替我还债，坐大巴去墨西哥。",
}
FACILITATORS = "es1 pt1 pt5 fr1 en1 ht1 zh1"
CROSSING = "es1 pt1 fr2 ht1 zh1"
JUNGLE = "es2 fr1 en2 ht2 zh2"
ROBBED = "es2 en2 ht2 zh2"
PASSPORTS = "es2 pt3 en4 ht2 zh2"
SCAM = "es3 fr3 en3 ht3 zh3"
BORDER = "pt4 fr2 en4 ht1 zh4"
POLICE = "es4 pt4 fr5 en4 zh4"
DEBT = "es5 pt5 fr4 en5 ht5 zh5"
BOAT = "es1 pt2 fr5 ht4"
MONEY = "pt4 fr4 ht2 zh4"
CHILDREN = "es4 pt4 fr2 en4 ht4 zh4"
WORK = "es3 pt3 fr3 ht3 zh3"
DOLLARS = "es1 pt1 fr1 en1 ht1"
BUS = "pt2 en1 zh5"
QUESTIONS: dict[str, str] = {
    # Chinese, ten words of two characters
    "蛇头": FACILITATORS, "走线": CROSSING, "雨林": JUNGLE, "抢劫": ROBBED, "护照": PASSPORTS, "抖音": "zh3",
    "诈骗": SCAM, "边境": BORDER, "警察": POLICE, "欠债": DEBT,
    # Haitian Creole
    "raketè": FACILITATORS, "dèt": DEBT, "bato": BOAT, "raje": JUNGLE, "paspo": PASSPORTS, "lajan": MONEY,
    "timoun": CHILDREN, "travay": WORK, "fwontye": BORDER, "magouy": SCAM,
    # Spanish
    "coyotes": FACILITATORS, "deudas": DEBT, "lancha de noche": "es1", "pasaporte": PASSPORTS, "necocli": "es1 fr1",
    "estafa": SCAM, "robo en la selva": "es2 en2 ht2 zh2", "albergue Tapachula": "es4", "policías": POLICE,
    "hermano en Guayaquil": "es5",
    # Portuguese
    "atravessadores": FACILITATORS, "onibus": BUS, "dividas": DEBT, "emprego na cozinha": "pt3",
    "passaporte": PASSPORTS, "fronteiras": BORDER, "criança": CHILDREN, "barco rio": "pt2", "sao paulo": "pt2",
    "dolar": DOLLARS,
    # French
    "passeurs": FACILITATORS, "dettes": DEBT, "frontieres": BORDER, "enfant": CHILDREN, "arnaques": SCAM,
    "bateaux": BOAT, "foret": JUNGLE, "coiffeuse": "fr3", "l'argent de ma tante": "fr4", "gendarme": POLICE,
    # English
    "smugglers": FACILITATORS, "debts": DEBT, "jungle": JUNGLE, "walked for six days": "en2", "robbery": ROBBED,
    "scams": SCAM, "passports": PASSPORTS, "children at the bridge": "en4", "advertisement": "en3", "wages": "en5",
}  # fmt: skip
AGREED = dict.fromkeys(
    ("consent_interview", "consent_purpose", "consent_use", "consent_research", "consent_own_data",
     "consent_retention", "consent_withdrawal"), True,
)  # fmt: skip


def held(reference: str, language: str, account: str, **more: Any) -> dict[str, Any]:
    """The values of an interview with a grown person who came freely."""
    return {
        "reference": reference, "outcome": "held", "voluntary": True, **AGREED, "language": language,
        "age_group": "adult", "account": account, **more,
    }  # fmt: skip
