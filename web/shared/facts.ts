/** A held or asked object of the contract as lines a person reads: field code and text. */
import { countryName } from './countries';
import { partialDate } from './format';
import { words } from './words.svelte';

export interface Fact { field: string; text: string }

/** A value of a sealed field, once it is opened, as text. */
export const openedText = (field: string, value: unknown): string => textOf(field, value);

const COUNTRY_FIELDS = new Set(['issuer', 'nationality', 'nationalities', 'country']);
const DATE_FIELDS = new Set(['birth', 'births', 'reported', 'expiry']);

function textOf(field: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => textOf(field, one)).filter(Boolean).join(' · ');
  if (value && typeof value === 'object') return 'full' in value ? String(value.full) : Object.values(value).filter((one) => typeof one === 'string').join(' · ');
  if (value === null || value === undefined || value === '') return '';
  const text = String(value);
  if (COUNTRY_FIELDS.has(field)) return countryName(text);
  if (DATE_FIELDS.has(field)) return partialDate(text);
  if (field === 'sex') return words.code('sex', text);
  if (field === 'type') return words.code('document', text);
  return field === 'status' ? words.code('nature', text) : text;
}

/** What has a place of its own: notices, and the fields that are not shown. */
const APART = new Set(['notices', 'sealed', 'masked']);

/** Every field that says something, in the hub's order. */
export function heldFacts(held: Record<string, unknown>): Fact[] {
  return Object.entries(held)
    .filter(([field]) => !APART.has(field))
    .map(([field, value]) => ({ field, text: textOf(field, value) }))
    .filter(({ text }) => text !== '');
}
