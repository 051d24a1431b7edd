/** The pages of the room: address, word in the menu, the act that opens one, and what shows it. */
import type { Component } from 'svelte';
import { signedIn } from '../shared/session.svelte';
import Account from './Account.svelte';
import Ballistics from './ballistics/Ballistics.svelte';
import Checks from './Checks.svelte';
import Dealers from './dealers/Dealers.svelte';
import Devices from './Devices.svelte';
import Firearms from './firearms/Firearms.svelte';
import HitDesk from './HitDesk.svelte';
import Records from './keeping/Records.svelte';
import Modi from './modi/Modi.svelte';
import Operation from './operation/Operation.svelte';
import Readiness from './operation/Readiness.svelte';
import Situation from './operation/Situation.svelte';
import Overview from './Overview.svelte';
import Interviews from './people/Interviews.svelte';
import Victims from './people/Victims.svelte';
import Reports from './reports/Reports.svelte';
import Requests from './Requests.svelte';
import Editions from './results/Editions.svelte';
import Results from './results/Results.svelte';
import Seizures from './seizures/Seizures.svelte';
import Sets from './Sets.svelte';
import Traces from './traces/Traces.svelte';
import TwoPeople from './TwoPeople.svelte';
import Officers from './upkeep/Officers.svelte';

interface Page { path: string; word: string; act: string; shows: Component }

export const PAGES: readonly Page[] = [
  { path: '', word: 'nav-room', act: 'read_room', shows: Overview },
  { path: 'hits', word: 'nav-hits', act: 'list_hits', shows: HitDesk },
  { path: 'checks', word: 'nav-checks', act: 'list_checks', shows: Checks },
  { path: 'reports', word: 'nav-reports', act: 'list_occurrences', shows: Reports },
  { path: 'seizures', word: 'nav-seizures', act: 'read_seizure_totals', shows: Seizures },
  { path: 'victims', word: 'nav-victims', act: 'list_pathways', shows: Victims },
  { path: 'interviews', word: 'nav-interviews', act: 'search_interviews', shows: Interviews },
  { path: 'firearms', word: 'nav-firearms', act: 'read_firearm', shows: Firearms },
  { path: 'ballistics', word: 'nav-ballistics', act: 'read_exhibit', shows: Ballistics },
  { path: 'dealers', word: 'nav-dealers', act: 'read_licensee', shows: Dealers },
  { path: 'traces', word: 'nav-traces', act: 'list_traces', shows: Traces },
  { path: 'modi', word: 'nav-modi', act: 'read_modus', shows: Modi },
  { path: 'sets', word: 'nav-sets', act: 'list_sets', shows: Sets },
  { path: 'records', word: 'nav-records', act: 'read_record', shows: Records },
  { path: 'operation', word: 'nav-operation', act: 'read_plan', shows: Operation },
  { path: 'readiness', word: 'nav-readiness', act: 'read_readiness', shows: Readiness },
  { path: 'situation', word: 'nav-situation', act: 'see_reporting', shows: Situation },
  { path: 'results', word: 'nav-results', act: 'read_results', shows: Results },
  { path: 'editions', word: 'nav-editions', act: 'read_results', shows: Editions },
  { path: 'requests', word: 'nav-requests', act: 'list_subject_requests', shows: Requests },
  { path: 'approvals', word: 'nav-approvals', act: 'list_glasses', shows: TwoPeople },
  { path: 'officers', word: 'nav-officers', act: 'add_officer', shows: Officers },
  { path: 'devices', word: 'nav-devices', act: 'list_devices', shows: Devices },
];

/** The pages that the officer may open, in the order of the menu. */
export const openPages = (): Page[] => PAGES.filter(({ act }) => signedIn.may(act));

/** The path to turn to where the officer may not open the one asked for, or there is none: his first page, else his account. */
export const pathFor = (path: string): string => (path === 'account' || openPages().some((page) => page.path === path) ? path : (openPages()[0]?.path ?? 'account'));

/** What shows the page of a path that the officer may open. */
export const pageOf = (path: string): Component => PAGES.find((page) => page.path === path)?.shows ?? Account;
