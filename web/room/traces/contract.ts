/** What the hub answers at the tracing desk, and the words for its codes. */
import { countryName } from '../../shared/countries';
import { words } from '../../shared/words.svelte';

export interface Limits { codes: string[]; words: string | null; by: string | null }
export interface Described {
  marks?: { place: string; kind: string; raw: string }[]; make?: string; model?: string; calibre?: string; type?: string; country_of_manufacture?: string;
  year?: number; importer?: string; import_country?: string; import_year?: number; marked_status?: string; possessor?: string;
  recovery?: { country: string; day?: string; place?: string; acquired_by?: string; circumstances?: string };
}
/** How a request about a recovered firearm begins, as the hub fills it in. */
export interface Beginning { recovered: string; description: Described; grounds: string[]; lacking: string[] }
export interface Trace {
  id: string; asker: string; asked: string; mine: 'asker' | 'asked'; state: string; next: string[]; priority: string; urgent_reason: string | null;
  grounds: string[]; intended_use: string | null; wanted: string | null; limits: Limits; description: Described; lacking: string[]; made_at: string;
  state_since: string; submitted_at: string | null; answered_at: string | null; due_at: string | null; answer_due_at: string | null; late: boolean;
  waits_for: 'asker' | 'asked' | null; result: string | null; comments: number;
  own: { parent: string | null; operation: string | null; recovered: string | null; possessor: string | null; possessor_protected: boolean; note: string | null } | null;
}
/** How soon a party answers, by its own calendar. */
export interface Clock { acknowledge_working_days: number; urgent_hours: number; routine_days: number; more_info_working_days: number; expire_days: number; time_zone: string; week: number[]; holidays: string[] }
export interface Step {
  id: string; request: string; party: string; own: boolean; role: string; country: string | null; since: string | null; until: string | null;
  evidence: string; lawful: boolean | null; retail: boolean; holder: string | null; licence: string | null; document: string | null;
  result: string | null; next_country: string | null; released: boolean; names_released: boolean; limits: Limits;
}
export interface Answer {
  number: number; at: string; kind: string; partial: boolean; why: string | null; words: string | null; ask_next: string | null; limits: Limits; use_until: string | null;
}
export interface Opened {
  trace: Trace; limits: Limits; use_ended: boolean; answers: Answer[]; steps: Step[];
  comments: { number: number; party: string; own: boolean; words: string; at: string }[];
  turns: { number: number; before: string | null; after: string; party: string; reason: string | null; at: string }[];
}
export interface Suggestion { country: string; reason: string; evidence: string; party: boolean; asked: boolean }
export interface Chain {
  steps: Step[]; diversion: string | null; gaps: { since: string | null; until: string | null }[]; conflicts: string[];
  recovery: Described['recovery'] | null; time_to_crime: { least: number; most: number; band: string } | null; hops: Trace[]; limits: Limits;
}
export interface Grid { table: string; band: string | null; rows: string[]; columns: string[]; cells: number[][] }
export interface Tables { arms_flows: Grid; sdg: Grid; sources: Grid[]; indicator: number | null; indicator_traceable: number | null; mode_unknown: number }
export interface Behind {
  total: number;
  records: { recovered: string | null; trace: string | null; incoming: boolean; type: string; acquired_by: string | null; day: string | null; recovery_country: string; source: string | null; result: string | null; band: string | null }[];
}

export const ROLES = ['maker', 'exporter', 'importer', 'wholesaler', 'dealer', 'buyer', 'owner', 'state', 'unknown'] as const;
export const EVIDENCE = ['documented', 'recorded', 'declared', 'inferred', 'none'] as const;
export const GROUNDS = ['illicit_where_found', 'embargo_breach', 'not_marked', 'made_without_licence', 'transferred_without_licence'] as const;
export const LIMITS = ['not_passed_on', 'this_case_only', 'intelligence_only', 'ask_first'] as const;
export const MODES = ['seized', 'found', 'surrendered'] as const;
export const MARKED = ['full', 'partial', 'obliterated', 'unmarked', 'privately_made'] as const;
export const TYPES = ['pistol', 'revolver', 'rifle', 'shotgun', 'submachine_gun', 'machine_gun'] as const;
/** The classes of answers by which a firearm counts as traced. */
export const TRACED = ['traced_to_last_lawful_owner', 'traced_to_licensee', 'last_lawful_state_only'];
/** Each class of answer with the reasons that go with it; what was traced needs none. */
export const CLASSES: Record<string, readonly string[]> = {
  traced_to_last_lawful_owner: [], traced_to_licensee: [], last_lawful_state_only: [],
  no_record: ['not_in_records', 'record_destroyed', 'before_records', 'maker_or_importer_record_missing', 'dealer_record_missing', 'dealer_out_of_business', 'foreign_origin'],
  unidentifiable: ['insufficient_description', 'serial_obliterated', 'serial_impossible_for_make', 'unmarked_or_privately_made'],
  refused: ['security', 'confidentiality', 'pending_proceedings', 'no_criminal_matter'],
};

/** The word of one of the desk's codes or of a type of firearm; an unknown one as readable text. */
const LISTS = ['trace', 'firearm-type', 'marked-status', 'acquired-by', 'illicit-ground'];
/** The word of one of the desk's codes; an unknown one as readable text. */
export const said = (code: string | null | undefined): string => (code ? LISTS.map((list) => words.orElse(`choice-${list}-${code.replaceAll(/[_.]/g, '-')}`, '')).find(Boolean) ?? code.replaceAll('_', ' ') : '');
/** A party or country by name. */
export const place = (code: string | null | undefined): string => (code ? countryName(code, code) : '–');
/** A heading or row of a table: a code of ours, a type of firearm, or a country. */
export const heading = (code: string): string => (/^[A-Z]{3}$/.test(code) ? place(code) : code.startsWith('type.') ? said(code.slice(5)) : code.startsWith('result.') ? said(code.slice(7)) : said(code));
/** A firearm in one line. */
export const firearmLine = (one: Described): string => [one.make, one.model, one.calibre, one.marks?.map(({ raw }) => raw).join(', ')].filter(Boolean).join(' · ') || said(one.type ?? 'unknown');
