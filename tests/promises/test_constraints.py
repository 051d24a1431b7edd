"""Constraint errors are no oracle, and no table is open: every rule of the database is of one party or has its reason.

A unique key tells whether a value is taken, a foreign key whether a row is there, also where row-level security hides
it. So each of them holds a party's number, or stands here with the reason why nobody can ask it about others.
"""

from __future__ import annotations

import re

import pytest

from tests.town import as_owner, rows
from tripoint.base.embedded_postgres import Servers

OF_A_PARTY = {"party", "owner", "home", "asker", "check_party"}
MADE_HERE = "its id is made by the hub and of 122 random bits: nobody can propose one"
FROM_WHAT_IS_SEEN = "the row it points to was found through the predicate by the same act"
MADE_IN_THE_ACT = "the row it points to was written by the same act, or is the own party's"
SYSTEM = "written by functions and chores of the hub only: no request chooses its key"
# Table and columns of keys without a party, each with the reason.
KEYS: dict[str, str] = {
    "alembic_version(version_num)": SYSTEM,
    "party(number)": "who takes part is no secret",
    "party(code)": "who takes part is no secret",
    "officer(sign_in_name)": "a sign-in name ends in its party's code, which a policy holds it to",
    "sign_in(secret_hash)": "the digest of 256 random bits",
    "sign_in_attempt(name_digest)": "counts names that were typed, borne or not",
    "terms(id)": SYSTEM,
    "record_set(number)": SYSTEM,
    "outbox(id)": SYSTEM,
    "operation_history(id)": SYSTEM,
    "audit(seq)": SYSTEM,
    "chore_done(chore)": SYSTEM,
    "feed_head(party)": SYSTEM,
    "audit_head(size)": SYSTEM,
    "audit_hour(hour)": SYSTEM,
    "audit_key(number)": SYSTEM,
    "audit_leaf(position)": SYSTEM,
    "audit_leaf(seq)": SYSTEM,
    "audit_node(level, place)": SYSTEM,
    "exchange_rate(currency, kind, since, until)": "rates are everybody's to read, and an operator's to write",
    "countersignature(size, witness)": "a head is countersigned with a witness's key of the own party",
    "firearm_reference(number)": "the reference of makes is everybody's to read, and an operator's to write",
    "first_code(only_one)": "there is one, for whoever founds the hub",
    "identity_elsewhere(issuer, subject)": "who somebody is elsewhere can be one officer only, and no other party can"
    " guess it; a link that is taken is refused as one that cannot be made",
    "record_history(kind, record, version)": FROM_WHAT_IS_SEEN,
    "retention_asked(set_number, month)": SYSTEM,
    "shred(slot)": SYSTEM,
}
UNIQUE = """
select c.relname, array_agg(a.attname::text order by k.place), i.indisprimary
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  cross join lateral unnest(i.indkey::smallint[]) with ordinality as k(number, place)
  join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
 where n.nspname = 'public' and i.indisunique group by c.relname, i.indexrelid, i.indisprimary order by 1, 2
"""
TYPES = """
select c.relname, a.attname::text, t.typname from pg_attribute a join pg_class c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid where c.relnamespace = 'public'::regnamespace and a.attnum > 0
"""
FOREIGN = """
select c.conrelid::regclass::text, c.confrelid::regclass::text,
       (select array_agg(attname::text) from pg_attribute where attrelid = c.conrelid and attnum = any(c.conkey))
  from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 2
"""
# Which foreign keys a request may write: those of columns it is granted, upon tables that hide rows from it.
WRITABLE = """
select has_column_privilege('tripoint_app', %(table)s, %(column)s, 'insert')
    or has_column_privilege('tripoint_app', %(table)s, %(column)s, 'update')
"""
# By table and column: why a foreign key that requests write cannot be asked whether a hidden row is there.
POINTING: dict[str, str] = {
    "agency": FROM_WHAT_IS_SEEN, "set_number": FROM_WHAT_IS_SEEN, "terms": FROM_WHAT_IS_SEEN,
    "person": FROM_WHAT_IS_SEEN, "hit": FROM_WHAT_IS_SEEN, "post": FROM_WHAT_IS_SEEN, "officer": FROM_WHAT_IS_SEEN,
    "asked_by": FROM_WHAT_IS_SEEN, "decided_by": FROM_WHAT_IS_SEEN, "witness": FROM_WHAT_IS_SEEN,
    "occurrence": FROM_WHAT_IS_SEEN, "interview": FROM_WHAT_IS_SEEN, "record": FROM_WHAT_IS_SEEN,
    "request": FROM_WHAT_IS_SEEN, "size": "heads are everybody's",
    "file": MADE_IN_THE_ACT, "inspection": MADE_IN_THE_ACT,
    "step": "a policy lets it name the steps that the party wrote, and refuses all others alike",
    "exhibit": FROM_WHAT_IS_SEEN, "of_exhibit": FROM_WHAT_IS_SEEN, "scan": FROM_WHAT_IS_SEEN,
    "firearm": FROM_WHAT_IS_SEEN, "modus": FROM_WHAT_IS_SEEN, "superseded_by": FROM_WHAT_IS_SEEN,
    "recovered": FROM_WHAT_IS_SEEN,
    "one": FROM_WHAT_IS_SEEN, "other": FROM_WHAT_IS_SEEN, "id": "the row of the same id was written by the same act",
    "revises": FROM_WHAT_IS_SEEN, "granted_by": FROM_WHAT_IS_SEEN, "report": FROM_WHAT_IS_SEEN,
    "site": "a policy lets it name hubs of the same operation, and refuses all others alike",
    "operation": "a policy lets it name operations that the party takes part in, and refuses all others alike",
}  # fmt: skip


