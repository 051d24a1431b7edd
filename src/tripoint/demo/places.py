"""Who takes part in the operation and where checks are made: real parties and places, so that the map is a real one.

Coordinates are of the towns, to a few kilometres. Taking part here says nothing on what any of them does or thinks.
"""

from __future__ import annotations

from dataclasses import dataclass

from tripoint.access.model import PartyKind
from tripoint.access.rules import HUB
from tripoint.desks.operations.model import PlannedPost, PostKind

FAMILY, EDITION = "Turquesa", "V"
OPERATION = f"{FAMILY} {EDITION}"
COUNTRIES = {
    "ARG": "Argentina", "BOL": "Bolivia", "BRA": "Brazil", "CHL": "Chile", "COL": "Colombia", "CRI": "Costa Rica",
    "DOM": "Dominican Republic", "ECU": "Ecuador", "GTM": "Guatemala", "HND": "Honduras", "HTI": "Haiti",
    "MEX": "Mexico", "PAN": "Panama", "PER": "Peru", "PRY": "Paraguay", "SLV": "El Salvador", "URY": "Uruguay",
}  # fmt: skip
TERRITORIES = {"BMU": "Bermuda", "CUW": "Curaçao", "TCA": "Turks and Caicos Islands"}
# These take part without lists of their own in the demonstration.
WITHOUT_LISTS = {
    "BHS": "Bahamas", "BLZ": "Belize", "BRB": "Barbados", "CAN": "Canada", "CUB": "Cuba", "ESP": "Spain",
    "FRA": "France", "GUY": "Guyana", "JAM": "Jamaica", "NIC": "Nicaragua", "TTO": "Trinidad and Tobago",
    "USA": "United States", "VEN": "Venezuela",
}  # fmt: skip
BODIES = {HUB: "Coordination unit", "IMPACS": "CARICOM IMPACS", "IOM": "IOM", "UNODC": "UNODC"}


@dataclass(frozen=True, slots=True)
class PlannedParty:
    """A party to be founded."""

    code: str
    name: str
    kind: PartyKind

    @property
    def contact(self) -> str:
        """Whom an asker is told to call: a desk of the rehearsal, reached by nobody outside."""
        return f"Duty desk {self.name} (rehearsal), desk-{self.code.lower()}@rehearsal.invalid"


PARTIES = tuple(
    PlannedParty(code, name, kind)
    for names, kind in (
        (COUNTRIES, PartyKind.COUNTRY), (WITHOUT_LISTS, PartyKind.COUNTRY), (TERRITORIES, PartyKind.TERRITORY),
        (BODIES, PartyKind.BODY),
    )
    for code, name in names.items()
)  # fmt: skip
TAKING_PART = tuple(party.code for party in PARTIES if party.kind is not PartyKind.BODY)  # bodies are partners
ISSUERS = (*COUNTRIES, *TERRITORIES)  # those with travel documents, vehicles and firearms of their own


@dataclass(frozen=True, slots=True)
class Place:
    """A post, and how many of all checks it makes beside the others."""

    post: PlannedPost
    traffic: float
    hours_from_utc: int


def place(name: str, kind: PostKind, party: str, at: tuple[float, float], traffic: float, hours: int) -> Place:
    """A place; `at` is latitude and longitude in degrees."""
    return Place(PlannedPost(name, kind, party, *at), traffic, hours)


