"""How long the database takes to list the 50 newest of a million records of 33 parties, with row-level security on.

Run by hand: `python -m tests.bench_list [RECORDS]`. It starts a server of its own, founds 33 parties, files
the records under terms of every kind, and asks as several parties through the application's role. Prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from tripoint.base.embedded_postgres import Servers, embedded_postgres
from tripoint.base.migrate import migrate

PARTIES, LOOKS = 33, 200
FOUND = """
insert into party (number, code, name, kind)
select n, 'P' || lpad(n::text, 2, '0'), 'Land ' || n, 'country' from generate_series(0, %(parties)s - 1) n
"""
# Each party shares on eight terms: with all, with some, with an operation's worth, or with nobody.
TERMS = """
insert into terms (owner, digest, spec, readers, meets_blind, meets_pointer, meets_full, handling, source_grade,
                   information_grade, confidence, purpose)
select o, sha256(convert_to(o || ' ' || n, 'UTF8')), jsonb_build_object(
         'readers', case when n %% 4 = 0 then '{"kind": "own"}'::jsonb
                         when n %% 4 = 1 then '{"kind": "everyone"}'::jsonb
                         else jsonb_build_object('kind', 'parties', 'parties', (
                                select jsonb_agg('P' || lpad(p::text, 2, '0'))
                                  from generate_series(0, %(parties)s - 1) p where (p * 7 + n * 3 + o) %% 3 = 0)) end,
         'meeting', '{"kind": "own"}'::jsonb, 'level', 'full', 'n', n),
       party_mask('{}'), party_mask('{}'), party_mask('{}'), party_mask('{}'), 'H0', 'B', '4', 'medium', 'location'
  from generate_series(0, %(parties)s - 1) o, generate_series(0, 7) n
"""
SETS = """
insert into record_set (id, owner, name, kind, terms)
select uuid7(), owner, 'Stolen', 'vehicle', min(id) from terms group by owner
"""
RECORDS = """
insert into vehicle (id, owner, set_number, terms, status, plate, country, changed_at, retain_until)
select uuid7(), t.owner, s.number, t.id, 'stolen', 'P' || n, 'PRY', now() - n * interval '1 second', '2040-01-01'
  from generate_series(1, %(records)s) n
  join terms t on t.id = (select min(id) from terms) + (n * 31) %% (select count(*) from terms)
  join record_set s on s.owner = t.owner
"""
# The list as it is read: newest first by the id, which is ordered by time; and the hit desk's own list.
NEWEST = "select id, owner, status, plate, country, version, changed_at from vehicle order by id desc limit 50"
NEWEST_HITS = "select h.* from hit h order by h.raised_at desc, h.id desc limit 50"
HITS = """
insert into hit (id, check_party, check_id, kind, record, record_version, owner, asker, level, grade, due_at,
                 expires_at, raised_at)
select uuid7(), n %% %(parties)s, uuid7(), 'vehicle', uuid7(), 1, (n * 5 + 1) %% %(parties)s, n %% %(parties)s,
       (array['full', 'pointer', 'blind'])[1 + n %% 3], 'strong', now(), now() + interval '30 days',
       now() - n * interval '1 second'
  from generate_series(1, %(hits)s) n
"""


STAND = "select set_config('tripoint.party', %s, true), set_config('tripoint.home', %s, true)"


def fill(servers: Servers, records: int) -> None:
    """Parties, terms, records and hits."""
    with psycopg.connect(servers.admin.replace("postgresql+psycopg", "postgresql")) as owner:
        owner.execute("set session_replication_role = replica" if is_super(owner) else "select 1")
        values = {"parties": PARTIES, "records": records, "hits": records}
        for table in ("terms", "record_set", "vehicle", "hit"):
            owner.execute(f"alter table {table} no force row level security")
        owner.execute(FOUND, values)
        owner.execute(TERMS, values)
        owner.execute("set session_replication_role = origin")
        owner.execute("select compile_terms(id) from terms")
        owner.execute(SETS)
        owner.execute(RECORDS, values)
        owner.execute(HITS, values)
        for table in ("terms", "record_set", "vehicle", "hit"):
            owner.execute(f"alter table {table} force row level security")
        owner.commit()
        owner.autocommit = True
        owner.execute("vacuum analyze")


def is_super(owner: psycopg.Connection) -> bool:
    found = owner.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    return bool(found and found[0])


def measure(servers: Servers, query: str) -> dict[str, Any]:
    """Milliseconds in the database, planning and execution, over looks of several parties."""
    times, rows = [], 0
    with psycopg.connect(servers.app.replace("postgresql+psycopg", "postgresql")) as session:
        for look in range(LOOKS):
            party = str(look * 7 % PARTIES)
            session.execute("set role tripoint_app")
            session.execute(STAND, (party, party))
            found = session.execute(f"explain (analyze, format json, timing off) {query}").fetchone()
            plan = found[0][0] if found else {}
            times.append(plan["Planning Time"] + plan["Execution Time"])
            rows = plan["Plan"]["Actual Rows"]
            session.rollback()
    ordered = sorted(times)
    return {"p50_ms": round(statistics.median(times), 3), "p95_ms": round(ordered[int(LOOKS * 0.95)], 3), "rows": rows}


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="tripoint-bench-") as folder:
        Path(folder).chmod(0o711 if os.geteuid() == 0 else 0o700)
        with embedded_postgres(Path(folder), durable=False) as servers:
            migrate(servers.admin)
            fill(servers, records)
            found = {"records": measure(servers, NEWEST), "hits": measure(servers, NEWEST_HITS)}
    print(json.dumps({"records": records, "parties": PARTIES, "newest_50": found}, indent=2))


if __name__ == "__main__":
    main()
