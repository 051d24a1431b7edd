/** What is asked, what is missing, what is sent, what the next report keeps, and who reads it. */
import { beforeAll, expect, test } from 'vitest';
import { audienceOf, emptyReport, nextOf, toFiling } from '../shared/forms/draft';
import type { Form, Values } from '../shared/forms/model';
import { formsOf } from '../shared/forms/reading';
import { cleaned, consentRefused, filled, lacking, pathOf, stepOf, stepsOf, unreadable } from '../shared/forms/rules';
import { search } from '../shared/forms/search';
import { dashed, textOf } from '../shared/forms/words';
import { words } from '../shared/words.svelte';
import { changes, filtersOf } from '../room/reports/rules';

beforeAll(() => words.load('en'));

const SAID = {
  forms: [
    { kind: 'interview', plural: 'interviews', fields: [
      { name: 'outcome', kind: 'choice', section: 'consent', list: 'interview_outcome', choices: ['held', 'refused'], required: true },
      { name: 'voluntary', kind: 'yes_no', section: 'consent' }, { name: 'consent_research', kind: 'yes_no', section: 'consent' },
    ] },
    { kind: 'detection', plural: 'detections', derived: { legs: [], sure: ['a', 'b'] }, fields: [
      { name: 'nationality', kind: 'country', part: 'line', section: 'person', carry: true },
      { name: 'age', kind: 'integer', section: 'person' },
      { name: 'caregiver', kind: 'text', part: 'sealed', section: 'person', when: [{ field: 'age', below: '18' }] },
      { name: 'toys', kind: 'choices', choices: ['ball', 'doll'], list: 'toys', section: 'child', when: [{ field: 'caregiver' }] },
      { name: 'legs', kind: 'rows', section: 'route', carry: true, fields: [{ name: 'from', kind: 'country', required: true }, { name: 'to', kind: 'country', required: true }] },
      { name: 'born', kind: 'partial_date', section: 'identity', part: 'sealed' },
    ] },
  ],
};
const [detection, interview] = formsOf(SAID) as [Form, Form];

test('forms come in the order of the page, with the usual values of what is not said', () => {
  expect([detection.kind, interview.kind]).toEqual(['detection', 'interview']);
  expect(detection.fields[1]).toMatchObject({ part: 'body', required: false, choices: [], when: [] });
});

test('a field is asked only under its conditions, and sections without questions are no steps', () => {
  expect(stepsOf(detection, {}).map(({ section }) => section)).toEqual(['person', 'route', 'identity']);
  expect(stepsOf(detection, { age: '9' })[0]!.fields.map(({ name }) => name)).toEqual(['nationality', 'age', 'caregiver']);
  expect(stepsOf(detection, { age: '18' })[0]!.fields.map(({ name }) => name)).toEqual(['nationality', 'age']);
});

test('what is asked no more is not sent, nor what hangs on it', () => {
  const typed: Values = { age: '30', caregiver: 'an aunt', toys: ['ball'], nationality: 'VEN', legs: [{ from: 'COL', to: 'PAN' }, {}] };
  expect(cleaned(detection.fields, typed)).toEqual({ age: 30, nationality: 'VEN', legs: [{ from: 'COL', to: 'PAN' }] });
});

test('missing and unreadable answers are named by their path, and the step where they stand', () => {
  const typed: Values = { age: 'nine', legs: [{ from: 'COL' }], born: '12.5.1998' };
  expect(lacking(detection.fields, typed)).toEqual(['legs.0.to']);
  expect(unreadable(detection.fields, typed)).toEqual(['age', 'born']);
  expect(stepOf(stepsOf(detection, typed), { 'legs.0.to': 'x' })).toBe(2);
  expect(stepOf(stepsOf(detection, typed), { happened_at: 'x' })).toBe(0);
  expect([pathOf(detection, 'values.legs.0.to'), pathOf(detection, 'happened_at'), pathOf(detection, 'operation')]).toEqual(['legs.0.to', 'happened_at', null]);
});

