/** Words of two names beside each other: what is left out, what contradicts, and the line between counterparts. */
import { expect, test } from 'vitest';
import { alignmentOf, drawn, lineOf, lookOf, runOf } from '../shared/alignment';
import type { Aligned, Compared, Manner } from '../shared/contract';
import { FAMILIES } from '../shared/families';

const pair = (asked: string | null, held: string | null, manner: Manner): Aligned => ({ asked, held, manner, likeness: asked && held ? 1 : 0 });
const MET = [pair('oriel', 'oriel', 'same'), pair('vantesa', 'vantessa', 'sound')];
const looks = (aligned: Aligned[]) => alignmentOf(aligned).alone.map((one) => lookOf(one, alignmentOf(aligned).contradicted));

test('counterparts stand together, the others apart, each in its order', () => {
  const found = alignmentOf([pair('lume', null, 'only_asked'), ...MET]);
  expect(found.met).toEqual(MET);
  expect(found.alone.map(({ asked }) => asked)).toEqual(['lume']);
});

test('a word that only one side has is left out; words that each side has alone contradict each other', () => {
  expect(looks([...MET, pair('lume', null, 'only_asked'), pair('dorra', null, 'only_asked')])).toEqual(['only_asked', 'only_asked']);
  expect(looks([...MET, pair(null, 'lume', 'only_held')])).toEqual(['only_held']);
  expect(looks([...MET, pair('lume', null, 'only_asked'), pair(null, 'dorra', 'only_held')])).toEqual(['other_asked', 'other_held']);
  expect(MET.map((one) => lookOf(one, true))).toEqual(['same', 'sound']);
});

test('every look of counterparts has a line of its own, a word left out has none', () => {
  const lines = FAMILIES.manner.slice(0, 5).map((look) => lineOf(pair('a', 'b', 'same'), look).path);
  expect(new Set(lines).size).toBe(5);
  expect(lines).not.toContain('');
  expect(lineOf(pair('a', null, 'only_asked'), 'only_asked').path).toBe('');
});

test('the fork opens to the side of two words, the ring hangs at the initial', () => {
  expect(lineOf(pair('abdul rahman', 'abdulrahman', 'joined'), 'joined').turned).toBe(false);
  expect(lineOf(pair('abdulrahman', 'abdul rahman', 'joined'), 'joined').turned).toBe(true);
  expect(lineOf(pair('bertrand', 'b', 'initial'), 'initial').turned).toBe(false);
  expect(lineOf(pair('b', 'bertrand', 'initial'), 'initial').turned).toBe(true);
});

test('only rows with words are drawn; Latin letters run from left to right on every page', () => {
  const rows = [{ field: 'name', aligned: MET }, { field: 'birth', aligned: [] as Aligned[] }] as Compared[];
  expect(drawn(rows).map(({ field }) => field)).toEqual(['name']);
  expect(runOf(MET)).toBe('ltr');
  expect(runOf([pair('وريال', null, 'only_asked')])).toBe('rtl');
});
