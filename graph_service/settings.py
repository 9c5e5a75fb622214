"""Settings: what the environment and a .env file say, checked once at the start.

`NEO4J_...` names address a Neo4j server; without `NEO4J_URI` the service runs its embedded engine. Every limit
has a name `GRAPH_SERVICE_<FIELD>` with its unit in the name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from graph_service.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

PREFIX: Final = "GRAPH_SERVICE_"
SECRET_FIELDS: Final = ("neo4j_password", "api_keys")
KEY_CHARACTERS_MIN: Final = 16
SERVER_FIELDS: Final = ("neo4j_uri", "neo4j_username", "neo4j_password", "neo4j_database")
SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def _server_uri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(f"must be one of {', '.join(SCHEMES)} and a host, such as neo4j://localhost:7687")
    if parts.username or parts.password or parts.path.strip("/") or parts.query:
        raise ValueError("must hold a scheme, a host and a port only; user, password and database have own settings")
    return text


def _place(path: Path) -> Path:
    return path.expanduser().absolute()


def _long_keys(keys: SecretStr) -> SecretStr:
    if any(len(key) < KEY_CHARACTERS_MIN for key in _split(keys.get_secret_value())):
        raise ValueError(f"must be keys of at least {KEY_CHARACTERS_MIN} characters each, separated by commas")
    return keys


def _split(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(",")) if part]


def _default_place() -> Path:
    return user_data_path("graph-service", appauthor=False)


ServerUri = Annotated[str, AfterValidator(_server_uri)]
Place = Annotated[Path, AfterValidator(_place)]
ApiKeys = Annotated[SecretStr, AfterValidator(_long_keys)]
Port = Annotated[int, Field(ge=0, le=65_535)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
HeapMegabytes = Annotated[int, Field(ge=128, le=1_048_576)]


class Settings(BaseSettings):
    """Everything that can be set, with defaults; fields are in the order in which `serve --help` lists them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    neo4j_uri: ServerUri | None = Field(
        default=None,
        validation_alias="NEO4J_URI",
        description="address of a Neo4j server or cluster, such as neo4j://localhost:7687; empty: the embedded engine",
    )
    neo4j_username: str | None = Field(
        default=None, validation_alias="NEO4J_USERNAME", description="user at that server"
    )
    neo4j_password: SecretStr | None = Field(
        default=None, validation_alias="NEO4J_PASSWORD", description="password of that user"
    )
    neo4j_database: str = Field(
        default="neo4j", validation_alias="NEO4J_DATABASE", description="database at that server"
    )

    data_dir: Place = Field(default_factory=_default_place, description="directory of the embedded engine")
    host: str = Field(default="127.0.0.1", min_length=1, description="address the service listens on")
    port: Port = Field(default=8000, description="port the service listens on; 0: any free one")

    api_keys: ApiKeys | None = Field(
        default=None, description="keys that may write, separated by commas; empty: nobody writes over HTTP"
    )
    reads_need_key: bool = Field(default=False, description="whether reads need one of these keys, too")

    request_timeout_seconds: Seconds = Field(default=30, description="longest time for one request")
    read_timeout_seconds: Seconds = Field(default=20, description="longest time for one read of the store")
    write_timeout_seconds: Seconds = Field(default=120, description="longest time for one transaction that writes")
    connect_timeout_seconds: Seconds = Field(default=3, description="longest time to open one connection")
    solver_seconds: Seconds = Field(default=5, description="longest time of one search for supply solutions")

    body_max_bytes: Count = Field(default=1_000_000, description="largest body of a request")
    import_body_max_bytes: Count = Field(
        default=20_000_000, description="largest body of a request that brings a known API key"
    )
    query_tokens_max: Count = Field(default=5_000, description="most tokens of one GraphQL document")
    query_depth_max: Count = Field(default=15, description="deepest nesting of one operation")
    query_cost_max: Count = Field(default=50_000, description="most objects that one operation may ask for")
    aliases_max: Count = Field(default=50, description="most aliases of one operation")
    root_fields_max: Count = Field(default=20, description="most root fields of one operation")
    page_size_max: Count = Field(default=100, description="largest `first` of a connection")
    list_size_max: Count = Field(default=1_000, description="longest list that has no cursor")
    nodes_max: Count = Field(default=100, description="most ids of one `nodes` call")
    filter_keys_max: Count = Field(default=200, description="most keys of one `where`, at any depth")

    change_poll_seconds: Seconds = Field(
        default=1, description="how often the store is asked for changes of other processes while somebody listens"
    )
    sockets_max: Count = Field(default=200, description="most WebSockets open at once")
    socket_origins: str = Field(
        default="",
        description="origins besides its own whose pages may open WebSockets, separated by commas; *: any",
    )
    socket_init_timeout_seconds: Seconds = Field(
        default=10, description="longest time from the opening of a WebSocket to its connection_init"
    )
    socket_message_max_bytes: Count = Field(default=100_000, description="largest message of a WebSocket")
    socket_operations_max: Count = Field(default=20, description="most operations under way on one WebSocket")
    alert_targets_max: Count = Field(default=20, description="most targets of one riskAlert")

    connections_max: Count = Field(default=100, description="most connections open to the store")
    import_batch_rows_max: Count = Field(default=5_000, description="most rows of one statement of an import")
    import_rows_max: Count = Field(default=50_000, description="most rows of the files of one importBundle")
    import_transaction_rows_max: Count = Field(
        default=100_000, description="most rows of one transaction; a larger import is marked while it runs"
    )

    engine_heap_megabytes: HeapMegabytes = Field(default=1_024, description="largest heap of the embedded engine")
    engine_start_timeout_seconds: Seconds = Field(default=60, description="longest start of the embedded engine")


