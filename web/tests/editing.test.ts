/** How an entry of a plan goes into its form and back: what is left empty, what is a list, which entry it replaces. */
import { expect, test, vi } from 'vitest';
import { type EntryField, replaced, shown, taken } from '../room/operation/editing';

vi.mock('../room/operation/plan', () => ({ dashed: (code: string) => code }));
const field = (name: string, type: EntryField['type'], required = false): EntryField => ({ name, label: name, type, required });

test('a moment is written in UTC and goes back as it was', () => {
  const at = field('starts_at', 'moment');
  expect(shown(at, '2026-11-20T01:30:00-05:00')).toBe('2026-11-20T06:30');
  expect(taken(at, '2026-11-20T06:30')).toBe('2026-11-20T06:30:00Z');
});

test('codes and lines are lists, an empty number is not said, an empty text is one', () => {
  expect(taken(field('participants', 'codes'), ' col, bra\nPAN ')).toEqual(['COL', 'BRA', 'PAN']);
  expect(shown(field('participants', 'codes'), ['COL', 'BRA'])).toBe('COL BRA');
  expect(taken(field('territories', 'lines'), 'Aruba\n\n Curaçao')).toEqual(['Aruba', 'Curaçao']);
  expect(taken(field('latitude', 'number'), '')).toBeNull();
  expect(taken(field('latitude', 'number'), 0)).toBe(0);
  expect(taken(field('contact', 'text'), ' ')).toBe('');
  expect(taken(field('host', 'text'), '')).toBeNull();
  expect(taken(field('party', 'text'), 'per')).toBe('PER');
});

test('one entry is replaced where it stood, added at the end, or taken out', () => {
  const all = [{ id: 'a', n: 1 }, { id: 'b', n: 2 }];
  expect(replaced(all, all[0]!, { id: 'a', n: 3 })).toEqual([{ id: 'a', n: 3 }, { id: 'b', n: 2 }]);
  expect(replaced(all, null, { n: 9 })).toEqual([...all, { n: 9 }]);
  expect(replaced(all, all[1]!, null)).toEqual([{ id: 'a', n: 1 }]);
});
