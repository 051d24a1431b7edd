/** The pages of the room: address, word in the menu, the act that opens one (none: everybody's), and what shows it. */
import type { Component } from 'svelte';
import Checks from './Checks.svelte';
import Devices from './Devices.svelte';
import HitDesk from './HitDesk.svelte';
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
import Sets from './Sets.svelte';
import TwoPeople from './TwoPeople.svelte';
import Officers from './upkeep/Officers.svelte';

interface Page { path: string; word: string; act?: string; shows: Component }

export const PAGES: readonly Page[] = [
  { path: '', word: 'nav-room', shows: Overview },
  { path: 'hits', word: 'nav-hits', shows: HitDesk },
  { path: 'checks', word: 'nav-checks', shows: Checks },
  { path: 'reports', word: 'nav-reports', act: 'list_occurrences', shows: Reports },
  { path: 'victims', word: 'nav-victims', act: 'list_pathways', shows: Victims },
  { path: 'interviews', word: 'nav-interviews', act: 'search_interviews', shows: Interviews },
  { path: 'sets', word: 'nav-sets', shows: Sets },
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

/** What shows the page of an address; the overview where there is no such page. */
export const pageOf = (path: string): Component => (PAGES.find((page) => page.path === path) ?? PAGES[0]!).shows;
