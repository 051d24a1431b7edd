// A small stand-in for the hub, for trying the pages: `npm run build && npm run mock`, then http://127.0.0.1:8099/ as ana, luz or hub (any password).
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HITS, makeHit, OFFICERS, OPERATION, PARTIES, POSTS, PURPOSES, SETS } from './world.mjs';

const BUILT = fileURLToPath(new URL('../../src/tripoint/web/', import.meta.url));
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff', '.svg': 'image/svg+xml' };
const PAGES = { '/': 'room.html', '/field': 'field.html', '/look': 'look.html', '/field-worker.js': 'field-worker.js' };
const sessions = new Map();
const answers = new Map();
const checks = [];
const listeners = new Set();
const perMinute = Array.from({ length: 60 }, (_, i) => ({ at: new Date(Date.now() - (59 - i) * 60_000).toISOString(), n: Math.round(70 + 40 * Math.sin(i / 6) + Math.random() * 25) }));
let event = 0;

class Refusal extends Error {
  constructor(status, code, sentence, remedy = null, field = null) { super(sentence); this.status = status; this.body = { error: { code, field, sentence, remedy, request: randomUUID() } }; }
}
const tell = (name, data) => { const line = `id: ${++event}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`; for (const { response, party } of listeners) if (name !== 'hit' || HITS.some((hit) => hit.id === data.id && sideOf(hit, party))) response.write(line); };

const sideOf = (hit, party) => (hit.owner === party ? 'owner' : hit.asker === party ? 'asker' : party === 'HUB' ? 'coordinator' : null);
function shown(hit, party, whole = false) {
  const side = sideOf(hit, party);
  const { held, comparison, asked, reasons, model, history, ...rest } = hit;
  const open = ['new', 'referred'].includes(hit.state);
  const may = [side === 'asker' && hit.state === 'new' && 'refer', side === 'owner' && open && 'decide', side === 'asker' && 'outcome'].filter(Boolean);
  const head = { ...rest, side, may, asker: PARTIES[hit.asker], owner: PARTIES[hit.owner], overdue: open && !!hit.due_at && Date.parse(hit.due_at) < Date.now() };
  const hidden = side !== 'owner' && hit.level === 'pointer';
  return whole ? { ...head, asked, held: hidden ? null : held, comparison: hidden ? [] : comparison, reasons, model, history } : head;
}
const mine = (party) => HITS.filter((hit) => sideOf(hit, party));
function findHit(id, party) {
  const hit = mine(party).find((one) => one.id === id);
  if (!hit) throw new Refusal(404, 'not_found', 'There is no such hit.', 'Open the hit desk again.');
  return hit;
}

function figures(party) {
  const hits = mine(party);
  const count = (state) => hits.filter((hit) => hit.state === state).length;
  const wait = (post) => hits.filter((hit) => hit.post?.id === post.id && ['new', 'referred'].includes(hit.state)).length;
  const posts = POSTS.map((post) => ({ ...post, waiting: wait(post) }));
  const parties = Object.values(PARTIES).filter(({ code }) => code !== 'HUB').map(({ code, name }) => { const own = posts.filter((post) => post.party === code); return { code, name, checks: own.reduce((n, post) => n + post.checks, 0), hits: own.reduce((n, post) => n + post.hits, 0) }; });
  const total = posts.reduce((n, post) => n + post.checks, 0);
  return {
    as_of: new Date().toISOString(), checks: { total, last_hour: perMinute.reduce((n, minute) => n + minute.n, 0), per_minute: perMinute },
    hits: { ...Object.fromEntries(['new', 'referred', 'confirmed', 'not_confirmed', 'inconclusive', 'expired'].map((state) => [state, count(state)])), overdue: hits.filter((hit) => shown(hit, party).overdue).length },
    parties, posts, by_kind: { document: Math.round(total * 0.61), person: Math.round(total * 0.3), vehicle: Math.round(total * 0.08), firearm: Math.round(total * 0.01) }, answer_minutes_p80: 11.4,
  };
}

