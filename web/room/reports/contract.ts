/** What the hub answers about reports: lines, opened reports, histories, sheets. */
import type { Link, OccurrenceKind, OccurrenceState, Values } from '../../shared/forms/model';

export interface Line {
  id: string; kind: OccurrenceKind; owner: string; operation: string; post: string | null; happened_at: string; state: OccurrenceState;
  version: number; line: Values; filed_at: string; changed_at: string; joint: string | null; readable: boolean;
}
export interface Custody { id: string; number: number; item: number; at: string; act: string; by_officer: string; seal: string | null; place: string; remarks: string; digest: string }
/** `sealed` names the fields that stay closed; `own`: the reader's party reported it. */
export interface Opened extends Line { body: Values | null; facilitator: Values | null; links: Link[]; sealed: string[]; custody: Custody[]; custody_whole: boolean; own: boolean }
export interface Revision { version: number; state: OccurrenceState; happened_at: string; line: Values; body: Values; reason: string | null; changed_at: string; changed_by: string | null; facilitator: Values | null }
export interface SheetRow { row: number; id: string | null; fate: string; field: string | null; reason: string | null; remedy: string | null }
export interface SheetReport { filed: number; repeated: number; refused: number; rows: SheetRow[] }
