"""The dump of an earlier release's database, made by that release itself with invented content.

`python -m tests.faults.upgrade COMMIT` runs the code of a release from the repository's history, lets it found two
parties, hold records, answer checks and work on hits, and writes `fixtures/release-0.1.sql.gz`: once, kept for good.
"""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy import Connection, make_url

from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.base.postgres_programs import find_programs

ROOT = Path(__file__).resolve().parents[2]
DUMP = Path(__file__).parent / "fixtures" / "release-0.1.sql.gz"
LEFT_OUT = ("--", "SET ", "SELECT pg_catalog.set_config", "\\")  # what only the dumping version or its psql knows
PERSON = "Oldara Veskimeny"
# Runs within the earlier release's own sources.
FILL = f"""
import sys
from pathlib import Path
from tests.hub import hub
from tests.town import browser, employ, found
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.base.ids import uuid7
from tripoint.base.migrate import migrate
ROLES = (Role.LIAISON_OFFICER, Role.CONTRIBUTOR, Role.COORDINATOR, Role.FIELD_OFFICER)
ALL = {{"kind": "everyone"}}
SHARED = {{"readers": ALL, "meeting": ALL, "level": "full"}}
CONTENT = {{
    "vehicle": {{"status": "stolen", "plate": "OLD123", "country": "PRY"}},
    "firearm": {{"status": "stolen", "serial": "OLD7654321"}},
    "document": {{"number": "OLD99887", "issuer": "COL", "type": "passport", "status": "lost"}},
    "person": {{"status": "wanted", "names": [{{"full": "{PERSON}"}}], "births": ["1976-05-12"]}},
}}
VICTIM = {{"status": "victim", "names": [{{"full": "Noa Ferrelune"}}], "births": ["2012"]}}
with embedded_postgres(Path(sys.argv[1]), durable=False) as servers:
    migrate(servers.admin)
    owner, asker = found(servers, code="COL"), found(servers, code="PRY")
    eva, ana = (employ(servers, party, *ROLES, name=name) for party, name in ((owner, "eva"), (asker, "ana")))
    app = hub(servers)
    eva, ana = browser(app, eva), browser(app, ana)
    for kind, content in CONTENT.items():
        made = eva("POST", f"/api/records/{{kind}}", 201, json={{"content": content, "terms": SHARED}})
        if kind == "vehicle":
            change = {{"content": content | {{"colour": "green"}}, "terms": SHARED, "version": 1}}
            eva("PUT", f"/api/records/vehicle/{{made['id']}}", json=change)
    eva("POST", "/api/records/person", 201, json={{"content": VICTIM}})
    asked = {{"id": str(uuid7()), "purpose": "border_control", "vehicle": {{"plate": "OLD123", "country": "PRY"}}}}
    hit = ana("POST", "/api/checks", json=asked)["hits"][0]["id"]
    ana("POST", f"/api/hits/{{hit}}/referral", json={{"note": "please look"}})
    eva("POST", f"/api/hits/{{hit}}/decision", json={{"decision": "confirmed", "reason": "the frame agrees"}})
    ana("POST", "/api/checks", json={{"id": str(uuid7()), "purpose": "border_control",
                                     "document": {{"number": "OLD99887", "issuer": "COL"}}}})
    app.state.door.engine.dispose()
"""


def load(connection: Connection, dump: Path = DUMP) -> None:
    """Bring a dump into an empty database, as its owner."""
    cursor = connection.connection.cursor()
    cursor.execute(gzip.decompress(dump.read_bytes()).decode())
    cursor.close()


def make(commit: str) -> None:
    """Let the release at this commit fill a database, and dump it."""
    with tempfile.TemporaryDirectory(prefix="tripoint-dump-") as name:
        place = Path(name)
        place.chmod(0o711)
        sources = subprocess.run(["git", "archive", commit, "src", "tests"], cwd=ROOT, capture_output=True, check=True)
        with tarfile.open(fileobj=io.BytesIO(sources.stdout)) as packed:
            packed.extractall(place / "release", filter="data")
        paths = os.pathsep.join((str(place / "release" / "src"), str(place / "release")))
        environment = {**os.environ, "PYTHONPATH": paths, "PYTEST_TRIPOINT_FOLDER": name}  # where its index lies
        subprocess.run(
            [sys.executable, "-c", FILL, str(place / "data")], cwd=place / "release", env=environment, check=True
        )
        with embedded_postgres(place / "data", durable=False) as servers:
            DUMP.parent.mkdir(exist_ok=True)
            DUMP.write_bytes(gzip.compress(dumped(servers.admin).encode(), mtime=0))
    print(f"{DUMP.name}: {DUMP.stat().st_size // 1024} KB")


def dumped(address: str) -> str:
    """What pg_dump says of a database, as statements that any later version takes."""
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    said = subprocess.run(
        [find_programs() / "pg_dump", "--inserts", "--rows-per-insert=100", plain], capture_output=True,
        text=True, check=True, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    ).stdout  # fmt: skip
    kept = [line for line in said.splitlines() if not line.startswith(LEFT_OUT)]
    return "set check_function_bodies = off;\nset search_path = '';\n" + "\n".join(kept) + "\n"


if __name__ == "__main__":
    make(sys.argv[1])