function answer(body, session) {
  if (answers.has(body.id)) return { ...answers.get(body.id), repeated: true };
  const { document, person, vehicle, firearm } = body;
  if (document?.number === 'BAD') throw new Refusal(422, 'bad_field', 'The document number is not one an issuer prints.', 'Write it as printed, letters and digits.', 'document.number');
  const kinds = Object.entries({ document, person, vehicle, firearm }).filter(([, asked]) => asked).map(([kind]) => kind);
  const asker = session.officer.party.code;
  const rule = { document: document && /^FX|L898902C/.test(document.number ?? document.mrz?.split('\n')[1] ?? ''), person: person && /eriksen/i.test(person.name ?? ''), vehicle: vehicle && /^ABX/.test(vehicle.plate ?? ''), firearm: firearm && /^KT/.test(firearm.serial) };
  const owners = { document: 'COL', person: 'PER', vehicle: 'PRY', firearm: 'BRA' };
  const raised = kinds.filter((kind) => rule[kind]).map((kind) => makeHit({ kind, asker, owner: owners[kind] === asker ? 'BRA' : owners[kind], postId: body.post ?? 'p1', raised: 0, grade: kind === 'document' ? 'strong' : 'possible', level: kind === 'person' ? 'pointer' : 'full' }));
  HITS.unshift(...raised);
  const order = ['strong', 'possible', 'weak'];
  const grade = order.find((one) => raised.some((hit) => hit.grade === one)) ?? 'nothing_found';
  const complete = person?.name !== 'Part';
  const made = {
    id: body.id, answered_at: new Date().toISOString(), grade, sentence_id: complete ? `answer-${grade.replace('_', '-')}` : 'answer-incomplete', complete,
    read: document?.mrz ? { format: 'TD3', valid: false, document: { number: 'L898902C3', issuer: 'UTO', type: 'passport' }, surname: 'ERIKSSON', given_names: 'ANNA MARIA', birth: '1974-08-12', nationality: 'UTO', sex: 'F', expiry: '2012-04-15', name_maybe_truncated: false, failing: ['birth_date', 'composite'] } : null,
    sets: SETS.filter((set) => kinds.includes(set.kind)).map((set, i) => ({ ...set, searched: complete || i > 0 })), failed: complete ? [] : [{ kind: 'person', sentence: 'The list of Brazil did not answer in time.' }],
    hits: raised.map((hit) => ({ id: hit.id, kind: hit.kind, grade: hit.grade, score: hit.score, state: 'new', level: hit.level, owner: PARTIES[hit.owner], nature: hit.nature, action: hit.action, instructions: hit.kind === 'document' ? 'Offer water and a seat; say nothing of the reason.' : null, protect: hit.protect, reasons: hit.reasons, comparison: hit.level === 'full' ? hit.comparison : [], held: hit.level === 'full' ? hit.held : null })), repeated: false,
  };
  answers.set(body.id, made);
  checks.unshift({ id: body.id, asked_at: made.answered_at, post: body.post, purpose: body.purpose, kinds, grade, hits: raised.length, officer: session.officer.name });
  tell('checks', { n: 1 });
  for (const hit of raised) tell('hit', { id: hit.id, change: 'raised' });
  return made;
}

function act(path, body, session) {
  const [, id, name] = /^\/api\/hits\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const party = session.officer.party.code;
  const hit = findHit(id, party);
  const step = (state, reason) => hit.history.push({ at: new Date().toISOString(), state, party, by: session.officer.name, reason });
  if (name === 'referral') { Object.assign(hit, { state: 'referred', urgency: body.urgency, referred_at: new Date().toISOString(), due_at: new Date(Date.now() + 30 * 60_000).toISOString() }); step('referred', body.note); tell('hit', { id, change: 'referred' }); }
  if (name === 'decision') { Object.assign(hit, { state: body.decision, decided_at: new Date().toISOString() }); step(body.decision, body.reason); tell('hit', { id, change: 'decided' }); }
  if (name === 'outcome') {
    if (hit.state !== 'confirmed' && !body.override_reason) throw new Refusal(409, 'not_confirmed', 'The owner has not confirmed this hit.', 'Give an override reason.', 'override_reason');
    hit.outcome = body.outcome; step(body.outcome, body.override_reason); tell('hit', { id, change: 'outcome' });
  }
  return shown(hit, party);
}

