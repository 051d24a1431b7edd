// Invented parties, posts, officers and hits for trying the pages without the hub. Nobody here exists.
import { randomUUID } from 'node:crypto';

export const PARTIES = {
  BRA: { code: 'BRA', name: 'Brazil', kind: 'country', contact: 'Duty desk Brasília, +55 61 0000 0000' },
  COL: { code: 'COL', name: 'Colombia', kind: 'country', contact: 'Sala de crisis Bogotá, +57 601 000 0000' },
  PER: { code: 'PER', name: 'Peru', kind: 'country', contact: 'Mesa de guardia Lima, +51 1 000 0000' },
  PRY: { code: 'PRY', name: 'Paraguay', kind: 'country', contact: 'Guardia Asunción, +595 21 000 000' },
  PAN: { code: 'PAN', name: 'Panama', kind: 'country', contact: 'Puesto de mando, +507 000 0000' },
  CUW: { code: 'CUW', name: 'Curaçao', kind: 'territory', contact: 'Meldkamer Willemstad, +599 9 000 0000' },
  HUB: { code: 'HUB', name: 'Coordination unit', kind: 'body', contact: 'Coordination desk, channel 1' },
};
const post = (id, name, kind, party, latitude, longitude, checks) => ({ id, name, kind, party, latitude, longitude, checks, hits: 0 });
export const POSTS = [
  post('p1', 'Tabatinga', 'river', 'BRA', -4.25, -69.94, 8211), post('p2', 'Foz do Iguaçu', 'border', 'BRA', -25.55, -54.58, 14310),
  post('p3', 'Cúcuta', 'border', 'COL', 7.89, -72.5, 19120), post('p4', 'Leticia', 'airport', 'COL', -4.19, -69.94, 2101),
  post('p5', 'Callao', 'port', 'PER', -12.05, -77.14, 6020), post('p6', 'Ciudad del Este', 'road', 'PRY', -25.51, -54.61, 9034),
  post('p7', 'Bajo Chiquito', 'camp', 'PAN', 8.55, -77.66, 3406), post('p8', 'Hato', 'airport', 'CUW', 12.19, -68.96, 5177),
];
const bare = ({ checks, hits, ...rest }) => rest;
export const OPERATION = { id: '0190aaaa-0000-7000-8000-000000000001', name: 'Confluence I', starts_at: '2026-11-20T00:00:00Z', ends_at: '2026-11-27T00:00:00Z', coordinator: 'HUB', posts: POSTS.map(bare) };

const officer = (name, party, agency, roles, may) => ({ officer: { id: randomUUID(), name, party: PARTIES[party], agency, roles }, may });
export const OFFICERS = {
  'ana': officer('Ana Prado', 'BRA', 'Federal Police', ['analyst'], ['ask_check', 'decide_hit', 'refer_hit', 'record_outcome', 'read_room']),
  'luz': officer('Luz Arango', 'COL', 'National Police', ['liaison_officer'], ['ask_check', 'decide_hit', 'refer_hit', 'record_outcome', 'read_room']),
  'hub': officer('Iris Noor', 'HUB', 'Coordination unit', ['coordinator'], ['read_room']),
};
export const PURPOSES = ['border_control', 'identification', 'wanted_persons', 'investigation', 'security_check'];
const minutes = (n) => new Date(Date.now() + n * 60_000).toISOString();
export const SETS = ['BRA', 'COL', 'PER', 'PRY', 'CUW'].flatMap((owner, i) => [
  { id: `s${i}d`, name: 'Stolen and lost documents', owner, kind: 'document', as_of: minutes(-40 * (i + 1)), records: 41_200 * (i + 1) },
  { id: `s${i}p`, name: 'Wanted and missing persons', owner, kind: 'person', as_of: minutes(-900 * i - 12), records: 1830 * (i + 2) },
]).concat([{ id: 'sv', name: 'Stolen vehicles', owner: 'PRY', kind: 'vehicle', as_of: minutes(-75), records: 90_211 }, { id: 'sf', name: 'Firearms sought', owner: 'BRA', kind: 'firearm', as_of: minutes(-240), records: 18_004 }]);

