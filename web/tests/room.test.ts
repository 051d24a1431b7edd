/** The order of the queue, the marks between asked and held, and the lines told to each side. */
import { expect, test, vi } from 'vitest';
import { lineFor } from '../room/announcements';
import { dateParts, pieces } from '../shared/difference';
import { byUrgency } from '../room/queue.svelte';
import type { Hit } from '../shared/contract';
import { paced } from '../shared/feed';
import { stateTone } from '../shared/icons';

vi.mock('../room/place.svelte', () => ({ hitAddress: (id: string) => `#/hits/${id}` }));
const hit = (id: string, due: string | null, raised: string, decided: string | null = null) => ({ id, due_at: due, raised_at: raised, decided_at: decided }) as Hit;

test('due first, then the newest', () => {
  const hits = [hit('new', null, '2026-01-02T00:00Z'), hit('old', null, '2026-01-01T00:00Z'), hit('late', '2026-01-01T01:00Z', '2026-01-01T00:00Z'), hit('soon', '2026-01-03T00:00Z', '2026-01-01T00:00Z')];
  expect(hits.sort(byUrgency).map(({ id }) => id)).toEqual(['late', 'soon', 'new', 'old']);
});

const told = (text: string, other: string) => pieces(text, other).map((piece) => (piece.differs ? `[${piece.text}]` : piece.text)).join('');

test('letters that the other side lacks are marked; case and accents do not count', () => {
  expect(told('Anna María', 'ANNA MARIA')).toBe('Anna María');
  expect(told('FX40218O', 'FX402180')).toBe('FX40218[O]');
  expect(told('ERIKSEN Anna', 'ERIKSEN Ana')).toContain('[n]');
  expect(told('abc', '')).toBe('[abc]');
});

test('dates are compared by their parts', () => {
  expect(dateParts('1987-04-11', '1987-11-11').filter((piece) => piece.differs)).toEqual([{ text: '04', differs: true }]);
});

test('who is told what', () => {
  expect(lineFor({ side: 'asker', state: 'confirmed' }, 'decided')).toBe('told-confirmed');
  expect(lineFor({ side: 'owner', state: 'confirmed' }, 'decided')).toBeNull();
  expect(lineFor({ side: 'owner', state: 'referred' }, 'referred')).toBe('told-referred');
  expect(lineFor({ side: 'asker', state: 'new' }, 'raised')).toBeNull();
});

test('red only when the owner confirmed, violet for people to protect', () => {
  expect(stateTone('referred', false)).toBe('lead');
  expect(stateTone('confirmed', false)).toBe('confirmed');
  expect(stateTone('confirmed', true)).toBe('protect');
});

test('paced work runs at once and then at most once a pause', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const run = paced(work, 1000);
  run(); run(); run();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(work).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
