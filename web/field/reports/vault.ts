/** Where reports wait on this phone: sealed with a key that no script can read out, each officer's own. */

/** What is kept of one report: nobody reads it without the officer's key, which never leaves this browser. */
interface Sealed { officer: string; iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }
/** A place to keep things by id. */
export interface Vault<T> {
  /** False where this phone can keep nothing: what is written is lost with the page. */
  readonly lasting: boolean;
  all(): Promise<T[]>;
  put(id: string, thing: T): Promise<void>;
  drop(id: string): Promise<void>;
  /** Throw everything of this officer away, and the key. */
  empty(): Promise<void>;
}

const NAME = 'tripoint-reports';

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore('keys'); asked.result.createObjectStore('sealed'); };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('no store'));
  });
}

async function within<T>(stores: string[], mode: IDBTransactionMode, work: (transaction: IDBTransaction) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const asked = work(transaction);
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('no store'));
    });
  } finally {
    database.close();
  }
}

async function keyOf(officer: string): Promise<CryptoKey> {
  const kept = await within<CryptoKey | undefined>(['keys'], 'readonly', (work) => work.objectStore('keys').get(officer));
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await within(['keys'], 'readwrite', (work) => work.objectStore('keys').put(fresh, officer));
  return fresh;
}

class Kept<T> implements Vault<T> {
  readonly lasting = true;
  constructor(readonly officer: string, private readonly key: CryptoKey) {}

  async all(): Promise<T[]> {
    const held = await within<Sealed[]>(['sealed'], 'readonly', (work) => work.objectStore('sealed').getAll() as IDBRequest<Sealed[]>);
    return Promise.all(held.filter(({ officer }) => officer === this.officer).map((one) => this.#open(one)));
  }

  async #open({ iv, bytes }: Sealed): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.key, bytes))) as T;
  }

  async put(id: string, thing: T): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, new TextEncoder().encode(JSON.stringify(thing)));
    await within(['sealed'], 'readwrite', (work) => work.objectStore('sealed').put({ officer: this.officer, iv, bytes } satisfies Sealed, id));
  }

  async drop(id: string): Promise<void> {
    await within(['sealed'], 'readwrite', (work) => work.objectStore('sealed').delete(id));
  }

  async empty(): Promise<void> {
    await within(['keys', 'sealed'], 'readwrite', (work) => {
      const each = work.objectStore('sealed').openCursor();
      each.onsuccess = () => {
        const at = each.result;
        if (!at) return;
        if ((at.value as Sealed).officer === this.officer) at.delete();
        at.continue();
      };
      return work.objectStore('keys').delete(this.officer);
    });
  }
}

class InMemory<T> implements Vault<T> {
  readonly lasting = false;
  readonly #held = new Map<string, T>();
  all = (): Promise<T[]> => Promise.resolve([...this.#held.values()]);
  put = (id: string, thing: T): Promise<void> => Promise.resolve(void this.#held.set(id, thing));
  drop = (id: string): Promise<void> => Promise.resolve(void this.#held.delete(id));
  empty = (): Promise<void> => Promise.resolve(this.#held.clear());
}

/** The officer's own place on this phone; one in memory where the browser keeps nothing or the page came without encryption. */
export async function vaultOf<T>(officer: string): Promise<Vault<T>> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return new InMemory<T>();
  try {
    return new Kept<T>(officer, await keyOf(officer));
  } catch (closed) {
    if (closed instanceof DOMException) return new InMemory<T>(); // a private window, or a full phone: the page says so
    throw closed;
  }
}
