/** A record's line as a few words: codes and numbers only, people by what is counted of them. */
import { countryName } from '../../shared/countries';
import { choiceWord } from '../../shared/forms/words';
import { idOf, FAMILIES, type Family } from '../../shared/families';
import { words } from '../../shared/words.svelte';
import type { Event } from './picture';

const SHOWN: Partial<Record<Event['kind'], string[]>> = {
  detection: ['nationality', 'age_group', 'accompaniment', 'mode'],
  victim: ['status', 'age_group', 'exploitation'],
  arrest: ['offence_group', 'role', 'nationality'],
  seizure: ['category'],
  freeze: ['amount', 'currency'],
  investigation: ['offence_group'],
  incident: ['category', 'persons'],
  interview: ['nationality', 'credibility'],
  notice_request: ['colour'],
  recovery: ['type', 'marked_status', 'acquired_by'],
};

/** A code in the reader's language where the catalogue has it, else as readable text. */
function wordOf(field: string, code: unknown): string {
  if (code === null || code === undefined || code === '' || code === 'unknown') return '';
  if (Array.isArray(code)) return code.map((one) => wordOf(field, one)).filter(Boolean).join(', ');
  if (typeof code === 'object') return '';
  if (field === 'nationality' || field === 'destination') return countryName(String(code));
  return choiceWord(field, String(code));
}

/** What the record's line tells in short. */
export function lineOf({ kind, line, holder }: Pick<Event, 'kind' | 'line' | 'holder'>): string {
  if (kind === 'hit') {
    const what = String(line.kind ?? '');
    const known = (FAMILIES.kind as readonly string[]).includes(what) ? words.orElse(idOf('kind' as Family, what), what) : what;
    return [known, holder ? `→ ${countryName(holder)}` : ''].filter(Boolean).join(' ');
  }
  const items = Array.isArray(line.items) ? (line.items as Record<string, unknown>[]).map((item) => wordOf('category', item.category)) : [];
  return [...(SHOWN[kind] ?? []).map((field) => wordOf(field, line[field])), ...new Set(items)].filter(Boolean).join(', ');
}
