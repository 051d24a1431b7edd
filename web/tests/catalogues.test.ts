/** Every catalogue has the same ids with the same values, and every id the pages use exists. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';
import { OTHER_ISSUERS } from '../shared/countries';
import { FAMILIES, type Family, idOf } from '../shared/families';
import { ICONS } from '../shared/icons';

const WEB = join(import.meta.dirname, '..');
const LANGUAGES = ['en', 'es', 'pt', 'fr', 'ar'];
const sourceOf = (language: string) => readdirSync(join(WEB, 'words'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name === `${language}.ftl` || name.endsWith(`/${language}.ftl`)).sort()
  .map((name) => readFileSync(join(WEB, 'words', name), 'utf8')).join('\n');
const lineIds = (source: string) => [...source.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map(([, id]) => id!);
const valuesIn = (text: string) => [...new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name!))].sort();

function messages(language: string): Map<string, string> {
  const parts = sourceOf(language).split(/^(?=[a-z][a-z0-9-]* =)/m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(' =')), part.replace(/^#.*$/gm, '')]));
}
const english = messages('en');

/** Every source file of the pages, as one text. */
const code = ['shared', 'room', 'field', 'look']
  .flatMap((folder) => readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(WEB, folder, name)))
  .filter((name) => /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

test.each(LANGUAGES)('%s is well formed and has no id twice', (language) => {
  const ids = lineIds(sourceOf(language));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new FluentBundle(language).addResource(new FluentResource(sourceOf(language)))).toEqual([]);
});

test.each(LANGUAGES.slice(1))('%s has the ids of English, with the same values', (language) => {
  const other = messages(language);
  expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [id, text] of english) expect(valuesIn(other.get(id)!), id).toEqual(valuesIn(text));
});

test('every id written in the code exists', () => {
  const plain = [...code.matchAll(/\bt\(\s*'([a-z0-9-]+)'/g)].map(([, id]) => id!);
  const chosen = [...code.matchAll(/\? '([a-z]+(?:-[a-z]+)+)' : /g), ...code.matchAll(/(?:id|says): '((?:sign|told|says)-[a-z-]+)'/g), ...code.matchAll(/return '(told-[a-z-]+)'/g), ...code.matchAll(/= '(need-[a-z]+)'/g), ...code.matchAll(/'(nav-[a-z]+)'/g)].map(([, id]) => id!);
  const ternary = [...code.matchAll(/\bt\([^()']*\? '([a-z-]+)' : '([a-z-]+)'/g)].flatMap(([, yes, no]) => [yes!, no!]);
  const missing = [...new Set([...plain, ...ternary, ...chosen.filter((id) => /^(sign|says|told|need|nav)-/.test(id))])].filter((id) => !english.has(id));
  expect(plain.length).toBeGreaterThan(120);
  expect(missing).toEqual([]);
});

test('every code of the contract has its word', () => {
  const wanted = (Object.keys(FAMILIES) as Family[]).flatMap((family) => FAMILIES[family].map((one) => idOf(family, one)));
  const built = [
    ...FAMILIES.action.map((one) => `${idOf('action', one)}-say`), ...FAMILIES.level.slice(1).map((one) => `level-${one}-means`), ...FAMILIES.manner.map((one) => `${idOf('manner', one)}-says`), ...OTHER_ISSUERS.map((one) => `issuer-${one.toLowerCase()}`),
    ...['owner', 'asker', 'all'].map((side) => `side-${side}`), ...['night', 'day'].map((theme) => `look-${theme}`), ...FAMILIES.state.slice(2).map((state) => `told-${state.replaceAll('_', '-')}`),
  ];
  expect([...wanted, ...built].filter((id) => !english.has(id))).toEqual([]);
});

test('no id stands in the catalogues without use', () => {
  const families = [...Object.keys(FAMILIES), 'reason', 'digit', 'notice', 'issuer', 'level', 'told', 'look', 'side', 'sign', 'answer', 'form', 'choice', 'measure', 'report'];
  const loose = [...english.keys()].filter((id) => !families.some((family) => id.startsWith(`${family}-`)) && !code.includes(`'${id}'`));
  expect(loose).toEqual([]);
});

test('every kind, state and verdict has an icon', () => {
  const states = FAMILIES.state.filter((state) => state !== 'new');
  expect([...FAMILIES.kind, ...states, ...FAMILIES.verdict].filter((name) => !(name in ICONS))).toEqual([]);
});