test('an interview stops at a refusal, but not where only research is declined', () => {
  expect(consentRefused(interview, { voluntary: false })).toBe(true);
  expect(consentRefused(interview, { voluntary: true, consent_research: false })).toBe(false);
  expect(consentRefused(interview, { voluntary: false, outcome: 'refused' })).toBe(false);
});

test('the next of the group keeps what the group shares and nothing of the person', () => {
  const first = emptyReport('detection', 'i1', { operation: 'o', post: 'p' }, new Date(0), { nationality: 'VEN', age: '9', caregiver: 'an aunt', legs: [{ from: 'COL', to: 'PAN' }], born: '1998' });
  const next = nextOf(detection, first, 'i2', new Date(1000));
  expect(next).toMatchObject({ id: 'i2', post: 'p', happened_at: '1970-01-01T00:00:01.000Z', values: { nationality: 'VEN', legs: [{ from: 'COL', to: 'PAN' }] } });
  expect(Object.keys(next.values)).toEqual(['nationality', 'legs']);
});

test('the story of people to protect stays with the own party unless somebody chooses otherwise', () => {
  const all = { kind: 'operation', operation: 'o' };
  expect(audienceOf({ kind: 'detection', readers: 'usual', parties: [] }, 'o')).toEqual({ line: all, body: { kind: 'own' } });
  expect(audienceOf({ kind: 'arrest', readers: 'usual', parties: [] }, 'o')).toEqual({ line: all, body: all });
  expect(audienceOf({ kind: 'arrest', readers: 'own', parties: [] }, 'o')).toEqual({ line: { kind: 'own' }, body: { kind: 'own' } });
  expect(audienceOf({ kind: 'victim', readers: 'parties', parties: ['BRA'] }, 'o').body).toEqual({ kind: 'parties', parties: ['BRA'] });
});

test('a filing bears the id of its draft and says nothing about links where there are none', () => {
  const filing = toFiling(detection, emptyReport('detection', 'i1', { operation: 'o', post: null }, new Date(0), { age: ' 9 ' }), 'o');
  expect(filing).toMatchObject({ id: 'i1', operation: 'o', values: { age: 9 } });
  expect('links' in filing).toBe(false);
});

test('a search minds neither accents nor case, and beginnings come first', () => {
  const options = [{ code: 'MEX', word: 'México' }, { code: 'NIC', word: 'Nicaragua' }, { code: 'CUW', word: 'Curaçao' }, { code: 'DEU', word: 'Alemania', also: 'Germany' }];
  expect(search(options, 'mexico', 5).map(({ code }) => code)).toEqual(['MEX']);
  expect(search(options, 'ni', 5).map(({ code }) => code)).toEqual(['NIC', 'DEU']);
  expect(search(options, 'germ', 5).map(({ code }) => code)).toEqual(['DEU']);
  expect(search(options, '', 2)).toHaveLength(2);
});

test('codes become ids, and values become words', () => {
  expect([dashed('ThroughOnlineSocialNetworks'), dashed('notice_request'), dashed('4Sale')]).toEqual(['through-online-social-networks', 'notice-request', '4-sale']);
  const of = (name: string) => detection.fields.find((field) => field.name === name)!;
  expect(textOf('detection', of('nationality'), 'VEN')).toBe('Venezuela');
  expect(textOf('detection', of('legs'), [{ from: 'COL', to: 'PAN' }, { from: 'PAN', to: 'CRI' }])).toBe('Colombia, Panama · Panama, Costa Rica');
  expect([filled({ amount: '', currency: null }), filled([{}]), filled(false), filled(0)]).toEqual([false, false, true, true]);
});

test('differences between two versions are told in the order of the form', () => {
  expect(changes(detection, { age: 9, nationality: 'VEN', born: null }, { age: 10, nationality: 'COL' }).map(({ name }) => name)).toEqual(['nationality', 'age']);
  expect(filtersOf(detection).map(({ name }) => name)).toEqual(['nationality', 'sure']);
});