class ServerAccess(NamedTuple):
    """Where a Neo4j server is, and as whom."""

    uri: str
    username: str
    password: str
    database: str


def server_access(settings: Settings) -> ServerAccess | None:
    """Tell which Neo4j server the settings name; None: the embedded engine.

    Raises Misconfigured where the address has no user or no password.
    """
    if settings.neo4j_uri is None:
        return None
    username, password = settings.neo4j_username, settings.neo4j_password
    if username is None or password is None:
        raise Misconfigured(f"NEO4J_USERNAME and NEO4J_PASSWORD must be set where NEO4J_URI is ({settings.neo4j_uri})")
    return ServerAccess(settings.neo4j_uri, username, password.get_secret_value(), settings.neo4j_database)


def api_keys(settings: Settings) -> list[str]:
    """Give the keys that may write."""
    return [] if settings.api_keys is None else _split(settings.api_keys.get_secret_value())


class SettingNote(NamedTuple):
    """What `serve --help` says of one setting."""

    name: str
    default: str
    description: str


def read_settings(overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings; `overrides` maps field names to values that win over environment and .env.

    Raises Misconfigured with one line for each setting that breaks a rule: its name, the rule, the value.
    """
    try:
        settings = Settings(**dict(overrides or {}))  # pyright: ignore[reportArgumentType]  # pydantic checks them
    except ValidationError as error:
        raise Misconfigured("\n".join(map(_problem, error.errors(include_url=False)))) from error
    except (OSError, UnicodeError, SettingsError) as error:
        raise Misconfigured(f".env must be a readable UTF-8 file of NAME=value lines: {error}") from error
    server_access(settings)
    if settings.reads_need_key and not api_keys(settings):
        raise Misconfigured(f"{PREFIX}API_KEYS must be set where {PREFIX}READS_NEED_KEY is true, or nobody could read")
    return settings


def setting_notes() -> list[SettingNote]:
    """List every setting with its default and what it means."""
    return [
        SettingNote(setting_name(field), _default(info), info.description or "")
        for field, info in Settings.model_fields.items()
    ]


def setting_name(field: str) -> str:
    """Name the environment variable of a field."""
    return field.upper() if field in SERVER_FIELDS else PREFIX + field.upper()


def _default(info: FieldInfo) -> str:
    value: object = info.get_default(call_default_factory=True, validated_data={})
    return "" if value is None else str(value)


def _problem(details: ErrorDetails) -> str:
    rule = details["msg"].removeprefix("Value error, ").removeprefix("Input ").replace("should", "must", 1)
    if not details["loc"]:
        return rule
    field = str(details["loc"][0]).lower()
    if field in SECRET_FIELDS:
        return f"{setting_name(field)} {rule}"
    value = re.sub(r"//[^/@]*@", "//...@", repr(details["input"]))  # what stands there may be a password
    return f"{setting_name(field)} {rule}, got {value}"
