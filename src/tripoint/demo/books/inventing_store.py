"""Honest books of dealers who exist nowhere, in DuckDB: every draw is a digest of seed, purpose and number."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from tripoint.demo.dice import dice
from tripoint.demo.names import IBERIA, invent_name

Connection = duckdb.DuckDBPyConnection
# Of each firearm: acquired once, one in ten passed on to another dealer, nearly nine in ten sold.
ROWS_OF_A_FIREARM = 2.07
OF_A_DEALER = 290  # rows of the books for each dealer
MODELS = (
    ("Glock", "17", "pistol", "9x19"), ("Smith & Wesson", "686", "revolver", ".357"), ("Taurus", "G2C", "pistol", "9x19"),
    ("Ruger", "10/22", "rifle", ".22 LR"), ("Springfield", "1911", "pistol", ".45 ACP"), ("Beretta", "A300", "shotgun", "12"),
)  # fmt: skip
TOWNS, BORDER = 60, 8
COLUMNS = {
    "acquisition": "dealer day serial make model type calibre importer source_name source_licence document entered",
    "disposition": "dealer day serial make model type calibre buyer_licence buyer_name buyer_document buyer_born address "
                   "phone payer payment town permit entered",
    "licensee": "dealer name kind valid_from valid_to revoked town",
    "inspection": "dealer day scope", "stock": "dealer day serial make model",
    "permit": "permit holder_name holder_document valid_from valid_to revoked born died country",
    "manifest": "dealer day document serial make calibre quantity importer",
    "theft": "dealer day reported serial make",
    "recovery": "day serial make holder_document holder_name place", "town": "town border",
}  # fmt: skip
DATES = frozenset({"day", "entered", "buyer_born", "valid_from", "valid_to", "revoked", "born", "died", "reported"})


@dataclass(frozen=True, slots=True)
class Size:
    """How much is invented: firearms, dealers and buyers of the honest part."""

    firearms: int
    dealers: int
    buyers: int


def size_of(rows: int) -> Size:
    """The size for so many acquisitions and dispositions together."""
    firearms = max(400, int(rows / ROWS_OF_A_FIREARM))
    return Size(firearms, max(30, rows // OF_A_DEALER), max(200, int(firearms * 0.87 / 2.2)))


def invent_books(database: Connection, seed: int, size: Size) -> None:
    """Fill the ten tables of honest books; nothing in them is planted."""
    database.execute(MACROS.format(seed=int(seed)))
    database.register("name_list", names(seed))
    database.register("model_list", pa.table({name: [str(one[at]) for one in MODELS] for at, name in enumerate(("make", "model", "type", "calibre"))} | {"n": list(range(len(MODELS)))}))
    for name, columns in COLUMNS.items():
        shape = ", ".join(f"{one} {'date' if one in DATES else 'bigint' if one == 'quantity' else 'varchar'}" for one in columns.split())
        database.execute(f"create table {name} ({shape})")
    values = {"guns": size.firearms, "dealers": size.dealers, "buyers": size.buyers, "towns": TOWNS, "borders": BORDER}
    for step in STEPS:
        database.execute(step, {name: value for name, value in values.items() if f"${name}" in step})


def names(seed: int) -> pa.Table:
    """Two hundred invented given names and as many family names."""
    throw = dice(seed, "books", "names")
    invented = [invent_name(throw, IBERIA, female=number % 2 == 0) for number in range(200)]
    return pa.table({"n": list(range(200)), "given": [one.given for one in invented], "family": [one.family for one in invented]})


MACROS = """
create macro draw(i, what) as (hash(i, what, {seed}) % 1000000) / 1000000.0;
create macro whole(i, what, n) as (hash(i, what, {seed}) % n)::bigint;
create macro letter(x) as chr((65 + x % 26)::integer);
create macro three(x) as letter(x // 676) || letter(x // 26) || letter(x);
-- Serial numbers as each maker forms them, none twice.
create macro serial_of(i) as case i % 6
  when 0 then letter(i // 6 // 17576000) || three(i // 6 // 1000) || lpad((i // 6 % 1000)::varchar, 3, '0')
  when 1 then three(i // 6 // 10000) || lpad((i // 6 % 10000)::varchar, 4, '0')
  when 2 then three(i // 6 // 1000000) || lpad((i // 6 % 1000000)::varchar, 6, '0')
  when 3 then '3' || lpad((i // 6)::varchar, 8, '0')
  when 4 then letter(i // 6 // 26000000) || letter(i // 6 // 1000000) || lpad((i // 6 % 1000000)::varchar, 6, '0')
  else letter(i // 6 // 26000000) || lpad((i // 6 // 26 % 1000000)::varchar, 6, '0') || letter(i // 6) end;
create macro dealer_of(n) as 'L-' || lpad(n::varchar, 6, '0');
create macro permit_of(k) as 'P-' || lpad(k::varchar, 8, '0');
create macro document_of(k) as 'D' || lpad((k * 70507 % 100000000)::varchar, 8, '0');
create macro town_of(n) as 'Villa ' || chr((65 + n // 26)::integer) || chr((97 + n % 26)::integer) || 'ndel';
"""
STEPS = (
    # One in two hundred bought two at once, lawfully: both follow the draws of the first.
    """
    create table gun as
    select i, case when i % 200 = 1 then i - 1 else i end as d, serial_of(i) as serial, m.make, m.model, m.type, m.calibre
      from range($guns) t(i) join model_list m on m.n = i % 6
    """,
    """
    create table life as
    select g.*, floor($dealers * draw(d, 'dealer') ** 2)::bigint as first_dealer, whole(d, 'other', $dealers) as other_dealer,
           date '2018-01-01' + whole(d, 'day', 2200)::integer as acquired,
           draw(d, 'passed') < 0.1 as passed, draw(d, 'sold') < 0.87 as sold, 5 + whole(d, 'passing', 50)::integer as passing,
           5 + (900 * draw(d, 'sale') ** 2)::integer as sale, whole(d, 'buyer', $buyers) as k
      from gun g
    """,
    """
    create table way as
    select *, case when passed and other_dealer <> first_dealer then other_dealer else first_dealer end as last_dealer,
           passed and other_dealer <> first_dealer as moved, acquired + passing + whole(i, 'arrives', 4)::integer as arrived
      from life
    """,
    """
    insert into acquisition
    select dealer_of(first_dealer), acquired, serial, make, model, type, calibre, 'Importadora Quelmira', 'Importadora Quelmira', 'I-000001',
           case when i % 7 = 0 then 'M-' || first_dealer || '-' || strftime(acquired, '%y%m') end, acquired + whole(i, 'written', 3)::integer
      from way
    union all
    select dealer_of(last_dealer), arrived, serial, make, model, type, calibre, 'Importadora Quelmira', null, dealer_of(first_dealer), null,
           arrived + whole(i, 'written again', 3)::integer from way where moved
    """,
    """
    insert into disposition
    select dealer_of(first_dealer), acquired + passing, serial, make, model, type, calibre, dealer_of(last_dealer), null, null, null, null,
           null, null, null, null, null, acquired + passing + whole(i, 'passed on', 3)::integer
      from way where moved
    """,
    """
    create table person as
    select k, a.given || ' ' || b.family || ' ' || c.family as name, document_of(k) as document, permit_of(k) as permit,
           date '1946-01-01' + whole(k, 'born', 19700)::integer as born,
           'Calle ' || (case when k % 20 = 1 then k - 1 else k end) as address, '09' || lpad((k * 7919 % 100000000)::varchar, 8, '0') as phone,
           town_of(whole(k, 'town', $towns)) as town
      from range($buyers) t(k) join name_list a on a.n = whole(k, 'given', 200) join name_list b on b.n = whole(k, 'family', 200)
      join name_list c on c.n = whole(k, 'mother', 200)
    """,
    """
    create table sale as
    select w.*, p.name, p.document, p.permit, p.born, p.address, p.phone, p.town,
           case when moved then arrived else acquired end + w.sale as sold_on
      from way w join person p using (k) where sold
    """,
    """
    insert into disposition
    select dealer_of(last_dealer), sold_on, serial, make, model, type, calibre, null, name, document, born, address, phone, null,
           case when draw(d, 'cash') < 0.4 then 'cash' else 'card' end, town, permit, sold_on + whole(i, 'sale written', 3)::integer
      from sale
    """,
    """
    insert into licensee
    select dealer_of(t.n), 'Armería ' || f.family, 'dealer', case when t.n % 5 = 0 then date '2021-01-01' else date '2015-01-01' end,
           date '2030-12-31', null, town_of(whole(t.n, 'seat', $towns))
      from range($dealers) t(n) join name_list f on f.n = whole(t.n, 'shop', 200)
    union all
    select dealer_of(t.n), 'Armería ' || f.family, 'dealer', date '2015-01-01', date '2020-12-31', null, town_of(whole(t.n, 'seat', $towns))
      from range($dealers) t(n) join name_list f on f.n = whole(t.n, 'shop', 200) where t.n % 5 = 0
    """,
    """
    insert into inspection
    select dealer_of(n), date '2026-09-01' + whole(n, 'inspected', 30)::integer, case when draw(n, 'scope') < 0.7 then 'full' else 'sample' end
      from range($dealers) t(n) where draw(n, 'visited') < 0.8
    """,
    """
    insert into theft
    select dealer_of(last_dealer), day, day + 1, serial, make
      from (select *, acquired + 100 + whole(i, 'stolen on', 300)::integer as day from way where not sold and not moved and draw(i, 'stolen') < 0.01)
    """,
    """
    insert into stock
    select dealer_of(w.last_dealer), s.day, w.serial, w.make, w.model
      from way w join inspection s on s.dealer = dealer_of(w.last_dealer)
     where not sold and (s.scope = 'full' or draw(i, 'looked at') < 0.3)
       and not exists (select 1 from theft t where t.serial = w.serial and t.make = w.make)
    """,
    """
    insert into permit select permit, name, document, date '2015-01-01', date '2031-12-31', null, born, null, 'XXA' from person
    """,
    """
    insert into manifest
    select dealer_of(first_dealer), acquired - 3, 'M-' || first_dealer || '-' || strftime(acquired, '%y%m'), serial, make, calibre, 1, 'I-000001'
      from way where i % 7 = 0
    """,
    """
    insert into recovery
    select day, serial, make, case when draw(i, 'holder') < 0.6 then document_of(k + 40000000) else document end,
           case when draw(i, 'holder') < 0.6 then 'Otra Persona' else name end, town
      from (select *, sold_on + 60 + (-ln(draw(i, 'recovered after') + 0.001) * 1300)::integer as day from sale where draw(i, 'recovered') < 0.003)
    """,
    "insert into town select town_of(n), case when n < $borders then 'yes' else 'no' end from range($towns) t(n)",
)
