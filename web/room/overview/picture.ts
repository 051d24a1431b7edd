/** The live picture as the hub sends it, how parts of it are put together, and what of it the address asks for. */
import type { HitState, Kind, Post } from '../../shared/contract';
import type { IconName } from '../../shared/icons';

export type Reported = 'detection' | 'victim' | 'arrest' | 'seizure' | 'freeze' | 'group' | 'investigation' | 'incident' | 'interview' | 'notice_request' | 'recovery';
export type Measure = 'checks' | 'hit' | Reported;
export interface KindFigure { kind: Reported; n: number; preliminary: number; confirmed: number; final: number; unknown: number; children: number; as_of: string | null }
export interface PartyLine { code: string; name: string; checks: number; hits: number; waiting: number; reported: KindFigure[]; as_of: string | null }
export interface PostLine extends Post { checks: number; hits: number; waiting: number; reported: Partial<Record<Reported, number>> }
export interface Route { came_from: string | null; went_to: string | null; detections: number; interviews: number }
export interface Step { at: string; counts: Partial<Record<Measure, number>> }
export interface Event { id: string; kind: Reported | 'hit'; party: string; post: string | null; post_name: string | null; happened_at: string; at: string; state: string; line: Record<string, unknown>; grade: string | null; holder: string | null }
export interface Parts {
  checks: { total: number; last_hour: number; per_minute: { at: string; n: number }[]; by_kind: Record<Kind, number> };
  hits: { by_state: Record<HitState, number>; waiting: number; overdue: number; due_soon: number; answer_minutes_p80: number | null };
  kinds: KindFigure[]; parties: PartyLine[]; posts: PostLine[]; routes: Route[];
  nationalities: { code: string | null; n: number }[]; timeline: Step[]; events: Event[];
}
export interface Head { as_of: string; begin: string; end: string; step_seconds: number }
export type Picture = Head & Parts;
export type Changed = Head & { [Name in keyof Parts]: Parts[Name] | null };

/** The picture with what changed: a part that was not sent again is as it was. */
export function merged(before: Picture | null, changed: Changed): Picture {
  const sent = Object.fromEntries(Object.entries(changed).filter(([, part]) => part !== null));
  return { ...before, ...sent } as Picture;
}

export const REPORTED: readonly Reported[] = ['detection', 'victim', 'arrest', 'seizure', 'freeze', 'group', 'investigation', 'incident', 'interview', 'notice_request', 'recovery'];
/** What the map, the timeline and the order of tables may go by; the colour is a token, each with a sign of its own. */
export const MEASURES: readonly { measure: Measure; colour: string; icon: IconName }[] = [
  { measure: 'checks', colour: 'turquoise', icon: 'check' },
  { measure: 'hit', colour: 'lead', icon: 'lead' },
  { measure: 'detection', colour: 'flow', icon: 'person' },
  { measure: 'victim', colour: 'protect', icon: 'protect' },
  { measure: 'arrest', colour: 'ink', icon: 'sealed' },
];
export const colourOf = (measure: Measure): string => MEASURES.find((one) => one.measure === measure)?.colour ?? 'quiet';

/** The address of a kind's records at the hub. */
export const pluralOf = (kind: Reported): string => ({ detection: 'detections', victim: 'victims', arrest: 'arrests', seizure: 'seizures', freeze: 'freezes', group: 'groups', investigation: 'investigations', incident: 'incidents', interview: 'interviews', notice_request: 'notice-requests', recovery: 'recoveries' })[kind];

/** How much of one measure a post or a party has. */
export function amount(line: PostLine | PartyLine, measure: Measure): number {
  if (measure === 'checks') return line.checks;
  if (measure === 'hit') return line.hits;
  return Array.isArray(line.reported) ? (line.reported.find(({ kind }) => kind === measure)?.n ?? 0) : (line.reported[measure] ?? 0);
}

export interface Wanted { operation: string | null; from: string | null; to: string | null; party: string | null; post: string | null; kind: string | null; begin: string | null; end: string | null }
const moment = (text: string | null): string | null => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null);

/** What the address asks for; a period that is none is left out. With `zoom` the timeline shows the period alone. */
export function wantedOf(query: URLSearchParams, operation: string | null): Wanted {
  let [from, to] = [moment(query.get('from')), moment(query.get('to'))];
  if (from && to && from >= to) [from, to] = [null, null];
  const zoom = query.has('zoom');
  return { operation, from, to, party: query.get('party'), post: query.get('post'), kind: query.get('kind'), begin: zoom ? from : null, end: zoom ? to : null };
}

export const VIEWS = ['map', 'parties', 'posts', 'routes', 'steps', 'events'] as const;
export type View = (typeof VIEWS)[number];
export const viewOf = (query: URLSearchParams): View => VIEWS.find((view) => view === query.get('view')) ?? 'map';
export const measureOf = (query: URLSearchParams): Measure => MEASURES.find(({ measure }) => measure === query.get('show'))?.measure ?? 'checks';

/** The chosen steps of a timeline, from the first to before the last; the whole of it where no period is chosen. */
export function chosenSteps(picture: Head & { timeline: Step[] }, from: string | null, to: string | null): [number, number] {
  const [begin, step, all] = [Date.parse(picture.begin), picture.step_seconds * 1000, picture.timeline.length];
  const place = (text: string | null, otherwise: number) => (text ? Math.min(all, Math.max(0, Math.round((Date.parse(text) - begin) / step))) : otherwise);
  return [place(from, 0), place(to, all)];
}
