/** What a reader may do with a report, what differs between two versions of it, and by what lines are filtered. Pure. */
import type { Form, FormField, OccurrenceKind, OccurrenceState, Value, Values } from '../../shared/forms/model';
import { filled } from '../../shared/forms/rules';

const FILING: Partial<Record<OccurrenceKind, string>> = { detection: 'file_detection', victim: 'file_victim', interview: 'file_interview' };
const CORRECTING: Partial<Record<OccurrenceKind, string>> = { detection: 'correct_detection', victim: 'correct_victim', interview: 'correct_interview' };
/** The acts by which this kind is filed and corrected. */
export const filingAct = (kind: OccurrenceKind): string => FILING[kind] ?? 'file_occurrence';
export const correctingAct = (kind: OccurrenceKind): string => CORRECTING[kind] ?? 'correct_occurrence';

/** The states that may follow a state. */
export const NEXT: Readonly<Record<OccurrenceState, readonly OccurrenceState[]>> = { preliminary: ['confirmed', 'withdrawn'], confirmed: ['final', 'withdrawn'], final: ['withdrawn'], withdrawn: [] };
/** The kinds of which a confirmed hit may be the cause. */
export const LED_BY_HIT: readonly OccurrenceKind[] = ['arrest', 'seizure', 'investigation', 'victim'];

export interface Filter { name: string; field: FormField }
const CODED = new Set(['choice', 'choices', 'country', 'yes_no', 'yes_no_unknown', 'language', 'currency']);

/** The fields of the line by whose codes a list can be narrowed, those that the hub derives among them. */
export function filtersOf(form: Form): Filter[] {
  const own = form.fields.filter(({ part, kind }) => part === 'line' && CODED.has(kind));
  const derived = Object.entries(form.derived).filter(([, codes]) => codes.length).map(([name, choices]): FormField => ({
    name, kind: 'choice', part: 'line', section: '', required: false, carry: false, list: name, choices, when: [], fields: [], least: null, most: null, unit: null,
  }));
  return [...own, ...derived].map((field) => ({ name: field.name, field }));
}

export interface Change { name: string; before: Value | undefined; after: Value | undefined }

/** The names whose values differ between two versions, in the form's order, what no form names last. */
export function changes(form: Form | undefined, before: Values, after: Values): Change[] {
  const order = form?.fields.map(({ name }) => name) ?? [];
  const names = [...new Set([...order, ...Object.keys(before), ...Object.keys(after)])];
  const same = (a: Value | undefined, b: Value | undefined): boolean => (!filled(a) && !filled(b)) || JSON.stringify(a) === JSON.stringify(b);
  return names.filter((name) => !same(before[name], after[name])).map((name) => ({ name, before: before[name], after: after[name] }));
}
