/** Identifiers, spans, dates and the facts of a held object. */
import { beforeAll, expect, test } from 'vitest';
import { withQuery } from '../shared/client';
import { heldFacts } from '../shared/facts';
import { partialDate, span } from '../shared/format';
import { uuid7 } from '../shared/identifiers';
import { words } from '../shared/words.svelte';

beforeAll(() => words.load('en'));

test('a version 7 identifier carries its time, version and variant', () => {
  // The example of RFC 9562, appendix A.6.
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuid7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('identifiers sort by time', () => {
  expect(uuid7(1000) < uuid7(2000)).toBe(true);
});

test.each([[5000, '00:05'], [-65_000, '01:05'], [3_661_000, '1:01:01'], [90_000_000, '1 d 01:00']])('a span of %i ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});

test('partial dates are told as far as they are known', () => {
  expect([partialDate('1976'), partialDate('1976-05'), partialDate('1976-05-12'), partialDate('about 1976')]).toEqual(['1976', 'May 1976', '12 May 1976', 'about 1976']);
});

test('a held object becomes readable lines', () => {
  const held = { names: [{ full: 'Noa Ferro', kind: 'primary' }], births: ['1976'], nationalities: ['COL'], sex: 'F', status: 'wanted', notices: [], colour: null };
  expect(heldFacts(held)).toEqual([
    { field: 'names', text: 'Noa Ferro' }, { field: 'births', text: '1976' }, { field: 'nationalities', text: 'Colombia' }, { field: 'sex', text: 'Female' }, { field: 'status', text: 'wanted' },
  ]);
});

test('only values that are there go into an address', () => {
  expect(withQuery('/api/hits', { side: null, state: 'new', limit: 5, post: '' })).toBe('/api/hits?state=new&limit=5');
});

test('a reason names its words in the language of the page', async () => {
  const reason = { code: 'name.similar', words: 'A similar name (antu velas for antuvelas; not held: oribe; not asked: lume)' };
  expect(words.reason(reason)).toBe('A similar name (antu velas ≈ antuvelas; not held: oribe; not asked: lume)');
  await words.load('es');
  expect(words.reason(reason)).toBe('Un nombre parecido (antu velas ≈ antuvelas; no consta: oribe; no preguntado: lume)');
  await words.load('ar');
  expect(words.reason(reason)).toContain('(\u2068antu velas ≈ antuvelas\u2069; ');
  expect(words.reason(reason)).toContain(': \u2068oribe\u2069; ');
  await words.load('en');
});
