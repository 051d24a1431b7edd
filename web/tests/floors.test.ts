/** The field never imports the room, and no file grows too long. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const WEB = join(import.meta.dirname, '..');
const filesOf = (folder: string) => readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|ts|css)$/.test(name)).map((name) => join(folder, name));
const read = (name: string) => readFileSync(join(WEB, name), 'utf8');

test('field and shared import nothing of the room, shared nothing of the field', () => {
  expect([...filesOf('field'), ...filesOf('shared')].filter((name) => /from '\.\.\/(\.\.\/)?room\//.test(read(name)))).toEqual([]);
  expect([...filesOf('room'), ...filesOf('shared')].filter((name) => /from '\.\.\/(\.\.\/)?field\//.test(read(name)))).toEqual([]);
});

test('files stay short and styles stay out of the markup', () => {
  const all = ['shared', 'room', 'field', 'look'].flatMap(filesOf);
  expect(all.filter((name) => read(name).split('\n').length > 400)).toEqual([]);
  expect(all.filter((name) => / style="/.test(read(name)))).toEqual([]);
});

test('the lock file names no host', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});
