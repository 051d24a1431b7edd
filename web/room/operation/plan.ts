/** The plan of an operation as the hub tells it, its roster, its readiness and its daily reports. */
import { get, withQuery } from '../../shared/client';
import { room } from '../room.svelte';
import { signedIn } from '../../shared/session.svelte';

export interface Phase { id: string; kind: string; starts_at: string; ends_at: string; remarks: string }
export interface Site { id: string; kind: string; name: string; place: string; time_zone: string; host: string | null; latitude: number | null; longitude: number | null; contact: string }
export interface Partner { id: string; name: string; role: string; duties: string; contact: string; party: string | null }
export interface Agency { id: string; name: string; kind: string; focal_point: string; reports: boolean }
export interface Part { party: string; time_zone: string; territories: string[]; contact: string; agencies: Agency[] }
export interface PlannedPost { id: string; name: string; kind: string; party: string; latitude: number; longitude: number; hotspot: boolean; priority: number; time_zone: string; officers_wanted: number; closed: boolean }
export interface Plan {
  id: string; name: string; family: string; edition: string; project: string; funder: string; time_zone: string; starts_at: string; ends_at: string;
  coordinator: string; participants: string[]; stated_count: number | null; report_due: string | null;
  phases: Phase[]; sites: Site[]; partners: Partner[]; parties: Part[]; posts: PlannedPost[];
}
export interface Shift { id: string; officer: string; officer_name: string; place: string; starts_at: string; ends_at: string; starts_local: string; ends_local: string; hours: number; cancelled: boolean; remarks: string }
export interface Gap { place: string; starts_at: string; ends_at: string; standing: number; wanted: number }
export interface Roster {
  begins: string; ends: string; places: { id: string; name: string; party: string | null; time_zone: string; is_post: boolean; closed: boolean }[];
  shifts: Shift[]; spans: { place: string; party: string; starts_at: string; ends_at: string }[]; gaps: Gap[]; officers: { id: string; name: string }[];
}
export interface Readiness {
  as_of: string; enrolled: number;
  parties: { party: string; officers: number; with_own_factor: number; devices: number; keys: boolean; seen_at: string | null }[];
  lists: { owner: string; name: string; kind: string; as_of: string | null; records: number | null }[];
  posts: { post: string; name: string; party: string; hotspot: boolean; wanted: number; standing: number }[];
  missing: { party: string; agency_name: string | null; day: string; due_at: string }[];
}
export interface Report { id: string; operation: string; owner: string; agency: string | null; agency_name: string | null; day: string; due_at: string | null; sent_at: string; state: string; version: number; figures: Record<string, number>; remarks: string }
export interface StandingOfDay { party: string; agency: string | null; agency_name: string | null; day: string; due_at: string; standing: string; sent_at: string | null }
export interface Differences { party: string; reports: number; measures: { measure: string; declared: number | null; filed: number }[] }

/** What a party declares for a day, in the order of the form. */
export const MEASURES = [
  'checks_database', 'checks_persons', 'checks_documents', 'checks_vehicles', 'checks_firearms', 'hits', 'arrests', 'arrests_other_crimes', 'victims_potential',
  'victims_identified', 'victims_children', 'detections', 'seizures', 'freezes', 'groups_disrupted', 'investigations', 'incidents', 'notices_requested', 'interviews',
] as const;

/** The operation that the room has chosen, else the latest of the party. */
export const operationShown = (): string | null => room.operation ?? signedIn.session?.operations[0]?.id ?? null;

export const planOf = (id: string): Promise<Plan> => get<Plan>(`/api/operations/${id}`);
export const rosterOf = (id: string, from?: string, until?: string): Promise<Roster> => get<Roster>(withQuery(`/api/operations/${id}/roster`, { from, until }));
export const dashed = (code: string): string => code.replaceAll('_', '-');

/** "27 Nov 2023, 06:00" on the clocks of a time zone, with the zone's short name. */
export function timeIn(iso: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone, timeZoneName: 'short' }).format(new Date(iso));
}
