"""The recipe's joins in the SQL that DuckDB and Spark both understand; each step is a table made of earlier ones."""

from __future__ import annotations

from tripoint.bulk.crossmatch.recipe import Recipe

STEPS = (
    # How many right records share each key.
    ("block", "select key, count(*) as size from right_keys group by key"),
    # Of a key that too many share only the first records stay, for those who have nothing rarer.
    (
        "crowd",
        """
        select key, record from (
          select k.key, k.record, row_number() over (partition by k.key order by k.record) as place
            from right_keys k join block b on b.key = k.key where b.size > {shared_by}
        ) numbered where place <= {keep}
        """,
    ),
    # A left record's keys, the rarest first, with how many right records it has then met.
    (
        "reach",
        """
        select l.record, l.key, l.weight, b.size,
               row_number() over (partition by l.record order by b.size, l.key) as place,
               sum(b.size) over (
                 partition by l.record order by b.size, l.key rows between unbounded preceding and current row
               ) as met
          from left_keys l join block b on b.key = l.key
        """,
    ),
    (
        "joined",
        """
        select r.record as left_record, k.record as right_record, r.weight
          from reach r join right_keys k on k.key = r.key
         where r.size <= {shared_by} and r.met <= {budget}
        union all
        select r.record as left_record, c.record as right_record, r.weight
          from reach r join crowd c on c.key = r.key
         where r.size > {shared_by} and r.place = 1
        """,
    ),
    (
        "ranked",
        """
        select left_record, right_record,
               row_number() over (partition by left_record order by weight desc, right_record) as place
          from (
            select left_record, right_record, sum(weight) as weight from joined {apart}
             group by left_record, right_record
          ) summed
        """,
    ),
)
CANDIDATES = "select left_record, right_record from ranked where place <= {keep}"
WITHIN = """
select distinct least(left_record, right_record) as left_record, greatest(left_record, right_record) as right_record
  from ranked where place <= {keep}
"""
# DuckDB takes the left list in slices; ranges of records, never of keys, so that the slices change no result.
RIGHT_KEYS = "create or replace view right_keys as select record, key, weight from read_parquet({files})"
LEFT_KEYS = """
create or replace view left_keys as
  select record, key, weight from read_parquet({files}) where record >= {first} and record < {end}
"""
SLICE_IN_TILES = """
select left_record, right_record from candidate
 order by left_record // {left}, right_record // {right}, left_record, right_record
"""
# Within one list a pair may have been found from either side, in different slices.
BEST_FIRST = """
select l.id as left_id, r.id as right_id, s.score
  from (select distinct left_record, right_record, score from {scored}) s
  join {left} l on l.record = s.left_record
  join {right} r on r.record = s.right_record
 order by s.score desc, s.left_record, s.right_record
"""


def steps(recipe: Recipe) -> list[tuple[str, str]]:
    """Names and queries of the steps, in their order; the last is `candidate`: left_record, right_record.

    Needs the tables left_keys and right_keys (record, key, weight) and nothing else.
    """
    last = WITHIN if recipe.within else CANDIDATES
    values = {
        "shared_by": recipe.shared_by,
        "budget": recipe.budget,
        "keep": recipe.keep,
        "apart": "where left_record <> right_record" if recipe.within else "",
    }
    return [(name, query.format_map(values)) for name, query in (*STEPS, ("candidate", last))]


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def right_keys(files: str) -> str:
    """Makes the keys of the right list a table for DuckDB; `files` is a pattern."""
    return RIGHT_KEYS.format(files=quoted(files))


def left_keys(files: str, first: int, end: int) -> str:
    """Makes the keys of the left records from `first` to before `end` a table for DuckDB."""
    return LEFT_KEYS.format(files=quoted(files), first=first, end=end)


def people(files: str) -> str:
    """The staged persons of a list, for DuckDB."""
    return f"read_parquet({quoted(files)})"


def best_first(scored: str, left: str, right: str) -> str:
    """The query of the pairs told, from three tables: those scored, and the two lists with `record` and `id`."""
    return BEST_FIRST.format(scored=scored, left=left, right=right)
