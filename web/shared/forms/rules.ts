/** Decisions about a form: what is asked now, step by step, what is missing, what the next report keeps. Pure: no page, no network. */
import type { Condition, Form, FormField, Value, Values, Wrongs } from './model';

export interface Step { section: string; fields: readonly FormField[] }
type Filled = Exclude<Value, null>;

/** Whether a value says something: not null, not blank, no empty list or row. */
export function filled(value: Value | undefined): value is Filled {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.some((one: Value) => filled(one));
  if (typeof value === 'object') return Object.values(value).some((one) => filled(one));
  return true;
}

function holds(condition: Condition, values: Values): boolean {
  const value = values[condition.field];
  const among = Array.isArray(value) ? (value as readonly Value[]) : [value];
  if (condition.among.length) return among.some((one) => condition.among.includes(one as string | boolean));
  if (!filled(value)) return false;
  const n = Number(value);
  return (condition.below === null || n < condition.below) && (condition.atLeast === null || n >= condition.atLeast);
}

/** Whether a field is asked, given what is filled in so far. */
export const asked = (field: FormField, values: Values): boolean => field.when.every((condition) => holds(condition, values));

/** Whoever may be a child is asked about as a child first; who somebody is comes last. */
const FIRST: Readonly<Record<string, number>> = { child: -1, identity: 1 };
const place = (form: Form, section: string): number => (form.kind === 'victim' ? (FIRST[section] ?? (section === 'person' ? -2 : 0)) : 0);

/** The sections of a form that have anything to ask, in the form's order; of a victim, what concerns a child comes first. */
export function stepsOf(form: Form, values: Values): Step[] {
  const sections = [...new Set(form.fields.map(({ section }) => section))].sort((a, b) => place(form, a) - place(form, b));
  return sections
    .map((section) => ({ section, fields: form.fields.filter((field) => field.section === section && asked(field, values)) }))
    .filter(({ fields }) => fields.length > 0);
}

/** The paths of fields that must be filled in and are not; `of` limits the look to these fields. */
export function lacking(fields: readonly FormField[], values: Values, under = ''): string[] {
  return fields.filter((field) => asked(field, values)).flatMap((field) => {
    const value = values[field.name];
    const own = field.required && !filled(value) ? [under + field.name] : [];
    if (field.kind !== 'rows' || !Array.isArray(value)) return own;
    const rows = value as readonly Values[];
    return [...own, ...rows.flatMap((row, i) => (filled(row) ? lacking(field.fields, row, `${under}${field.name}.${i}.`) : []))];
  });
}

const DATES = { date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, partial_date: /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/ };
const DECIMAL = /^\d+([.,]\d+)?$/;

function misread(field: FormField, value: Filled): boolean {
  if (field.kind === 'date' || field.kind === 'partial_date') return !DATES[field.kind].test(String(value).trim());
  if (field.kind === 'integer') return !Number.isInteger(Number(value)) || Number(value) < 0;
  if (field.kind === 'decimal') return !DECIMAL.test(String(value).trim());
  if (field.kind === 'money') return !DECIMAL.test(String((value as Values).amount ?? '').trim()) || !filled((value as Values).currency);
  return false;
}

/** The paths of fields whose value cannot be read as what it should be (a date, a number, an amount with its currency). */
export function unreadable(fields: readonly FormField[], values: Values, under = ''): string[] {
  return fields.filter((field) => asked(field, values)).flatMap((field) => {
    const value = values[field.name];
    if (!filled(value)) return [];
    if (field.kind === 'rows' && Array.isArray(value)) return (value as readonly Values[]).flatMap((row, i) => unreadable(field.fields, row, `${under}${field.name}.${i}.`));
    return misread(field, value) ? [under + field.name] : [];
  });
}

function tidy(field: FormField, value: Filled): Value {
  if (field.kind === 'rows') return (value as readonly Values[]).filter((row) => filled(row)).map((row) => cleaned(field.fields, row));
  if (field.kind === 'integer') return Number(value);
  if (field.kind === 'decimal') return String(value).trim().replace(',', '.');
  if (field.kind === 'money') { const { amount, currency } = value as Values; return { amount: String(amount).trim().replace(',', '.'), currency: currency ?? null }; }
  return typeof value === 'string' ? value.trim() : value;
}

/** What is sent: only fields that are asked and filled in, trimmed, numbers as numbers, decimals as text with a point. */
export function cleaned(fields: readonly FormField[], values: Values): Values {
  const said = fields.filter((field) => asked(field, values) && filled(values[field.name]));
  const kept: Values = Object.fromEntries(said.map((field) => [field.name, values[field.name]!]));
  // What hangs on a question that is asked no more goes with it.
  if (Object.keys(kept).length < Object.keys(values).filter((name) => filled(values[name])).length) return cleaned(fields, kept);
  return Object.fromEntries(said.map((field) => [field.name, tidy(field, values[field.name] as Filled)]));
}

/** What the next report of the same group keeps: the fields marked so, never anybody's identity. */
export function carried(form: Form, values: Values): Values {
  const kept = form.fields.filter((field) => field.carry && (field.part === 'line' || field.part === 'body') && filled(values[field.name]));
  return Object.fromEntries(kept.map((field) => [field.name, values[field.name]!]));
}

/** What every report has at its head, before the form's own fields. */
const HEAD = new Set(['happened_at', 'post']);

/** The place of a refusal in the form: "values.legs.0.to" and "body.values.legs.0.to" are "legs.0.to"; null where it names no field of it. */
export function pathOf(form: Form, field: string | null): string | null {
  const path = (field ?? '').replace(/^(body\.)?(values\.)?/, '');
  return HEAD.has(path) || form.fields.some(({ name }) => name === path.split('.')[0]) ? path : null;
}

/** The step at which the first of these problems stands, counted from 0, when and where; 0 where none does. */
export function stepOf(steps: readonly Step[], wrongs: Wrongs): number {
  const names = new Set(Object.keys(wrongs).map((path) => path.split('.')[0]));
  return steps.findIndex(({ fields }) => fields.some(({ name }) => names.has(name))) + 1;
}

/** What an interview may go on without: whoever declines to be part of research is still heard. */
const MAY_DECLINE = new Set(['consent_research']);
export const REFUSED = 'refused';

/** Whether a person has refused one of the things that stand before an interview: then nothing more is asked. */
export function consentRefused(form: Form, values: Values): boolean {
  if (form.kind !== 'interview' || values.outcome === REFUSED) return false;
  const before = form.fields.filter(({ name, kind, section }) => section === 'consent' && kind === 'yes_no' && !MAY_DECLINE.has(name));
  return before.some(({ name }) => values[name] === false);
}