function route(method, url, body, session) {
  const party = session.officer.party.code;
  const path = url.pathname;
  const q = (name) => url.searchParams.get(name);
  if (path === '/api/session') return session;
  if (path === '/api/room/figures') return figures(party);
  if (path === '/api/checks' && method === 'POST') return answer(body, session);
  if (path === '/api/checks') return { checks: checks.filter((check) => (!q('post') || check.post === q('post')) && (!q('grade') || check.grade === q('grade'))).slice(0, 100), next: null };
  if (path === '/api/hits') return { hits: mine(party).map((hit) => shown(hit, party)).filter((hit) => (!q('side') || hit.side === q('side')) && (!q('state') || hit.state === q('state'))), next: null };
  if (method === 'POST' && path.startsWith('/api/hits/')) return act(path, body, session);
  if (path.startsWith('/api/hits/')) return shown(findHit(path.split('/')[3], party), party, true);
  throw new Refusal(404, 'not_found', 'There is no such address.');
}

async function api(request, response, url) {
  const text = await new Promise((done) => { let all = ''; request.on('data', (part) => { all += part; }); request.on('end', () => done(all)); });
  const body = text ? JSON.parse(text) : null;
  const json = (status, value, headers = {}) => { response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }); response.end(value === null ? '' : JSON.stringify(value)); };
  if (url.pathname === '/api/health') return json(200, { status: 'ok', version: '0.1.0', database: 'ok' });
  if (url.pathname === '/api/sign-in/ways') return json(200, { passkeys: false, issuers: [] });
  if (url.pathname === '/api/sets') return json(200, { sets: SETS });
  if (url.pathname === '/api/sign-in') {
    const known = OFFICERS[body.name];
    if (!known || body.password === 'wrong') throw new Refusal(401, 'wrong_sign_in', 'Name or password is wrong.', 'Check both; after five wrong attempts the account is locked.');
    const key = randomUUID();
    sessions.set(key, { ...known, csrf: randomUUID(), ends_at: new Date(Date.now() + 8 * 3600_000).toISOString(), operations: [OPERATION], purposes: PURPOSES });
    return json(200, sessions.get(key), { 'set-cookie': `__Host-tripoint=${key}; Path=/; HttpOnly; Secure; SameSite=Strict` });
  }
  const key = /__Host-tripoint=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const session = sessions.get(key);
  if (!session) throw new Refusal(401, 'not_signed_in', 'Nobody is signed in.', 'Sign in.');
  if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) throw new Refusal(403, 'forged', 'The anti-forgery token is missing.');
  if (url.pathname === '/api/sign-out') { sessions.delete(key); return json(204, null); }
  if (url.pathname === '/api/feed') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`event: hello\ndata: {"at":"${new Date().toISOString()}"}\n\n`);
    const listener = { response, party: session.officer.party.code };
    listeners.add(listener);
    return request.on('close', () => listeners.delete(listener));
  }
  return json(200, route(request.method, url, body, session));
}

async function page(response, url) {
  const name = PAGES[url.pathname] ?? (url.pathname.startsWith('/assets/') ? normalize(url.pathname.slice(8)) : null);
  if (!name || name.startsWith('..')) { response.writeHead(404); return response.end(); }
  const bytes = await readFile(join(BUILT, name));
  response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
  return response.end(bytes);
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const work = url.pathname.startsWith('/api/') ? api(request, response, url) : page(response, url);
  work.catch((wrong) => { response.writeHead(wrong.status ?? (wrong.code === 'ENOENT' ? 404 : 500), { 'content-type': 'application/json' }); response.end(JSON.stringify(wrong.body ?? { error: { code: 'fault', field: null, sentence: String(wrong), remedy: null, request: null } })); });
}).listen(Number(process.env.PORT ?? 8099), '127.0.0.1');

setInterval(() => {
  const post = POSTS[Math.floor(Math.random() * POSTS.length)];
  post.checks++;
  if (Date.now() - Date.parse(perMinute.at(-1).at) > 60_000) { perMinute.shift(); perMinute.push({ at: new Date().toISOString(), n: 0 }); }
  perMinute.at(-1).n++;
  checks.unshift({ id: randomUUID(), asked_at: new Date().toISOString(), post: post.id, purpose: 'border_control', kinds: Math.random() < 0.6 ? ['document', 'person'] : ['vehicle'], grade: 'nothing_found', hits: 0, officer: 'Rui Salgado' });
  checks.length = Math.min(checks.length, 300);
  tell('checks', { n: 1 });
}, 700);
