/** What the whole room knows: figures, freshness of the sets, the live state, the chosen operation and post. */
import { getByItself, withQuery } from '../shared/client';
import type { Figures, Health, Hit, SetHealth } from '../shared/contract';
import { type Change, listen, paced } from '../shared/feed';
import { endedSession, signedIn } from '../shared/session.svelte';
import { announce, announceReading } from './announcements';
import { health } from './freshness';
import { here } from './place.svelte';

type HitListener = (id: string, change: Change | null) => void;

class Room {
  operation = $state<string | null>(null);
  /** Hits that wait for a decision, of the chosen operation. */
  waiting = $state(0);
  figures = $state.raw<Figures | null>(null);
  health = $state.raw<(Health & { sets: SetHealth[] }) | null>(null);
  live = $state(false);
  wrong = $state.raw<unknown>(null);
  #listeners = new Set<HitListener>();
  #told = new Set<() => void>();
  #watchers = new Set<() => void>();
  #reported = new Set<() => void>();

  /** The chosen operation of the session. */
  get chosen() {
    return signedIn.session?.operations.find(({ id }) => id === this.operation) ?? null;
  }

  /** The post that the address names: what the overview shows is of this one alone. */
  get post(): string | null {
    return here.query.get('post');
  }
  set post(id: string | null) {
    here.set({ post: id });
  }

  /** Tell `work` of whatever may change a figure, instead of counting here. Returns how to stop. */
  onAnything(work: () => void): () => void {
    this.#watchers.add(work);
    // Put off: while a page is torn down, what it reads is still what it was, a session that has ended among it.
    return () => { this.#watchers.delete(work); queueMicrotask(this.refresh); };
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

  /** Tell `work` of every report that came, changed, or may have been missed. Returns how to stop. */
  onReported(work: () => void): () => void {
    this.#reported.add(work);
    return () => this.#reported.delete(work);
  }

  readonly refresh = paced(() => void this.#fetch());

  /** Something happened: whoever shows the live picture counts anew, else the figures do. */
  #happened(): void {
    if (this.#watchers.size) for (const work of this.#watchers) work();
    else this.refresh();
  }

  async #fetch(): Promise<void> {
    if (!signedIn.may('read_room') || this.#watchers.size) return; // a look that was put off, and whoever wanted it has left
    try {
      this.figures = await getByItself<Figures>(withQuery('/api/room/figures', { operation: this.operation }));
      this.waiting = this.figures.hits.new + this.figures.hits.referred;
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
    this.#happened();
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
    const known = signedIn.session?.operations ?? [];
    this.operation = (known.find(({ id }) => id === here.query.get('operation')) ?? known[0])?.id ?? null;
    if (!signedIn.may('follow_feed')) return () => undefined;
    const stop = listen({
      checks: () => this.#happened(),
      reported: () => { this.#happened(); for (const work of this.#reported) work(); },
      hit: (id, change) => this.#changed(id, change),
      overRead: announceReading,
      told: () => { for (const work of this.#told) work(); },
      connected: (live) => {
        this.live = live;
        if (!live) return;
        this.#happened();
        for (const work of this.#listeners) work('', null);
        for (const work of this.#reported) work();
      },
    });
    this.#happened();
    const timer = setInterval(() => this.#happened(), 60_000);
    return () => { stop(); clearInterval(timer); this.live = false; this.figures = null; this.health = null; };
  }

  /** An address names an operation: show that one, where the reader takes part in it. */
  follow(operation: string): void {
    if (operation === this.operation || !signedIn.session?.operations.some(({ id }) => id === operation)) return;
    this.operation = operation;
    for (const work of this.#listeners) work('', null);
  }

  choose(operation: string | null): void {
    this.operation = operation;
    // Another operation has other posts and other days; what is shown of it stands in the address.
    if (here.page === '') here.set({ operation, post: null, party: null, from: null, to: null, zoom: null });
    this.#happened();
    for (const work of this.#listeners) work('', null);
  }
}
export const room = new Room();
