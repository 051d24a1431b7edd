/** What the hub answers at the victims' and the interviews' desk. */
import type { Values } from '../../shared/forms/model';

export interface Pathway {
  id: string; operation: string; child: boolean; step: string; since: string; due_at: string | null; late: boolean;
  opened_at: string; closed_at: string | null; next: string[]; line: Values;
}
export interface Taken { number: number; step: string; at: string; service: string | null; due_at: string | null; late: boolean }
export interface PathwayFile { pathway: Pathway; steps: Taken[] }
export interface FoundInterview {
  id: string; party: string; operation: string; happened_at: string; state: string; version: number; reference: string; snippet: string; line: Values;
}
export interface Findings { interviews: FoundInterview[]; every: boolean }
export interface Summary { count: number; median: number | null; quartiles: [number, number] | null; interval: [number, number] | null }
export interface RoutePrices { start: string; end: string; scope: 'leg' | 'whole'; usd: Summary; usd_2023: Summary }
export interface Prices { routes: RoutePrices[]; without_figure: Record<string, number>; first: string | null; last: string | null }
/** Who may take a formal decision (HTCDS 2.0). */
export const DECIDERS = ['Police', 'NGO', 'CourtOrProsecution', 'NonPoliceGovernmentalOrganization', 'Other'] as const;
