/** What a party reports from an operation, as the hub describes it: forms, their fields, and what is filled into them. */

export type ValueKind =
  | 'text' | 'long_text' | 'choice' | 'choices' | 'date' | 'partial_date' | 'moment' | 'integer' | 'decimal' | 'money'
  | 'country' | 'countries' | 'currency' | 'language' | 'yes_no' | 'yes_no_unknown' | 'place' | 'rows' | 'reference';
export type Part = 'line' | 'body' | 'sealed' | 'facilitator';
/** Codes of the kinds, in the order in which they are offered: people to protect first. */
export const KINDS = ['detection', 'victim', 'interview', 'arrest', 'seizure', 'freeze', 'group', 'investigation', 'incident', 'notice_request', 'recovery'] as const;
export type OccurrenceKind = (typeof KINDS)[number];
export const STATES = ['preliminary', 'confirmed', 'final', 'withdrawn'] as const;
export type OccurrenceState = (typeof STATES)[number];

/** Asked only while another field says so: one of `among`, a number below `below` or not under `atLeast`; with none of the three, anything at all. */
export interface Condition { field: string; among: readonly (string | boolean)[]; below: number | null; atLeast: number | null }
export interface FormField {
  name: string; kind: ValueKind; part: Part; section: string; required: boolean; carry: boolean;
  /** The pick list's name and codes; empty where anything may be written. */
  list: string; choices: readonly string[];
  when: readonly Condition[]; fields: readonly FormField[]; least: number | null; most: number | null; unit: string | null;
}
/** `derived` names what the hub adds to the line, with the codes each may have. */
export interface Form { kind: OccurrenceKind; plural: string; fields: readonly FormField[]; derived: Readonly<Record<string, readonly string[]>> }

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Values = Readonly<Record<string, Value>>;
/** What is wrong, by field path ("nationality", "legs.0.to"), as a sentence for a person. */
export type Wrongs = Readonly<Record<string, string>>;

export interface Audience { kind: 'own' | 'parties' | 'operation' | 'everyone'; parties?: string[]; operation?: string }
export interface Link { relation: string; to_kind: string; to_id: string }
/** A report as it is sent; its id is made where it is written and stays the same at every attempt. */
export interface Filing {
  id: string; operation: string; post: string | null; happened_at: string; values: Values;
  audience: { line: Audience; body: Audience }; links?: Link[];
}
