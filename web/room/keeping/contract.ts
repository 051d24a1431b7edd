/** What the hub answers about keeping records: what comes due, proofs of erasing, recalls, one record opened. */
export type RecordKind = 'person' | 'document' | 'vehicle' | 'firearm';
export const KINDS: readonly RecordKind[] = ['person', 'document', 'vehicle', 'firearm'];
export interface Due { id: string; kind: RecordKind; set_id: string; set_name: string; version: number; retain_until: string }
export interface Erasure { record: string; kind: RecordKind; version: number; digest: string; why: string; reason: string | null; erased_at: string; erased_by: string | null }
export interface Recall { id: string; record: string; kind: RecordKind; owner: string; party: string; raised_at: string; acknowledged_at: string | null }
export interface Audience { kind: string; parties: string[]; operation: string | null; barred: string[] }
export interface Terms {
  readers: Audience; meeting: Audience; level: string; handling: string; source_grade: string; information_grade: string; confidence: string; purpose: string;
  break_glass: boolean;
}
export interface HeldRecord {
  id: string; kind: RecordKind; owner: string; version: number; changed_at: string; ended_at: string | null; retain_until: string;
  grades: Record<string, string>; purpose: string; terms: Terms | null; masked: boolean; merged_into: string | null; content: Record<string, unknown>;
}
export interface Revision { version: number; changed_at: string; act: string; content: Record<string, unknown> }
export interface KnownSet { id: string; name: string; kind: RecordKind; owner: string; records: number | null }
/** Why a record is opened; the hub asks for both where it is a person. */
export interface Why { purpose: string; reason: string }
/** The shortest reason that the hub takes for keeping a record longer, or for erasing it. */
export const SHORTEST = 10;