def test_unique_keys_are_of_one_party_or_nobody_can_propose_them(database: Servers) -> None:
    with as_owner(database) as owner:
        found = rows(owner, UNIQUE)
        types = {(table, column): kind for table, column, kind in rows(owner, TYPES)}
    unexplained = []
    for table, columns, _ in found:
        name = f"{table}({', '.join(columns)})"
        made_here = all(types[table, column] in ("uuid", "bytea") for column in columns[:1])
        if not OF_A_PARTY & set(columns) and not made_here and name not in KEYS:
            unexplained.append(name)
    assert not unexplained, (
        "tests/promises/test_constraints.py wants a reason in KEYS, or the key a party's number: "
        + "; ".join(sorted(unexplained))
    )


def test_foreign_keys_that_requests_write_point_only_at_what_they_may_see(database: Servers) -> None:
    unexplained = []
    with as_owner(database) as owner:
        for table, target, columns in rows(owner, FOREIGN):
            writable = any(
                rows(owner, WRITABLE, table=table, column=column)[0][0] for column in columns
            )
            explained = target == "party" or all(column in POINTING or column in OF_A_PARTY for column in columns)
            if writable and not explained:
                unexplained.append(f"{table}({', '.join(columns)}) upon {target}")
    assert not unexplained, (
        "tests/promises/test_constraints.py wants a reason in POINTING for: " + "; ".join(sorted(unexplained))
    )


FUNCTIONS = """
select p.proname, coalesce(array_to_string(p.proconfig, ','), ''), has_function_privilege('public', p.oid, 'execute'),
       p.prorettype = 'trigger'::regtype
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1
"""
VIEWS = """
select c.relname, coalesce(array_to_string(c.reloptions, ','), '') from pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
"""
ROLES = """
select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'tripoint\\_%%'
"""


def test_functions_that_run_as_their_owner_are_shut_to_the_public_and_look_nowhere_else(database: Servers) -> None:
    with as_owner(database) as owner:
        found = rows(owner, FUNCTIONS)
    assert len(found) > 20
    loose = [name for name, settings, _, _ in found if not re.search(r"search_path=public, ?pg_temp", settings)]
    assert not loose, f"these lack `set search_path = public, pg_temp`: {', '.join(loose)}"
    # A function of triggers cannot be called, and whoever writes the table must be let run it.
    public = [name for name, _, anybody, trigger in found if anybody and not trigger]
    assert not public, f"these lack `revoke all on function ... from public`: {', '.join(public)}"


def test_there_is_no_view_that_sees_more_than_its_reader(database: Servers) -> None:
    with as_owner(database) as owner:
        views = rows(owner, VIEWS)
    assert [name for name, options in views if "security_invoker=true" not in options] == []


def test_no_role_of_the_hub_is_above_row_level_security(database: Servers) -> None:
    with as_owner(database) as owner:
        found = rows(owner, ROLES)
    assert len(found) >= 4
    assert [row for row in found if any(row[1:])] == []


@pytest.mark.parametrize("privilege", ["truncate", "references", "trigger"])
def test_requests_hold_no_right_on_any_table_that_passes_by_its_policies(database: Servers, privilege: str) -> None:
    with as_owner(database) as owner:
        held = rows(
            owner,
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
            " and has_table_privilege('tripoint_app', c.oid, %(privilege)s)",
            privilege=privilege,
        )
    assert held == []
