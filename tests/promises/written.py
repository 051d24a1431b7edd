"""What a request wrote, in any table: a trigger on every table of a proof's database notes each row, as it happens.

Looking through all tables for what is new takes as long as they are large; this takes what was written. Rows that are
taken out are noted too, and what is rolled back leaves no note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg

from tripoint.base.embedded_postgres import Servers

NOTES = """
create schema proof;
create unlogged table proof.written (
  id bigint generated always as identity primary key, relation text not null, deed text not null, row jsonb
);
create function proof.note() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into proof.written (relation, deed, row) values (tg_table_name, lower(tg_op), to_jsonb(coalesce(new, old)));
  return null;
end $$;
do $$
declare each record;
begin
  for each in select c.oid::regclass as name from pg_class c join pg_namespace s on s.oid = c.relnamespace
               where s.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition loop
    execute format('create trigger noted after insert or update or delete on %s for each row execute function proof.note()', each.name);
  end loop;
end $$;
"""  # noqa: E501
COUNTED = """
select deed || ' ' || relation, count(*) from proof.written where id > %(mark)s group by 1 order by 1
"""
ROWS = "select relation, row from proof.written where id > %(mark)s order by id"


@dataclass
class Written:
    """Sees what is written into one database from now on. `close` it at the end."""

    database: Servers
    owner: psycopg.Connection = field(init=False)

    def __post_init__(self) -> None:
        address = self.database.admin.replace("postgresql+psycopg", "postgresql")
        self.owner = psycopg.connect(address, autocommit=True)
        if not self.owner.execute("select exists (select from pg_namespace where nspname = 'proof')").fetchone()[0]:  # type: ignore[index]
            self.owner.execute(NOTES)

    def mark(self) -> int:
        """The number of the last row noted."""
        return int(self.owner.execute("select coalesce(max(id), 0) from proof.written").fetchone()[0])  # type: ignore[index]

    def counted(self, mark: int) -> dict[str, int]:
        """How many rows were added, changed and taken out in each table since."""
        return dict(self.owner.execute(COUNTED, {"mark": mark}))

    def rows(self, mark: int) -> list[tuple[str, dict[str, Any]]]:
        """Each row written since, with the name of its table; of one that was taken out what it was."""
        return list(self.owner.execute(ROWS, {"mark": mark}))

    def waits(self) -> bool:
        """Whether anything waits for the relay."""
        return bool(self.owner.execute("select exists (select from outbox)").fetchone()[0])  # type: ignore[index]

    def close(self) -> None:
        """Give back the connection."""
        self.owner.close()
