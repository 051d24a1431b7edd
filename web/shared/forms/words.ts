/** The words of forms in the reader's language: labels, helps, sections, choices, and a filled value as text. */
import { countryName } from '../countries';
import { dayTime, partialDate } from '../format';
import { words } from '../words.svelte';
import type { Form, FormField, OccurrenceKind, Value, Values } from './model';
import { filled } from './rules';

/** A code as part of a catalogue id: "ThroughOnlineSocialNetworks" and "notice_request" get dashes and small letters. */
export const dashed = (code: string): string => code.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
const readable = (code: string): string => code.replaceAll('_', ' ');

/** The first of these ids that the catalogue has, or the given text. */
const first = (ids: readonly string[], text: string): string => {
  const said = ids.map((id) => words.orElse(id, '')).find((word) => word !== '');
  return said ?? text;
};

export const kindWord = (kind: string): string => words.orElse(`report-kind-${dashed(kind)}`, readable(kind));
export const kindsWord = (kind: string): string => words.orElse(`report-kinds-${dashed(kind)}`, readable(kind));
export const stateWord = (state: string): string => words.orElse(`report-state-${dashed(state)}`, readable(state));
export const sectionWord = (section: string): string => words.orElse(`form-section-${dashed(section)}`, readable(section));

/** The label of a field; `names` goes from the form's field down to the column of a row. A word of the form's own comes before the shared one. */
export function labelOf(kind: OccurrenceKind, ...names: string[]): string {
  const path = names.map(dashed).join('-');
  return first([`form-${dashed(kind)}-${path}`, `form-field-${path}`, `form-field-${dashed(names.at(-1) ?? '')}`], readable(names.at(-1) ?? ''));
}

/** What helps to fill a field in; empty where it speaks for itself. */
export function helpOf(kind: OccurrenceKind, ...names: string[]): string {
  const path = names.map(dashed).join('-');
  return first([`form-${dashed(kind)}-${path}-help`, `form-field-${path}-help`], '');
}

/** Fields of a victim's line that repeat what a pick list of another name gave. */
const ALSO: Readonly<Record<string, string>> = { exploitation: 'type_of_exploitation', recruitment: 'method_of_recruitment' };

/** The word of a code of a pick list; words that many lists share ("unknown", "other") stand once. */
export const choiceWord = (list: string, code: string): string => first([`choice-${dashed(ALSO[list] ?? list)}-${dashed(code)}`, `choice-any-${dashed(code)}`], readable(code));

/** A language's name in the reader's language (ISO 639). */
export const languageName = (code: string): string => new Intl.DisplayNames([words.locale], { type: 'language', fallback: 'code' }).of(code) ?? code;

/** A decimal as the hub keeps it ("2700.00") in the reader's figures, hundredths only where there are some. */
export const decimalText = (amount: number): string => new Intl.NumberFormat(words.locale, { maximumFractionDigits: 8, minimumFractionDigits: Number.isInteger(amount) ? 0 : 2 }).format(amount);
/** An amount with its currency: ISO 4217, or a coin. */
export const moneyText = (amount: number, currency: string): string => `${decimalText(amount)} ${currency}`;

function oneText(kind: OccurrenceKind, field: FormField, value: Exclude<Value, null>): string {
  if (field.kind === 'country' || field.kind === 'countries') return countryName(String(value));
  if (field.kind === 'language') return languageName(String(value));
  if (field.kind === 'choice' || field.kind === 'choices' || field.kind === 'yes_no_unknown') return choiceWord(field.list, String(value));
  if (field.kind === 'decimal') return decimalText(Number(value));
  if (field.kind === 'moment') return dayTime(String(value));
  if (field.kind === 'date' || field.kind === 'partial_date') return partialDate(String(value));
  if (field.kind === 'money') { const { amount, currency } = value as Values; return moneyText(Number(amount), String(currency)); }
  if (field.kind === 'rows') return field.fields.map((one) => textOf(kind, one, (value as Values)[one.name])).filter(Boolean).join(', ');
  if (typeof value === 'object') return Object.values(value).filter((one) => filled(one as Value)).map(String).join(', ');
  return typeof value === 'boolean' ? choiceWord('yes_no', value ? 'yes' : 'no') : String(value);
}

/** A filled value as a person reads it; empty where nothing is filled in. */
export function textOf(kind: OccurrenceKind, field: FormField, value: Value | undefined): string {
  if (!filled(value)) return '';
  const many = Array.isArray(value);
  if (many) return (value as readonly Value[]).filter((one) => filled(one)).map((one) => oneText(kind, field, one!)).join(field.kind === 'rows' ? ' · ' : ', ');
  return oneText(kind, field, value);
}

/** The filled fields of a form as label and text, in the form's order; unknown fields of a newer hub come last. */
export function factsOf(form: Form, values: Values): { name: string; label: string; text: string; part: FormField['part'] }[] {
  const known = form.fields.map((field) => ({ name: field.name, label: labelOf(form.kind, field.name), text: textOf(form.kind, field, values[field.name]), part: field.part }));
  return known.filter(({ text }) => text !== '');
}
