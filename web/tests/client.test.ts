/** An act that had no answer is sent again under the same key; one that was answered is over. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { get, post, Refused, Unreachable } from '../shared/client';
import { words } from '../shared/words.svelte';

beforeAll(() => words.load('en'));
afterEach(() => vi.unstubAllGlobals());

/** A hub that answers so, one after the other; the keys that it was shown. */
function hub(...answers: (Response | Error)[]): (string | null)[] {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('idempotency-key'));
    const answer = answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('asked too often'));
  });
  return keys;
}

const said = (status: number, code: string): Response =>
  Response.json({ error: { code, field: null, sentence: 'A sentence.', remedy: null, request: null } }, { status });

test('no answer: the same act bears the same key, another act its own', async () => {
  const keys = hub(new TypeError('offline'), said(503, 'unavailable'), said(409, 'still_answering'), Response.json({}), Response.json({}), Response.json({}));
  for (const wrong of [Unreachable, Unreachable, Refused]) await expect(post('/api/agencies', { name: 'Lake' })).rejects.toBeInstanceOf(wrong);
  await post('/api/agencies', { name: 'River' });
  await post('/api/agencies', { name: 'Lake' });
  await post('/api/agencies', { name: 'Lake' });
  const [first, second, third, other, answered, later] = keys;
  expect([second, third, answered]).toEqual([first, first, first]);
  expect(new Set([first, other, later]).size).toBe(3);
});

test('a refusal ends an act; what only reads has no key', async () => {
  const keys = hub(said(422, 'bad_field'), Response.json({}), Response.json({}));
  await expect(post('/api/agencies', {})).rejects.toBeInstanceOf(Refused);
  await post('/api/agencies', {});
  await get('/api/session');
  expect(keys[0]).not.toBe(keys[1]);
  expect(keys[2]).toBeNull();
});
