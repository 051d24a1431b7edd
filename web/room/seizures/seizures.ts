/** What seizures come to as the hub tells it, and how the page says it. Decimals come as text, so that no digit is lost. */
import { choiceWord, dashed } from '../../shared/forms/words';
import { words } from '../../shared/words.svelte';

export interface Row {
  category: string; family: string | null; seizures: number; items: number; kilograms: string; pieces: string; rounds: number; plants: number;
  value_usd: string; without_kilograms: number; above: number; kilograms_above: string; set_aside: number;
}
export interface Priced { basis: string; level: string; family: string | null; price_usd: string; quantity: string; low_usd: string; central_usd: string; high_usd: string; valuations: number }
export interface Worth {
  low_usd: string; central_usd: string; high_usd: string; kilograms: string; per_kilogram_usd: string | null; one_price: boolean; levels: string[];
  unvalued: Record<string, string>; prices: Priced[];
}
export interface Share { party: string; seizures: string; drugs_kg: string; precursors_kg: string; rounds: string }
export interface Totals {
  operation: string; as_of: string; seizures: number; rows: Row[]; drugs_kg: string; precursors_kg: string; rounds: number; plants: number;
  worth: Worth; shares: Share[]; reasons: Record<string, number>; doubles_open: number; gates_open: number;
}
export interface Item {
  seizure: string; owner: string; happened_at: string; state: string; number: number; category: string; unit: string; quantity: string; kilograms: string | null;
  factor: string | null; version: string | null; reason: string | null; substance: string | null; family: string | null; form: string | null; rounds: number | null;
  plants: number | null; value_usd: string | null; cas: string | null; inside: number | null; gate: string | null; above: boolean; set_aside: boolean;
  decision: string | null; decided_reason: string | null; counted: boolean;
}
export interface Double {
  one: string; other: string; both: [string, string]; happened_at: [string, string]; category: string; family: string | null; amounts: [string, string];
  same_post: boolean; decision: string | null; decided_by_party: string | null; reason: string | null;
}
export interface Valuation {
  id: string; item: number | null; basis: string; level: string; low: string; central: string; high: string; currency: string; per_usd: string; rate_source: string;
  source: string; place: string; priced_on: string; purity: string | null; published: boolean; quantity: string; low_usd: string; central_usd: string; high_usd: string; method: string;
}
/** Which items are opened: what they are of, and the words above the list. */
export interface Looked { title: string; category?: string; family?: string; only?: string }

export const BASES = ['kilogram', 'pure_kilogram', 'piece', 'round', 'whole'] as const;
export const LEVELS = ['farm_gate', 'wholesale', 'mid', 'retail', 'face_value'] as const;

const word = (family: string, code: string): string => words.orElse(`report-seizures-${family}-${dashed(code)}`, code.replaceAll('_', ' '));
export const familyWord = (family: string | null): string => (family ? word('family', family) : '');
export const reasonWord = (reason: string): string => word('reason', reason);
export const levelWord = (level: string): string => word('level', level);
export const basisWord = (basis: string): string => word('basis', basis);
export const kindWord = (row: { category: string; family: string | null }): string => familyWord(row.family) || choiceWord('category', row.category);

/** An amount with at most three decimals: a milligram is no total. */
export const amount = (text: string | number): string => new Intl.NumberFormat(words.locale, { maximumFractionDigits: 3 }).format(Number(text));
/** US dollars without cents. */
export const dollars = (text: string): string => new Intl.NumberFormat(words.locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }).format(Number(text));
/** How much an item is, in what it is counted in. */
export const quantity = (item: Item): string => `${amount(item.quantity)} ${choiceWord('unit', item.unit)}`;

/** The items of a seizure as a tree: what is inside another one stands under it. */
export interface Branch { item: Item; within: Branch[] }
export function tree(items: readonly Item[], inside: number | null = null, seen: readonly number[] = []): Branch[] {
  const known = new Set(items.map(({ number }) => number));
  return items.filter((one) => (inside === null ? one.inside === null || !known.has(one.inside) : one.inside === inside) && !seen.includes(one.number))
    .map((item) => ({ item, within: tree(items, item.number, [...seen, item.number]) }));
}
