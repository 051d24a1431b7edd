/** The pages know the same countries as the hub. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { codeOfArea } from '../room/overview/mapCodes';
import { alpha2, choices, codes, countryName, OTHER_ISSUERS } from '../shared/countries';
import { words } from '../shared/words.svelte';

beforeAll(() => words.load('en'));

const rows = readFileSync(join(import.meta.dirname, '../../src/tripoint/words/countries.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
// The name may hold commas; the kind stands alone in its column.
const states = rows.filter((columns) => columns[1] && columns.some((one) => one === 'country' || one === 'territory'));

test('the codes are those of the hub', () => {
  expect(codes().sort()).toEqual(states.map(([code]) => code).sort());
  for (const [code, two, number] of states) {
    expect(alpha2(code!)).toBe(two);
    if (number) expect(codeOfArea(number)).toBe(code);
  }
  const known = new Set(rows.map(([code]) => code));
  expect(OTHER_ISSUERS.filter((code) => !known.has(code))).toEqual([]);
});

test('names are readable, unknown codes stay as they are', () => {
  expect(countryName('BRA')).toBe('Brazil');
  expect(countryName('XXB')).toBe('Refugee (1951 Convention)');
  expect(countryName('HUB', 'Coordination unit')).toBe('Coordination unit');
  expect(countryName('QQQ')).toBe('QQQ');
});

test('the countries of the operation come first', () => {
  const list = choices(['PRY', 'BRA']).map(({ code }) => code);
  expect(list.slice(0, 3)).toEqual(['BRA', 'PRY', 'AFG']);
  expect(list.at(-1)).toMatch(/^X|^U/);
});
