/** What the hub answers at the ballistics desk, and the words for its codes. */
import { countryName } from '../../shared/countries';
import { choiceWord } from '../../shared/forms/words';
import { words } from '../../shared/words.svelte';
import type { Audience } from '../keeping/contract';
import type { Cell } from './viewer/cells';

export interface Exhibit {
  id: string; owner: string; own: boolean; version: number; state: string; kind: string; case_reference: string; operation: string | null; of_exhibit: string | null; replica: string | null;
  calibre_text: string | null; calibre_id: string | null; bore_family: string | null; firearm: string | null; firing_pin_shape: string | null; primer_metal: string | null; breech_face_class: string | null;
  lands: number | null; twist: string | null; manufacturer: string | null; headstamp: string | null; occurred_on: string | null; recovered_in: string | null; open: boolean; remarks: string;
  filed_by_name: string; filed_at: string; changed_at: string; retain_until: string | null; regions: string[];
}
export interface Quality { score: number; fit: boolean; reasons: string[]; area_mm2: number; roughness_um: number; dropout_share: number }
export interface Scan {
  id: string; exhibit: string; owner: string; region: string; land: number | null; grade: string; simulated: boolean; instrument: string; creator: string; measured_on: string | null;
  step_um: number; rows: number; columns: number; quality: Quality; warnings: string[]; mask_version: number; sha256: string; original_sha256: string; size: number; added_by_name: string; added_at: string; in_collection: boolean;
}
export interface Entry { id: string; number: number; party: string; at: string; act: string; by_officer: string; place: string; seal: string | null; remarks: string; digest: string }
export interface Criterion { criterion: string; met: boolean | null; why: string; number?: number | null }
export interface Circumstances { border_km?: number; border_staff?: boolean; trafficker?: boolean; terrorism?: boolean; guns_together?: number; resident_abroad?: boolean }
export interface ExhibitFile {
  exhibit: Exhibit; circumstances: Circumstances; scans: Scan[]; custody: Entry[]; custody_whole: boolean; casts: string[];
  linked: { link: string; state: string; other_party: string; other_exhibit: string | null; case_reference: string | null }[];
  suggestion: { share: boolean; reasons: Criterion[] } | null; terms: { readers: Audience; meeting: Audience; level: string } | null;
}
export interface Run {
  id: string; exhibit: string; scan: string; region: string; trigger: string; asked_by_name: string | null; asked_at: string; state: string; finished_at: string | null; searched: number | null; fully_scored: number | null;
  settings_version: string | null; filters: Record<string, unknown>; k: number; message: string | null; found: number; undecided: number;
}
export interface Half { exhibit: string; scan: string; case_reference: string | null; kind: string; calibre_id: string | null; occurred_on: string | null }
export interface Candidate {
  id: string; run: string | null; rank: number | null; region: string; own: Half; level: string; other_party: string; other_contact: string | null; other: Half | null; score: number | null; congruent_cells: number | null; cells_compared: number | null;
  verdict: string | null; decided_by_name: string | null; decided_at: string | null; reason: string | null; made_at: string; link: string | null;
}
export interface Side { scan: string; exhibit: string; owner: string; own: boolean; region: string; step_um: number; rows: number; columns: number; case_reference: string | null; kind: string; quality: Quality }
export interface Comparison {
  score: number; congruent_cells: number; cells_compared: number; rotation_deg: number; dx_um: number; dy_um: number; correlation: number; forward: [number, number]; backward: [number, number]; cells: Cell[]; reasons: { code: string; number: number }[];
}
export interface PairFile {
  one: Side; other: Side; comparison: Comparison; strength: { likelihood_ratio: number | null; bounds: [number, number] | null; population: string | null; refused: string | null }; candidate: Candidate | null; settings_version: string;
}
export interface Annotation { id: string; one: string; other: string | null; on: 'one' | 'other'; x_um: number; y_um: number; text: string; by_name: string; at: string }
export interface LinkHalf { party: string; exhibit: string; scan: string; case_reference: string | null; readable: boolean }
export interface Link {
  id: string; state: string; round: number; ours: LinkHalf; theirs: LinkHalf; asked_by_name: string; asked_by_party: string; asked_at: string; reason: string;
  findings: { round: number; number: number; party: string; by_name: string; finding: string | null; remarks: string | null; at: string; mine: boolean }[]; may_find: boolean; decided_at: string | null; cases: string[];
  steps: { step: string; party: string; by_name: string; at: string; remarks: string }[];
}
/** The codes a form offers, by list. */
export type Lists = Record<string, string[]>;

/** The word of a code of the desk: kind, region, verdict, finding, state of a link ... */
export const said = (list: string, code: string | null | undefined): string => (code ? choiceWord(`ballistics_${list}`, code) : '–');
/** A party or country by name. */
export const place = (code: string | null | undefined): string => (code ? countryName(code, code) : '–');
/** A share as a figure with two places. */
export const figure = (n: number | null | undefined, places = 2): string => (n === null || n === undefined ? '–' : new Intl.NumberFormat(words.locale, { maximumFractionDigits: places, minimumFractionDigits: places }).format(n));
/** What an exhibit is, in one line. */
export const exhibitLine = (one: { kind: string; calibre_text?: string | null; calibre_id: string | null }): string => [said('kind', one.kind), one.calibre_text ?? one.calibre_id].filter(Boolean).join(' · ');
/** The address of the viewer for two scans. */
export const pairPath = (one: string, other: string): string[] => ['ballistics', 'pair', one, other];

/** The tone of a verdict or of the state of a link: amber for a lead, red only for what is confirmed. */
export const toneOf = (code: string | null): 'lead' | 'confirmed' | 'good' | 'plain' => (code === 'confirmed' || code === 'identification' ? 'confirmed' : code === null || code === 'potential' || ['physical_asked', 'exhibits_exchanged', 'microscope_first'].includes(code) ? 'lead' : 'plain');

/** The content of a file in base64, in slices that no browser's stack minds. */
export function base64(content: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < content.length; i += 0x8000) binary += String.fromCharCode(...content.subarray(i, i + 0x8000));
  return btoa(binary);
}
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
