/** This phone as an enrolled device: a key that no script can read out, and the token that is worth nothing without it. */
import { Refused, Unreachable, useSigner } from '../shared/client';
import { words } from '../shared/words.svelte';

interface Held { id: string; name: string; keys: CryptoKeyPair; jwk: JsonWebKey; token: string | null; endsAt: number; ahead: number }
interface Given { device: string; name: string; token: string | null; ends_at: string; at: string }

const KEPT_AS = 'tripoint.device'; // 'here' or 'resting': whether to look into the store at all; nothing else stands there
const RENEW_BEFORE = 10 * 60 * 1000;
let held: Held | null = null;

/** Whether this phone was enrolled, and whether it is in use or its officer has signed out. */
export const standing = (): 'here' | 'resting' | null => localStorage.getItem(KEPT_AS) as 'here' | 'resting' | null;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('tripoint-device', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('device');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('no store'));
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('device', mode);
      const asked = work(transaction.objectStore('device'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('no store'));
    });
  } finally {
    database.close();
  }
}

const text = (bytes: ArrayBuffer | Uint8Array): string => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const coded = (value: unknown): string => text(new TextEncoder().encode(JSON.stringify(value)));

/** The proof for one request (RFC 9449): method, address, moment by the hub's clock, a number used once, the token's digest. */
async function proof(device: Pick<Held, 'keys' | 'jwk' | 'ahead'>, method: string, path: string, secret: string): Promise<string> {
  const { kty, crv, x, y } = device.jwk;
  const ath = text(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)));
  const said = { htm: method, htu: location.origin + path.split('?')[0], iat: Math.floor((Date.now() + device.ahead) / 1000), jti: crypto.randomUUID(), ath };
  const signed = `${coded({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })}.${coded(said)}`;
  return `${signed}.${text(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, device.keys.privateKey, new TextEncoder().encode(signed)))}`;
}

/** A call without a token yet; the same errors as any other call of the page. */
async function ask<T>(path: string, body: unknown, dpop?: string): Promise<T> {
  let answer: Response;
  try {
    const headers = { 'content-type': 'application/json', 'accept-language': words.language, ...(dpop ? { dpop } : {}) };
    answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(20_000) });
  } catch (cause) {
    throw new Unreachable(words.t('error-unreachable'), { cause });
  }
  if (answer.ok) return (await answer.json()) as T;
  if ([502, 503, 504].includes(answer.status)) throw new Unreachable(words.t('error-unreachable'));
  throw new Refused(answer.status, ((await answer.json()) as { error: ConstructorParameters<typeof Refused>[1] }).error);
}

async function keep(device: Held, given: Given): Promise<Held> {
  const at = Date.parse(given.at);
  held = { ...device, id: given.device, name: given.name, token: given.token, endsAt: Date.parse(given.ends_at), ahead: at - Date.now() };
  await inStore('readwrite', (store) => store.put(held, 'this'));
  localStorage.setItem(KEPT_AS, 'here');
  return held;
}

/** Take an invitation: make a key, show its public part. True when the device is awake, false while its officer must confirm it. */
export async function enrol(code: string): Promise<boolean> {
  if (!globalThis.crypto?.subtle) throw new Unreachable(words.t('enrol-insecure'));
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair;
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const fresh: Held = { id: '', name: '', keys, jwk: { kty, crv, x, y }, token: null, endsAt: 0, ahead: 0 };
  const path = '/api/devices/enrolment';
  const given = await ask<Given>(path, { code, key: fresh.jwk }, await proof(fresh, 'POST', path, code));
  return (await keep(fresh, given)).token !== null;
}

/** A new token by signing the hub's challenge. True when there is one, false while the device sleeps. */
export async function renew(): Promise<boolean> {
  const device = held ?? ((await inStore('readonly', (store) => store.get('this'))) as Held | undefined);
  if (!device) return false;
  const { challenge, at } = await ask<{ challenge: string; at: string }>(`/api/devices/${device.id}/challenge`, {});
  const path = `/api/devices/${device.id}/token`;
  const right = { ...device, ahead: Date.parse(at) - Date.now() };
  return (await keep(right, await ask<Given>(path, { challenge }, await proof(right, 'POST', path, challenge)))).token !== null;
}

/** Sign every request from here on, with a token that is good for a while yet. */
async function sign(method: string, path: string): Promise<Record<string, string>> {
  if (held && (!held.token || held.endsAt - RENEW_BEFORE < Date.now() + held.ahead)) await renew();
  if (!held?.token) return {};
  return { authorization: `DPoP ${held.token}`, dpop: await proof(held, method, path, held.token) };
}

/** Let this device act, where it is enrolled and in use; a phone that is not enrolled is not even asked for its store. */
export async function enter(): Promise<void> {
  if (standing() !== 'here') return;
  held = ((await inStore('readonly', (store) => store.get('this'))) as Held | undefined) ?? null;
  if (held) useSigner(sign);
}

/** The officer comes back to his device after signing out of it. */
export async function comeBack(): Promise<void> {
  localStorage.setItem(KEPT_AS, 'here');
  await enter();
}

/** The officer has signed out: the device keeps its key and signs nothing until he comes back. */
export async function rest(): Promise<void> {
  useSigner(null);
  if (!held) return;
  await inStore('readwrite', (store) => store.put({ ...held, token: null, endsAt: 0 }, 'this'));
  localStorage.setItem(KEPT_AS, 'resting');
  held = null;
}

/** The hub knows this device no more: its key is thrown away, and the page signs in as any other. */
export async function forget(): Promise<void> {
  useSigner(null);
  held = null;
  localStorage.removeItem(KEPT_AS);
  await inStore('readwrite', (store) => store.delete('this'));
}
