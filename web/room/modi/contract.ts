/** Modi operandi as the hub tells them, and the words of their codes. */
import { choiceWord } from '../../shared/forms/words';
import { words } from '../../shared/words.svelte';

export interface ModusText { title: string; summary: string; indicators: string; countermeasures: string; danger: string }
export interface Modus {
  id: string; owner: string; own: boolean; state: string; version: number; stage: string; crime_area: string; danger: string; texts: Record<string, ModusText>;
  commodity: string | null; concealment: string | null; transport: string | null; installation: string | null; routing: string | null; detected_by: string | null;
  countries: string[]; tools: string[]; documents: string[]; first_seen: string | null; last_seen: string | null; operation: string | null; pictures: string[];
  card: boolean; decided_new: boolean; superseded_by: string | null; written_by_name: string; written_at: string; changed_at: string;
  decided_by_name: string | null; decided_at: string | null; reason: string | null; grading: Record<string, string>;
}
export interface Reason { feature: string; weight: number; share: number }
export interface Near { modus: Modus; score: number; must: boolean; reasons: Reason[] }
export interface Case { occurrence: string; kind: string; owner: string; confidence: string; remarks: string; set_by_name: string; set_at: string }
export interface Compared { other: string; score: number; reasons: Reason[]; verdict: string; by_name: string; at: string }
export interface ModusFile { modus: Modus; cases: Case[]; compared: Compared[]; notices: string[] }
export interface Facet { field: string; code: string; n: number }
export interface Library { modi: Modus[]; facets: Facet[] }

/** The list in the catalogues that has the words of a field's codes. */
const LISTS: Readonly<Record<string, string>> = {
  stage: 'modus_stage', crime_area: 'modus_area', danger: 'modus_danger', detected_by: 'modus_detection', documents: 'modus_paper', state: 'modus_state',
  concealment: 'hiding_place', transport: 'transport', installation: 'installation', routing: 'routing', commodity: 'category',
};
export const said = (field: string, code: string | null): string => (code ? choiceWord(LISTS[field] ?? field, code) : '');

/** The fields by which the library is narrowed down, with the ids of their labels. */
export const FACETS = [
  ['state', 'modi-state'], ['stage', 'modi-stage'], ['crime_area', 'modi-area'], ['danger', 'modi-danger'], ['concealment', 'modi-concealment'],
  ['transport', 'modi-transport'], ['installation', 'modi-installation'], ['routing', 'modi-routing'],
] as const;
export const CODES = [
  ['stage', 'modi-stage'], ['crime_area', 'modi-area'], ['danger', 'modi-danger'], ['commodity', 'modi-commodity'], ['concealment', 'modi-concealment'],
  ['transport', 'modi-transport'], ['installation', 'modi-installation'], ['routing', 'modi-routing'], ['detected_by', 'modi-detected'],
] as const;

/** What is told in the reader's language, else in the first there is; with the language it is in. */
export function textOf(texts: Record<string, ModusText>): [string, ModusText] {
  const language = [words.language, 'en', 'es', 'fr', 'pt', 'ar'].find((one) => texts[one]) ?? Object.keys(texts)[0]!;
  return [language, texts[language]!];
}
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
export const pictureAddress = (id: string): string => `/api/pictures/${id}`;
export const percent = (share: number): string => new Intl.NumberFormat(words.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
