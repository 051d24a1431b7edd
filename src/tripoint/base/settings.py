"""What an installation may choose, read once from the environment; docs/settings.md explains each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from tripoint.base.errors import SetUp

PREFIX = "TRIPOINT_"
READ_ELSEWHERE = frozenset(
    {"TRIPOINT_POSTGRES_BIN", "TRIPOINT_PASSWORD", "TRIPOINT_TEST_DATABASE", "TRIPOINT_JOURNEYS", "TRIPOINT_FAILPOINTS"}
)
SECRET = {"secret": True}  # such a setting may also be given as a file, by its name with _FILE
MEGABYTE = 1024 * 1024
ADDRESS = r"^(postgres(ql)?(\+psycopg)?://.*)?$"

Address = Annotated[str, Field(pattern=ADDRESS, repr=False, json_schema_extra=SECRET)]
Count = Annotated[int, Field(ge=1)]


class Settings(BaseSettings):
    """One installation's choices; frozen, made once in `doors` and passed down."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    database: Address = ""
    admin_database: Address = ""
    relay_database: Address = ""
    index_database: Address = ""
    sealer_database: Address = ""
    connections: Annotated[int, Field(ge=2, le=1000)] = 16
    data: Path = Path("var/tripoint")
    backup: str = "off"
    backup_days: Count = 14
    backup_tool: Literal["own", "pgbackrest"] = "own"
    pgbackrest_stanza: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = "tripoint"
    pgbackrest_config: Path | None = None
    breached_passwords: Path | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    second_factor: Literal["required", "offered"] = "required"
    public_address: str = ""
    issuers: Path | None = None
    administration: Literal["anywhere", "assessed"] = "anywhere"
    session_idle_minutes: Count = 30
    session_hours: Count = 12
    body_megabytes: Count = 10
    batch_megabytes: Count = 1024
    least_disk_megabytes: Annotated[int, Field(ge=0)] = 256
    hosts: str = ""
    checks_per_second: Count = 2000
    looks_per_second: Count = 100
    changes_per_second: Count = 50
    reads_per_hour: Count = 5000
    outbound_hosts: str = ""
    outbound_inside_hosts: str = ""
    referral_minutes: Count = 15
    answer_hours: Count = 72
    urgent_answer_hours: Count = 8
    log_format: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def backup_folder(self) -> Path | None:
        """Where backups of the own database go; None while they are off."""
        return None if self.backup in ("", "off") else Path(self.backup)

    @property
    def embedded(self) -> bool:
        """Whether the hub runs its own database server."""
        return not self.database

    @property
    def session_idle(self) -> timedelta:
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def session_length(self) -> timedelta:
        return timedelta(hours=self.session_hours)

    @property
    def referral_within(self) -> timedelta:
        return timedelta(minutes=self.referral_minutes)

    @property
    def answer_within(self) -> timedelta:
        return timedelta(hours=self.answer_hours)

    @property
    def urgent_answer_within(self) -> timedelta:
        return timedelta(hours=self.urgent_answer_hours)

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names by which callers may call the hub, in lower case and without ports; empty for any."""
        return frozenset(listed(self.hosts.lower()))

    @property
    def far_places(self) -> tuple[str, ...]:
        """The places on the open net that the hub may call (`base/outbound.py`)."""
        return listed(self.outbound_hosts)

    @property
    def near_places(self) -> tuple[str, ...]:
        """The places in the operator's own net that the hub may call."""
        return listed(self.outbound_inside_hosts)

    @property
    def body_limit(self) -> int:
        """The largest ordinary request body, in bytes."""
        return self.body_megabytes * MEGABYTE

    @property
    def least_room(self) -> int:
        """How many bytes must stay free on the disk of the own database."""
        return self.least_disk_megabytes * MEGABYTE

    @property
    def batch_limit(self) -> int:
        """The largest streamed batch, in bytes."""
        return self.batch_megabytes * MEGABYTE

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _SecretFiles(settings_cls)


def load_settings(**chosen: Any) -> Settings:
    """Read the environment; `chosen` (such as options of a command) wins. Raises SetUp naming the variable."""
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = variable(str(first["loc"][0]))
        raise SetUp(
            f"{name} is not right: {first['msg']}.", field=name, remedy="docs/settings.md says what it may be."
        ) from None


def listed(written: str) -> tuple[str, ...]:
    """The parts of a list written with commas."""
    return tuple(part.strip() for part in written.split(",") if part.strip())


def variable(field: str) -> str:
    """The environment variable of a setting: `port` is TRIPOINT_PORT."""
    return PREFIX + field.upper()


def known_variables() -> frozenset[str]:
    """Every environment variable the hub reads."""
    own = {variable(field) for field in Settings.model_fields}
    return READ_ELSEWHERE | own | {f"{variable(field)}_FILE" for field in secret_fields()}


def secret_fields() -> tuple[str, ...]:
    """The settings that may hold a password."""
    return tuple(name for name, field in Settings.model_fields.items() if field.json_schema_extra == SECRET)


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Variables with our prefix that mean nothing, most likely misspelt."""
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known_variables())


class _SecretFiles(PydanticBaseSettingsSource):
    """Reads TRIPOINT_DATABASE_FILE and its like, so that passwords need not stand in the environment."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        name = f"{variable(field_name)}_FILE"
        if field_name not in secret_fields() or not (path := os.environ.get(name)):
            return None, field_name, False
        if os.environ.get(variable(field_name)):
            raise SetUp(f"Both {variable(field_name)} and {name} are set.", field=name, remedy="Keep one of them.")
        try:
            return Path(path).read_text().strip(), field_name, False
        except OSError as error:
            raise SetUp(
                f"{name} names {path}, which cannot be read: {error.strerror}.",
                field=name,
                remedy="Correct the path, or let the hub's user read the file.",
            ) from error

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(None, name)[0] for name in Settings.model_fields}
        return {name: value for name, value in found.items() if value is not None}
