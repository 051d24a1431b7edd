/** Calls to the hub: JSON, cookies, the anti-forgery header, one shape of error. */
import type { Problem } from './contract';
import { words } from './words.svelte';

/** The hub answered with an error: a sentence for a person, and often a remedy. */
export class Refused extends Error {
  constructor(readonly status: number, readonly problem: Problem) {
    super(problem.sentence);
  }
}

/** No answer came: no network, or the hub is away. What was asked may or may not have arrived. */
export class Unreachable extends Error {}

let forgeryToken = '';
/** Remember the session's token; every call that changes something sends it. */
export const useToken = (token: string): void => void (forgeryToken = token);

/** How an enrolled device signs a request: the headers that prove its key. */
export type Signer = (method: string, path: string) => Promise<Record<string, string>>;
let signer: Signer | null = null;
/** Let an enrolled device sign every call from here on; null for none. */
export const useSigner = (sign: Signer | null): void => void (signer = sign);
/** The headers of a device for a call; none where none is enrolled. */
export const signature = (): Signer | null => signer;

let reads = new AbortController();
/** Break off what is being read: whoever signs out leaves nothing under way that would be refused afterwards. */
export function abandonReads(): void {
  reads.abort();
  reads = new AbortController();
}

function request(method: string, body: unknown, more: Record<string, string>): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': words.language, ...more };
  if (method !== 'GET' && forgeryToken) headers['x-csrf-token'] = forgeryToken;
  if (body === undefined) return { method, headers, credentials: 'same-origin', cache: 'no-store' };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body), credentials: 'same-origin', cache: 'no-store' };
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as { error?: Problem };
    if (error?.sentence) return error;
  } catch {
    // Not the hub's own error (a proxy's page, say): told below by its status.
  }
  return { code: `http_${response.status}`, field: null, sentence: words.t('error-status', { status: response.status }), remedy: words.t('error-try-again'), request: null };
}

let prover: (() => Promise<boolean>) | null = null;
/** How a person proves himself anew when an act wants it; true when he did, and the act is sent again. */
export const useProver = (ask: () => Promise<boolean>): void => void (prover = ask);

/** The keys of acts that had no answer yet: the same act sent again bears the same key, and the hub does it once. */
const unanswered = new Map<string, string>();

/** What becomes of an answer: JSON nearly always, the bytes of a file now and then. */
type Reader = (response: Response) => Promise<unknown>;
const asJson: Reader = (response) => response.json();
const asBytes: Reader = (response) => response.arrayBuffer();

async function call<T>(method: string, path: string, body?: unknown, seconds = 20, more: Record<string, string> = {}, read = asJson): Promise<T> {
  if (method === 'GET') return proven<T>(method, path, body, seconds, more, read);
  const act = `${method} ${path} ${JSON.stringify(body)}`;
  const key = unanswered.get(act) ?? crypto.randomUUID();
  unanswered.set(act, key);
  try {
    const answer = await proven<T>(method, path, body, seconds, { ...more, 'idempotency-key': key }, read);
    unanswered.delete(act);
    return answer;
  } catch (wrong) {
    const open = wrong instanceof Unreachable || (wrong instanceof Refused && wrong.problem.code === 'still_answering');
    if (!open) unanswered.delete(act);
    throw wrong;
  }
}

async function proven<T>(method: string, path: string, body: unknown, seconds: number, more: Record<string, string>, read: Reader): Promise<T> {
  try {
    return await once<T>(method, path, body, seconds, more, read);
  } catch (wrong) {
    if (wrong instanceof Refused && wrong.problem.code === 'step_up_needed' && prover && (await prover())) return once<T>(method, path, body, seconds, more, read);
    throw wrong;
  }
}

async function once<T>(method: string, path: string, body: unknown, seconds: number, more: Record<string, string>, read: Reader): Promise<T> {
  const response = await answerTo(method, path, body, seconds, more);
  return response.status === 204 ? (undefined as T) : ((await read(response)) as T);
}

/** The hub's answer, that nothing changed among them; anything else is thrown. */
async function answerTo(method: string, path: string, body: unknown, seconds: number, more: Record<string, string>): Promise<Response> {
  let response: Response;
  const proof = signer ? await signer(method, path) : {};
  const abandoned = method === 'GET' ? reads.signal : new AbortController().signal;
  try {
    response = await fetch(path, { ...request(method, body, { ...more, ...proof }), signal: AbortSignal.any([abandoned, AbortSignal.timeout(seconds * 1000)]) });
  } catch (cause) {
    if (abandoned.aborted) return new Promise<Response>(() => {}); // nobody waits for it any more
    throw new Unreachable(words.t('error-unreachable'), { cause });
  }
  if (!response.ok && response.status !== 304) {
    // A gateway that cannot reach the hub is the same to the officer as no network.
    if ([502, 503, 504].includes(response.status)) throw new Unreachable((await problemOf(response)).sentence);
    throw new Refused(response.status, await problemOf(response));
  }
  return response;
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);
/** The same with the reason why a person's record is opened, which stands in no address. */
export const getBecause = <T>(path: string, reason: string): Promise<T> => call<T>('GET', path, undefined, 20, { 'x-reason': encodeURIComponent(reason) });
/** A reading the page does on its own: it shows no person is there, so the session's idle time runs on. */
export const getByItself = <T>(path: string): Promise<T> => call<T>('GET', path, undefined, 20, { 'x-by-itself': 'yes' });
/** The same, only where it changed since the answer that bore `tag`; null where it did not. */
export async function getIfChanged<T>(path: string, tag: string | null): Promise<{ body: T; tag: string | null } | null> {
  const response = await answerTo('GET', path, undefined, 20, { 'x-by-itself': 'yes', ...(tag ? { 'if-none-match': tag } : {}) });
  return response.status === 304 ? null : { body: (await response.json()) as T, tag: response.headers.get('etag') };
}
export const post = <T>(path: string, body?: unknown): Promise<T> => call<T>('POST', path, body);
/** A file, such as a measured surface; a file made of what is sent, such as a report. Both may take longer than a line of JSON. */
export const getBytes = (path: string): Promise<ArrayBuffer> => call<ArrayBuffer>('GET', path, undefined, 40, {}, asBytes);
export const postForBytes = (path: string, body: unknown): Promise<ArrayBuffer> => call<ArrayBuffer>('POST', path, body, 60, {}, asBytes);
/** The same as `post` for what the hub needs longer for, such as a large scan. */
export const postSlowly = <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body, 120);
export const put = <T>(path: string, body?: unknown): Promise<T> => call<T>('PUT', path, body);
export const remove = <T>(path: string): Promise<T> => call<T>('DELETE', path);

/** A path with the parameters that have a value. */
export function withQuery(path: string, values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** What to show a person for anything that went wrong: the sentence and, where there is one, the remedy. */
export function told(wrong: unknown): { sentence: string; remedy: string | null; field: string | null } {
  if (wrong instanceof Refused) return wrong.problem;
  if (wrong instanceof Unreachable) return { sentence: wrong.message, remedy: words.t('error-try-again'), field: null };
  return { sentence: words.t('error-page', { detail: String(wrong) }), remedy: words.t('error-reload'), field: null };
}
