/** A report while it is being written, and the filing it becomes. Pure: no page, no network. */
import type { Audience, Filing, Form, Link, OccurrenceKind, Values, Wrongs } from './model';
import { carried, cleaned } from './rules';

/** Who is to read: as is usual for the kind, the own party alone, or named parties for the whole of it. */
export type Readers = 'usual' | 'own' | 'parties';
export interface Draft {
  id: string; kind: OccurrenceKind; operation: string | null; post: string | null; happened_at: string;
  values: Values; readers: Readers; parties: readonly string[]; links: readonly Link[]; wrongs: Wrongs; step: number;
}

/** Kinds whose story stays with the own party unless somebody decides otherwise: they tell of people to protect. */
const CLOSE: readonly OccurrenceKind[] = ['victim', 'detection', 'interview'];
export const staysClose = (kind: OccurrenceKind): boolean => CLOSE.includes(kind);

export const emptyReport = (kind: OccurrenceKind, id: string, place: { operation: string | null; post: string | null }, now: Date, values: Values = {}): Draft => ({
  id, kind, ...place, happened_at: now.toISOString(), values, readers: 'usual', parties: [], links: [], wrongs: {}, step: 0,
});

/** The report of the next person of the same group: another id, now, and what a group has in common. */
export const nextOf = (form: Form, before: Draft, id: string, now: Date): Draft => ({
  ...before, id, happened_at: now.toISOString(), values: carried(form, before.values), links: [], wrongs: {}, step: 0,
});

/** Who reads the line and who reads the whole, as the hub is told. */
export function audienceOf(draft: Pick<Draft, 'kind' | 'readers' | 'parties'>, operation: string): { line: Audience; body: Audience } {
  const all: Audience = { kind: 'operation', operation };
  if (draft.readers === 'own') return { line: { kind: 'own' }, body: { kind: 'own' } };
  if (draft.readers === 'parties') return { line: all, body: { kind: 'parties', parties: [...draft.parties] } };
  return { line: all, body: staysClose(draft.kind) ? { kind: 'own' } : all };
}

/** What is sent for a draft; the id is the draft's at every attempt. */
export function toFiling(form: Form, draft: Draft, operation: string): Filing {
  const { id, post, happened_at, links } = draft;
  return { id, operation, post, happened_at, values: cleaned(form.fields, draft.values), audience: audienceOf(draft, operation), ...(links.length ? { links: [...links] } : {}) };
}
