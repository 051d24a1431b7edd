/** What the whole room knows: figures, freshness of the sets, the live state, the chosen operation and post. */
import { getByItself, withQuery } from '../shared/client';
import type { Figures, Health, Hit, SetHealth } from '../shared/contract';
import { type Change, listen, paced } from '../shared/feed';
import { endedSession, signedIn } from '../shared/session.svelte';
import { announce, announceReading } from './announcements';
import { health } from './freshness';

type HitListener = (id: string, change: Change | null) => void;

class Room {
  operation = $state<string | null>(null);
  post = $state<string | null>(null);
  figures = $state.raw<Figures | null>(null);
  health = $state.raw<(Health & { sets: SetHealth[] }) | null>(null);
  live = $state(false);
  wrong = $state.raw<unknown>(null);
  #listeners = new Set<HitListener>();
  #told = new Set<() => void>();

  /** The chosen operation of the session. */
  get chosen() {
    return signedIn.session?.operations.find(({ id }) => id === this.operation) ?? null;
  }

  /** Tell `work` of every change of a hit; with null when anything may have been missed. Returns how to stop. */
  onHit(work: HitListener): () => void {
    this.#listeners.add(work);
    return () => this.#listeners.delete(work);
  }

  /** Tell `work` of every change of a request of two people or of an emergency. Returns how to stop. */
  onTold(work: () => void): () => void {
    this.#told.add(work);
    return () => this.#told.delete(work);
  }

  readonly refresh = paced(() => void this.#fetch());

  async #fetch(): Promise<void> {
    if (!signedIn.session) return; // a look that was put off, and whoever wanted it has left
    try {
      this.figures = await getByItself<Figures>(withQuery('/api/room/figures', { operation: this.operation }));
      this.wrong = null;
    } catch (wrong) {
      if (!endedSession(wrong)) this.wrong = wrong;
    }
  }

  /** Ask how fresh the lists are; only when somebody looks. */
  async askFreshness(): Promise<void> {
    try {
      this.health = await health();
    } catch (wrong) {
      if (!endedSession(wrong)) this.wrong = wrong;
    }
  }

  #changed(id: string, change: Change): void {
    this.refresh();
    for (const work of this.#listeners) work(id, change);
    void this.#tell(id, change);
  }

  async #tell(id: string, change: Change): Promise<void> {
    try {
      announce(await getByItself<Hit>(`/api/hits/${id}`), change);
    } catch (wrong) {
      if (!endedSession(wrong)) this.wrong = wrong;
    }
  }

  /** Start listening for this session; returns how to stop. */
  open(): () => void {
    this.operation = signedIn.session?.operations[0]?.id ?? null;
    const stop = listen({
      checks: () => this.refresh(),
      hit: (id, change) => this.#changed(id, change),
      overRead: announceReading,
      told: () => { for (const work of this.#told) work(); },
      connected: (live) => {
        this.live = live;
        if (!live) return;
        this.refresh();
        for (const work of this.#listeners) work('', null);
      },
    });
    this.refresh();
    const timer = setInterval(() => this.refresh(), 60_000);
    return () => { stop(); clearInterval(timer); this.live = false; this.figures = null; this.health = null; };
  }

  choose(operation: string | null): void {
    this.operation = operation;
    this.post = null;
    this.refresh();
    for (const work of this.#listeners) work('', null);
  }
}
export const room = new Room();
