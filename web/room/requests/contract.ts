/** What the hub answers about one person's request. */
import type { SubjectRequest } from '../../shared/contract';
import type { RecordKind } from '../keeping/contract';
export interface OneRequest extends SubjectRequest { admitted_at: string | null; ended_at: string | null; outcome: string | null; ground: string | null }
export interface Asker { names: string[]; births: string[]; nationalities: string[]; documents: string[] }
export interface PartyAnswer { party: string; decision: string | null; words: string | null; late: boolean }
export interface Concerned { kind: RecordKind; record: string; deed: string }
export interface Ruling { decision: string; reason: string; words: string | null; records: Concerned[] }
export interface RequestFile { request: OneRequest; person: Asker | null; answers: PartyAnswer[]; own: Ruling | null }
export interface Found { record: string; score: number; sealed: boolean }
/** Months from admission to answer. */
export const MONTHS = { access: 4, correction: 9, deletion: 9 } as const;
/** What may become of a record under each decision. */
export const DEEDS: Record<string, readonly string[]> = { told: ['told', 'withheld'], done: ['corrected', 'deleted', 'kept'], nothing_to_tell: ['withheld', 'kept'] };
