-- Chores that look only at what is due. Each runs every forty seconds beside the checks: one that reads a whole table of
-- a million rows holds them all up for a second.
create index on person (ended_at) where content ? 'erased';
create index on feed using brin (at) with (autosummarize = on, pages_per_range = 32);
