/** Figures, sheets and editions as the hub tells them, and how a page says their codes. */
import { countryName } from '../../shared/countries';
import { choiceWord } from '../../shared/forms/words';
import { t, words } from '../../shared/words.svelte';

export interface Measure { name: string; unit: string; kind: string; dimensions: string[]; per: string[]; rule: string; definition: string; version: number }
export interface Part { codes: Record<string, string>; value: number; status: string; unknown_share: number | null; joint: number; record_set: { count: number; sha256: string } }
export interface Foot { expected: number; found: number; agrees: boolean; reason: string | null }
export interface Figure extends Part { measure: string; unit: string; definition: string; version: number; as_of: string; parts: Part[]; foot: Foot | null }
export interface RecordLine { id: string; kind: string; party: string; at: string | null; state: string; version: number; counted: boolean; amount: number | null; line: Record<string, unknown> }
export interface Cell { codes: string[]; value: number | null }
export interface SheetTable { name: string; measure: string; by: string[]; refused: string | null; cells: Cell[]; rest: number | null; threshold: number; rule: string }
export interface SheetContent {
  as_of: string; kind: string; revision: number; figures: { measure: string; value: number | null; status?: string; was?: number | null }[]; tables: SheetTable[];
  feet: { total: string; by: string; expected: number; found: number; agrees: boolean; reason: string | null }[];
  missing: { party: string; days: string[] }[]; returns: { party: string; measure: string; declared: number; counted: number; reason: string }[];
}
export interface Sheet {
  id: string; operation: string; owner: string; kind: string; state: string; revision: number; reason: string; digest: string; drafted_by: string; drafted_at: string;
  decided_by: string | null; own: boolean; content?: SheetContent; exceptions?: { table: string; code: string; reason: string }[];
}
export interface Reported { value: number; qualifier: string; kind: string }
export interface Edition { key: string; name: string; edition: string; family: string; start: string; end: string; hub: string; sources: string[]; values: Record<string, Reported> }
export interface Comparison {
  first: Edition; second: Edition; rows: { metric: string; first: Reported | null; second: Reported | null; change: number | null; reason: string | null }[];
  ranking: { code: string; place: number | null; before: number | null; value: number | null }[];
}
export interface Claim { metric: string; scope: string; verdict: string; against: string | null; reason: string }

const dashed = (code: string): string => code.replaceAll('_', '-').toLowerCase();
const COUNTRIES = new Set(['party', 'nationality', 'country_of_exploitation', 'destination', 'addressed_to']);

export const measureWord = (name: string): string => words.orElse(`measure-${dashed(name)}`, name);
export const definitionOf = (name: string): string => words.orElse(`measure-${dashed(name)}-definition`, '');
export const statusWord = (status: string): string => words.orElse(`report-status-${status}`, status);
export const byWord = (dimension: string): string => words.orElse(`report-by-${dashed(dimension)}`, t('report-by-other', { dimension: dimension.replaceAll('_', ' ') }));
export const refusedWord = (reason: string): string => words.orElse(`report-refused-${dashed(reason)}`, reason);
export const metricWord = (metric: string): string => words.orElse(`report-metric-${dashed(metric)}`, metric);
export const reasonWord = (reason: string): string => words.orElse(`report-edition-${dashed(reason)}`, reason);

/** A code of a dimension in words; countries by their names. */
export function codeWord(dimension: string, code: string): string {
  if (code === 'unknown') return t('report-unknown');
  return COUNTRIES.has(dimension) ? countryName(code, code) : choiceWord(dimension, code);
}

/** A published value with the word that says how exactly it is meant. */
export const reportedWord = (one: Reported | null): string => (one ? words.orElse(`report-said-${dashed(one.qualifier)}`, '{n}').replace('{n}', words.number(one.value)) : '–');

/** Per cent of a share, or a dash where everything is always known. */
export const shareWord = (share: number | null): string => (share === null ? '–' : new Intl.NumberFormat(words.locale, { style: 'percent', maximumFractionDigits: 1 }).format(share));