const pair = (asked, held, manner, likeness = 1) => ({ asked, held, manner, likeness });
const WORDS = [pair('eriksen', 'eriksen', 'same'), pair('ana', 'anna', 'sound', 0.9), pair('m', 'maria', 'initial'), pair('lumedal', 'lume dal', 'joined'), pair('korvei', 'corbea', 'like', 0.4), pair('oribe', null, 'only_asked', 0), pair(null, 'tamarel', 'only_held', 0)];
const PERSON_ROWS = [
  { field: 'name', asked: 'ERIKSEN Ana M. Lumedal Korvei Oribe', held: 'ERIKSEN Anna Maria Lume Dal Corbea Tamarel', verdict: 'similar', words: 'Surname is the same; first given name is a known variant', aligned: WORDS },
  { field: 'birth', asked: '1987-04-11', held: '1987-11-04', verdict: 'similar', words: 'The same when day and month change places' },
  { field: 'nationality', asked: 'PER', held: 'PER', verdict: 'same', words: null }, { field: 'sex', asked: 'F', held: null, verdict: 'missing', words: 'Not held' },
];
const DOCUMENT_ROWS = [
  { field: 'number', asked: 'FX40218O', held: 'FX402180', verdict: 'similar', words: 'The same when O is read for 0' },
  { field: 'issuer', asked: 'COL', held: 'COL', verdict: 'same', words: null }, { field: 'type', asked: 'passport', held: 'passport', verdict: 'same', words: null },
];
const FIREARM_ROWS = [
  { field: 'serial', asked: 'KT81177', held: 'KT81171', verdict: 'differs', words: 'One character differs' }, { field: 'make', asked: 'Ferrolan', held: 'Ferrolan', verdict: 'same', words: null },
];
const HELD = {
  person: { names: [{ full: 'ERIKSEN Anna Maria', kind: 'primary' }], births: ['1987-11-04'], nationalities: ['PER'], sex: null, status: 'wanted', notices: [{ colour: 'red', reference: 'PER-2026-0117', issuer: 'PER', charges: ['Smuggling of persons, article 303-A'], action: 'detain_and_call' }] },
  document: { number: 'FX402180', issuer: 'COL', type: 'passport', status: 'stolen', reported: '2026-02-01' },
  firearm: { serial: 'KT81171', make: 'Ferrolan', model: 'M2', calibre: '9x19', status: 'stolen' },
  vehicle: { vin: null, plate: 'ABX1D27', country: 'BRA', make: 'Corvina', model: 'Sedan', colour: 'grey', status: 'stolen' },
};
const withWords = (rows) => rows.map((row) => ({ aligned: [], ...row }));
const ROWS = { person: PERSON_ROWS, document: DOCUMENT_ROWS, firearm: FIREARM_ROWS, vehicle: [{ field: 'plate', asked: 'ABX1D27', held: 'ABX1D27', verdict: 'same', words: null }] };
const ACTIONS = { person: 'detain_and_call', document: 'seize_document', firearm: 'seize_item', vehicle: 'seize_item' };
const REASONS = { person: ['Surname is the same', 'Day and month of the birth date change places'], document: ['Number is the same when O is read for 0', 'Issuer is the same'], firearm: ['Serial differs in one character', 'Make is the same'], vehicle: ['Plate is the same'] };

export function makeHit({ kind, asker, owner, postId, state = 'new', grade = 'possible', score = 0.93, level = 'full', due = null, protect = false, raised = -20, nature = HELD[kind].status }) {
  const where = POSTS.find(({ id }) => id === postId);
  if (where) where.hits++;
  const history = [{ at: minutes(raised), state: 'new', party: asker, by: null, reason: null }];
  if (state !== 'new') history.push({ at: minutes(raised + 3), state: 'referred', party: asker, by: 'Rui Salgado', reason: 'Traveller waits at the post' });
  if (!['new', 'referred'].includes(state)) history.push({ at: minutes(raised + 11), state, party: owner, by: 'Noa Ferro', reason: 'Photo and fingerprints compared' });
  return {
    id: randomUUID(), kind, grade, score, state, level, raised_at: minutes(raised), referred_at: state === 'new' ? null : minutes(raised + 3), due_at: state === 'referred' ? minutes(due ?? 20) : null,
    overdue: due !== null && due < 0, decided_at: ['new', 'referred', 'expired'].includes(state) ? null : minutes(raised + 11), asker, owner, post: where && bare(where), operation: OPERATION.id, nature, protect,
    action: protect ? 'protect' : ACTIONS[kind], outcome: null, urgency: due !== null && due < 5 ? 'urgent' : 'normal', held: HELD[kind], comparison: withWords(ROWS[kind]), model: 'screening-1', history,
    reasons: REASONS[kind].map((words, i) => ({ code: `mock_${i}`, words })), asked: kind === 'person' ? { name: 'ERIKSEN Ana M.', birth: '1987-04-11', nationality: 'PER', sex: 'F' } : { number: 'FX40218O', issuer: 'COL', type: 'passport' },
  };
}
export const HITS = [
  makeHit({ kind: 'firearm', asker: 'PRY', owner: 'BRA', postId: 'p6', state: 'referred', due: -7, raised: -57, score: 0.71 }),
  makeHit({ kind: 'person', asker: 'PAN', owner: 'PER', postId: 'p7', state: 'referred', due: 3, raised: -31, level: 'pointer' }),
  makeHit({ kind: 'person', asker: 'COL', owner: 'BRA', postId: 'p3', state: 'referred', due: 18, raised: -12, grade: 'strong', score: 0.98 }),
  makeHit({ kind: 'document', asker: 'BRA', owner: 'COL', postId: 'p1', state: 'referred', due: 26, raised: -9, grade: 'strong', score: null }),
  makeHit({ kind: 'document', asker: 'CUW', owner: 'COL', postId: 'p8', raised: -2, grade: 'strong', score: null }),
  makeHit({ kind: 'person', asker: 'BRA', owner: 'PER', postId: 'p2', raised: -4, level: 'pointer', protect: true, nature: 'missing' }),
  makeHit({ kind: 'vehicle', asker: 'PRY', owner: 'BRA', postId: 'p6', raised: -6, grade: 'strong', score: null }),
  makeHit({ kind: 'person', asker: 'COL', owner: 'PER', postId: 'p3', state: 'confirmed', raised: -71, grade: 'strong', score: 0.99 }),
  makeHit({ kind: 'document', asker: 'BRA', owner: 'CUW', postId: 'p1', state: 'not_confirmed', raised: -140 }),
  makeHit({ kind: 'vehicle', asker: 'BRA', owner: 'PRY', postId: 'p2', state: 'confirmed', raised: -66, grade: 'strong', score: null }),
];
