/** Recovered firearms as the hub tells of them: marks, steps, meetings, and the reference of calibres. */

export interface Recovered { id: string; owner: string; operation: string; happened_at: string; state: string; version: number; facts: Record<string, unknown> }
/** One position of a mark as an examiner read it: the characters it may be, none where it is ground off. */
export interface Position { position: number; candidates: string; run?: boolean; confidence?: number; method?: string; examiner?: string }
export interface MarkSeen { id: string; kind: string; place: string | null; raw: string; script: string; readings: Position[] }
export type StepState = 'open' | 'under_way' | 'done' | 'not_possible';
export const STEP_STATES: readonly StepState[] = ['open', 'under_way', 'done', 'not_possible'];
export interface StepSaid { step: string; state: StepState; note: string; by_officer: string; at: string | null; number: number }
export interface Reason { code: string; words: string; weight: number }
export interface Meeting {
  id: string; side: 'recovered' | 'listed'; own: string; other_party: string; other_contact: string; level: 'pointer' | 'full'; score: number;
  content: { reasons?: Reason[]; reading?: string; normal?: string; recovered?: Record<string, unknown>; listed?: Record<string, unknown> };
  state: 'possible' | 'confirmed' | 'refuted'; made_at: string; decided_at: string | null; reason: string | null;
}
export interface Opened extends Recovered { marks: MarkSeen[]; steps: StepSaid[]; meetings: Meeting[]; pictures: string[]; own: boolean }
/** Pictures that show nearly the same, with the records they belong to. */
export interface Alikes { pictures: { picture: { id: string; concerns_kind: string | null; concerns: string | null }; distance: number }[] }
export interface Found { holder_kind: 'listed' | 'recovered'; level: string; score: number; holder: string | null; owner: string; mark: string | null; facts: Record<string, unknown>; reasons: Reason[] }
export interface Calibre { id: string; family: string; metric: string; aliases: string[]; relations: Record<string, string> }
export interface CalibreRead { marked: string; calibre_id: string | null; family: string | null; confidence: number; candidates: string[]; cartridge: string | null; look_alikes: string[] }

/** A fact as text; empty where it says nothing. */
export const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** Make, model and calibre in one line. */
export const named = (facts: Record<string, unknown>): string =>
  [facts.make_text ?? facts.make, facts.model_text ?? facts.model, facts.calibre_text ?? facts.calibre].map(said).filter(Boolean).join(' · ');