_BORDER, _PORT, _AIR, _RIVER, _ROAD, _CAMP = PostKind
PLACES = (
    place("Tabatinga, land border", _BORDER, "BRA", (-4.253, -69.938), 7, -4),
    place("Leticia, river port", _RIVER, "COL", (-4.215, -69.941), 4, -5),
    place("Santa Rosa, river post", _RIVER, "PER", (-4.218, -69.953), 2, -5),
    place("Foz do Iguaçu, bridge", _BORDER, "BRA", (-25.509, -54.601), 9, -3),
    place("Ciudad del Este, bridge", _BORDER, "PRY", (-25.510, -54.608), 8, -3),
    place("Puerto Iguazú, bridge", _BORDER, "ARG", (-25.592, -54.574), 6, -3),
    place("Guarulhos, arrivals", _AIR, "BRA", (-23.432, -46.470), 9, -3),
    place("Santos, container port", _PORT, "BRA", (-23.960, -46.300), 2, -3),
    place("Bajo Chiquito, Darién", _CAMP, "PAN", (8.090, -77.730), 5, -5),
    place("Lajas Blancas, Darién", _CAMP, "PAN", (8.390, -77.850), 4, -5),
    place("Tocumen, arrivals", _AIR, "PAN", (9.071, -79.384), 8, -5),
    place("Necoclí, jetty", _PORT, "COL", (8.425, -76.785), 4, -5),
    place("Cúcuta, bridge", _BORDER, "COL", (7.815, -72.443), 6, -5),
    place("Rumichaca, bridge", _BORDER, "ECU", (0.815, -77.664), 5, -5),
    place("Guayaquil, container port", _PORT, "ECU", (-2.280, -79.903), 2, -5),
    place("Huaquillas, border", _BORDER, "ECU", (-3.480, -80.228), 3, -5),
    place("Tumbes, border centre", _BORDER, "PER", (-3.510, -80.290), 3, -5),
    place("Desaguadero, border", _BORDER, "PER", (-16.565, -69.040), 3, -5),
    place("Pisiga, border", _BORDER, "BOL", (-19.270, -68.617), 2, -4),
    place("Colchane, border", _BORDER, "CHL", (-19.276, -68.639), 3, -4),
    place("Arica, Chacalluta", _BORDER, "CHL", (-18.310, -70.313), 4, -4),
    place("La Quiaca, border", _BORDER, "ARG", (-22.104, -65.594), 2, -3),
    place("Ezeiza, arrivals", _AIR, "ARG", (-34.815, -58.535), 7, -3),
    place("Rivera, border town", _BORDER, "URY", (-30.897, -55.538), 2, -3),
    place("Montevideo, port", _PORT, "URY", (-34.902, -56.211), 2, -3),
    place("Paso Canoas, border", _BORDER, "CRI", (8.531, -82.837), 6, -6),
    place("Peñas Blancas, border", _BORDER, "CRI", (11.212, -85.611), 5, -6),
    place("El Amatillo, bridge", _BORDER, "HND", (13.596, -87.766), 3, -6),
    place("Danlí, road post", _ROAD, "HND", (14.035, -86.570), 3, -6),
    place("San Cristóbal, border", _BORDER, "SLV", (14.187, -89.680), 2, -6),
    place("Tecún Umán, bridge", _RIVER, "GTM", (14.680, -92.140), 4, -6),
    place("Puerto Barrios, port", _PORT, "GTM", (15.727, -88.597), 1, -6),
    place("Tapachula, road post", _ROAD, "MEX", (14.905, -92.263), 6, -6),
    place("Cancún, arrivals", _AIR, "MEX", (21.040, -86.874), 6, -5),
    place("Dajabón, bridge", _BORDER, "DOM", (19.553, -71.708), 3, -4),
    place("Ouanaminthe, bridge", _BORDER, "HTI", (19.552, -71.722), 1, -5),
    place("Willemstad, Hato arrivals", _AIR, "CUW", (12.189, -68.960), 2, -4),
    place("Hamilton, arrivals", _AIR, "BMU", (32.364, -64.679), 1, -4),
    place("Providenciales, small craft", _PORT, "TCA", (21.774, -72.266), 1, -5),
    place("Nassau, Lynden Pindling arrivals", _AIR, "BHS", (25.039, -77.466), 2, -5),
    place("Matthew Town, small craft", _PORT, "BHS", (20.950, -73.670), 1, -5),
    place("Bridgetown, arrivals", _AIR, "BRB", (13.075, -59.493), 1, -4),
    place("Benque Viejo, western border", _BORDER, "BLZ", (17.070, -89.150), 1, -6),
    place("Toronto Pearson, arrivals", _AIR, "CAN", (43.677, -79.631), 5, -5),
    place("Havana, José Martí arrivals", _AIR, "CUB", (22.989, -82.409), 2, -5),
    place("Madrid Barajas, arrivals", _AIR, "ESP", (40.472, -3.561), 7, 1),
    place("Paris Charles de Gaulle, arrivals", _AIR, "FRA", (49.010, 2.548), 7, 1),
    place("Saint-Laurent-du-Maroni, river post", _RIVER, "FRA", (5.504, -54.029), 1, -3),
    place("Lethem, Takutu bridge", _BORDER, "GUY", (3.380, -59.800), 1, -4),
    place("Kingston, Norman Manley arrivals", _AIR, "JAM", (17.936, -76.788), 2, -5),
    place("Guasaule, border", _BORDER, "NIC", (13.050, -86.930), 2, -6),
    place("Managua, arrivals", _AIR, "NIC", (12.142, -86.168), 2, -6),
    place("Port of Spain, Piarco arrivals", _AIR, "TTO", (10.595, -61.337), 2, -4),
    place("Miami, arrivals", _AIR, "USA", (25.794, -80.290), 8, -5),
    place("El Paso, bridge of the Americas", _BORDER, "USA", (31.764, -106.451), 6, -7),
    place("San Antonio del Táchira, bridge", _BORDER, "VEN", (7.815, -72.450), 3, -4),
    place("Maiquetía, arrivals", _AIR, "VEN", (10.603, -66.991), 2, -4),
)  # fmt: skip
# How busy an hour of the local day is beside the mean: quiet nights, a morning and an evening wave.
BUSY = (
    0.3, 0.2, 0.2, 0.2, 0.4, 0.8, 1.3, 1.6, 1.6, 1.4, 1.2, 1.1,
    1.1, 1.2, 1.2, 1.3, 1.5, 1.7, 1.5, 1.2, 1.0, 0.8, 0.6, 0.4,
)  # fmt: skip


def traffic_at(where: Place, utc_hour: int) -> float:
    """How many checks the post makes at an hour of the day (UTC, 0 to 23) beside the others."""
    return where.traffic * BUSY[(utc_hour + where.hours_from_utc) % 24]
