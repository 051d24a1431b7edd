/** Which fields each part of a plan has in its form, and how an entry goes back to the hub. */
import { post, put } from '../../shared/client';
import { t, words } from '../../shared/words.svelte';
import { dashed, type Plan } from './plan';

export type Section = 'operation' | 'phases' | 'sites' | 'partners' | 'posts' | 'parties' | 'agencies';
export type Entry = Record<string, unknown>;
type Type = 'text' | 'moment' | 'time' | 'number' | 'choice' | 'yes' | 'codes' | 'lines';
export interface EntryField { name: string; label: string; type: Type; required?: boolean; hint?: string; choices?: { value: string; word: string }[]; least?: number; most?: number; step?: string }

const PHASES = ['pre', 'action', 'post', 'reporting'];
const SITES = ['hub', 'support'];
const ROLES = ['follow_up', 'support', 'protection', 'information', 'training', 'funding', 'other'];
const POSTS = ['border', 'port', 'airport', 'river', 'road', 'camp'];
const AGENCIES = ['police', 'gendarmerie', 'border_guard', 'migration', 'customs', 'coast_guard', 'military', 'judiciary', 'other'];

const text = (name: string, label: string, more: Partial<EntryField> = {}): EntryField => ({ name, label, type: 'text', ...more });
const moment = (name: string, label: string): EntryField => ({ name, label: `${label} (UTC)`, type: 'moment', required: true });
const number = (name: string, label: string, least: number, most: number, more: Partial<EntryField> = {}): EntryField => ({ name, label, type: 'number', least, most, ...more });
const choice = (name: string, label: string, codes: string[], word: (code: string) => string): EntryField => ({ name, label, type: 'choice', required: true, choices: codes.map((value) => ({ value, word: word(value) })) });
const zone = (required: boolean): EntryField => text('time_zone', t('op-time-zone'), { required, hint: t('op-zone-hint') });
const place = (required: boolean): EntryField[] => [number('latitude', t('op-latitude'), -90, 90, { step: 'any', required }), number('longitude', t('op-longitude'), -180, 180, { step: 'any', required })];

/** The fields of a section's form, in their order. */
export const FIELDS: Record<Section, () => EntryField[]> = {
  operation: () => [
    text('name', t('officer-name'), { required: true }), text('family', t('op-family-name')), text('edition', t('op-edition')), moment('starts_at', t('op-starts')), moment('ends_at', t('op-ends')),
    { name: 'participants', label: t('op-parties'), type: 'codes', required: true, hint: t('op-codes-hint') }, number('stated_count', t('op-stated-count'), 0, 256),
    text('project', t('op-project')), text('funder', t('op-funder')), zone(false), { name: 'report_due', label: t('op-report-due'), type: 'time' },
  ],
  phases: () => [choice('kind', t('col-kind'), PHASES, (code) => t(`choice-plan-phase-${code}`)), moment('starts_at', t('op-starts')), moment('ends_at', t('op-ends')), text('remarks', t('op-remarks'))],
  sites: () => [choice('kind', t('col-kind'), SITES, (code) => t(`choice-plan-site-${code}`)), text('name', t('officer-name'), { required: true }), text('place', t('op-place'), { required: true }), zone(true), text('host', t('op-host-code')), ...place(false), text('contact', t('contact'))],
  partners: () => [text('name', t('officer-name'), { required: true }), choice('role', t('op-role'), ROLES, (code) => t(`choice-plan-partner-${dashed(code)}`)), text('duties', t('op-duties')), text('contact', t('contact')), text('party', t('op-partner-code'))],
  posts: () => [
    text('name', t('officer-name'), { required: true }), choice('kind', t('col-kind'), POSTS, (code) => words.code('post', code)), text('party', t('op-party-code'), { required: true }), ...place(true),
    zone(false), number('priority', t('op-priority'), 1, 5, { required: true }), number('officers_wanted', t('op-wanted'), 0, 99, { required: true }), { name: 'hotspot', label: t('op-hotspot'), type: 'yes' }, { name: 'closed', label: t('op-closed'), type: 'yes' },
  ],
  parties: () => [zone(true), { name: 'territories', label: t('op-territories'), type: 'lines', hint: t('op-lines-hint') }, text('contact', t('contact'))],
  agencies: () => [text('name', t('officer-name'), { required: true }), choice('kind', t('col-kind'), AGENCIES, (code) => t(`choice-plan-agency-${dashed(code)}`)), text('focal_point', t('op-focal')), { name: 'reports', label: t('op-reports-itself'), type: 'yes' }],
};
export const NEW: Partial<Record<Section, Entry>> = { posts: { priority: 3, officers_wanted: 0 } };
/** Sections whose entries a plan may lose; a post is closed instead, a party leaves by the list of parties. */
export const LOSES: readonly Section[] = ['phases', 'sites', 'partners', 'agencies'];

/** A value as a control holds it. */
export function shown({ type }: EntryField, value: unknown): string | boolean {
  if (type === 'yes') return value === true;
  if (value === null || value === undefined) return '';
  if (type === 'moment') return new Date(String(value)).toISOString().slice(0, 16);
  if (type === 'time') return String(value).slice(0, 5);
  if (Array.isArray(value)) return value.join(type === 'codes' ? ' ' : '\n');
  return String(value);
}

/** A control's content as the hub takes it; what is left empty is null where the hub knows "not said", else no text. */
export function taken({ name, type, required }: EntryField, held: string | boolean | number | null): unknown {
  if (typeof held === 'boolean') return held;
  const said = String(held ?? '').trim();
  if (type === 'codes') return said.toUpperCase().split(/[\s,;]+/).filter(Boolean);
  if (type === 'lines') return said.split('\n').map((line) => line.trim()).filter(Boolean);
  if (type === 'number') return said === '' ? null : Number(said);
  if (type === 'moment') return `${said}:00Z`;
  if (type === 'time') return said || null;
  if (['host', 'party'].includes(name)) return said.toUpperCase() || null;
  return said || (required ? said : '');
}

/** The list with one entry in place of another, at its end where there was none, without it where it is removed. */
export const replaced = (all: readonly Entry[], was: Entry | null, becomes: Entry | null): Entry[] => {
  if (!was) return becomes ? [...all, becomes] : [...all];
  return all.flatMap((one) => (one.id !== was.id ? [one] : becomes ? [becomes] : []));
};

/** Send one entry of a plan as it is to stand; `becomes` null takes it out. `party` says whose service it is. */
export async function keep(plan: Plan, section: Section, was: Entry | null, becomes: Entry | null, party?: string): Promise<void> {
  const at = `/api/operations/${plan.id}`;
  if (section === 'operation') await put(at, becomes);
  else if (section === 'posts') await (was ? put(`${at}/posts/${String(was.id)}`, becomes) : post(`${at}/posts`, becomes));
  else if (section === 'parties' || section === 'agencies') {
    const { party: code, ...part } = plan.parties.find((one) => one.party === (party ?? was?.party))!;
    await put(`${at}/parties/${code}`, section === 'parties' ? { ...part, ...becomes } : { ...part, agencies: replaced(part.agencies as unknown as Entry[], was, becomes) });
  } else await put(`${at}/${section}`, { [section]: replaced(plan[section] as unknown as Entry[], was, becomes) });
}
