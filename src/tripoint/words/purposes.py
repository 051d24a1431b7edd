"""The closed list of purposes police data may be asked for and held for (Rules on the Processing of Data, Art. 10)."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why a question is asked or a record is held."""

    WANTED_PERSONS = "wanted_persons"
    LOCATION = "location"
    IDENTIFICATION = "identification"
    INVESTIGATION = "investigation"
    WARNING = "warning"
    DEAD_BODIES = "dead_bodies"
    FORENSIC = "forensic"
    SECURITY_CHECK = "security_check"
    CRIME_TRENDS = "crime_trends"
    BORDER_CONTROL = "border_control"
