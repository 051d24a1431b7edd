/** From what the officer typed to the request, the sign of the answer, and the marks in the machine-readable zone. */
import { expect, test } from 'vitest';
import { emptyDraft, filled, problemsOf, toRequest, zoneLines } from '../field/draft';
import { actionOf, signOf } from '../field/sign';
import { marked } from '../field/zone';
import type { Answer, AnswerHit, Hit } from '../shared/contract';

const standing = { purpose: 'border_control', operation: 'o1', post: null };

test('an empty draft may not go', () => {
  expect(problemsOf(emptyDraft())).toEqual({ '': 'need-something' });
  expect(filled(emptyDraft())).toEqual([]);
});

test('every filled tab goes, the others are null, empty text is null', () => {
  const draft = emptyDraft();
  draft.document.number = ' AB 123 ';
  draft.firearm.serial = 'K1';
  const request = toRequest(draft, standing, null, 'i', new Date(0));
  expect(request).toMatchObject({ id: 'i', purpose: 'border_control', operation: 'o1', post: null, device_time: '1970-01-01T00:00:00.000Z', person: null, vehicle: null });
  expect(request.document).toEqual({ number: 'AB 123', issuer: null, type: null, mrz: null, near: null });
  expect(request.firearm).toEqual({ serial: 'K1', make: null, model: null, calibre: null });
});

test('the wish for numbers one character apart goes only where it was wished, and is nothing alone', () => {
  const draft = emptyDraft();
  draft.document.near = true;
  expect(filled(draft)).toEqual([]);
  draft.document.number = 'AB123';
  expect(toRequest(draft, standing, null, 'i', new Date(0)).document?.near).toBe(true);
});

test.each([
  ['document', { type: 'passport' }, 'document.number'], ['person', { birth: '1976' }, 'person.name'], ['vehicle', { make: 'x' }, 'vehicle.plate'],
  ['vehicle', { plate: 'A1' }, 'vehicle.country'], ['firearm', { make: 'x' }, 'firearm.serial'], ['person', { name: 'x', birth: '12.5.1976' }, 'person.birth'],
] as const)('%s with %o lacks %s', (kind, values, field) => {
  const draft = emptyDraft();
  Object.assign(draft[kind], values);
  expect(Object.keys(problemsOf(draft))).toEqual([field]);
});

test.each(['1976', '1976-05', '1976-05-12'])('the date %s is complete enough', (birth) => {
  const draft = emptyDraft();
  draft.person = { ...draft.person, name: 'x', birth };
  expect(problemsOf(draft)).toEqual({});
});

test('zone lines lose spaces and gain capitals', () => {
  expect(zoneLines(' p<uto eriksson<<a \r\n\n l898 ')).toBe('P<UTOERIKSSON<<A\nL898');
});

const hit = (values: Partial<AnswerHit>) => ({ id: 'h', state: 'new', protect: false, action: 'ask_owner', grade: 'possible', ...values }) as AnswerHit;
const answer = (values: Partial<Answer>) => ({ grade: 'nothing_found', complete: true, hits: [], ...values }) as Answer;

test('nothing found is never good news; protection and confirmation come first', () => {
  expect(signOf(answer({}), {})).toMatchObject({ id: 'sign-nothing', tone: 'plain' });
  expect(signOf(answer({ complete: false }), {})).toMatchObject({ id: 'sign-incomplete', tone: 'lead' });
  expect(signOf(answer({ grade: 'strong', hits: [hit({})] }), {})).toMatchObject({ id: 'sign-strong', tone: 'lead' });
  expect(signOf(answer({ grade: 'strong', hits: [hit({})] }), { h: { state: 'confirmed' } as Hit })).toMatchObject({ tone: 'confirmed' });
  expect(signOf(answer({ grade: 'strong', hits: [hit({ protect: true })] }), { h: { state: 'confirmed' } as Hit })).toMatchObject({ tone: 'protect' });
});

test('the most pressing action stands first', () => {
  expect(actionOf(answer({ hits: [hit({ action: 'ask_owner' }), hit({ action: 'detain_and_call' })] }))).toBe('detain_and_call');
  expect(actionOf(answer({}))).toBeNull();
});

test('failing check digits are marked where they stand', () => {
  const zone = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408125F1204159ZE184226B<<<<<10';
  const [first, second] = marked(zone, 'TD3', ['birth_date', 'composite']);
  expect(first).toEqual([{ text: zone.split('\n')[0], failing: false }]);
  expect(second!.filter((piece) => piece.failing).map((piece) => piece.text)).toEqual(['5', '0']);
  expect(second!.map((piece) => piece.text).join('')).toBe(zone.split('\n')[1]);
});
