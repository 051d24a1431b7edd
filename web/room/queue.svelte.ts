/** The hit desk's queue: hits of the chosen side and state, those due first on top. */
import { get, withQuery } from '../shared/client';
import type { Hit, HitState, Side } from '../shared/contract';
import { paced } from '../shared/feed';
import { endedSession } from '../shared/session.svelte';

export type SideChoice = Side | 'all';
export type StateChoice = HitState | 'open' | 'all';
const PAGE = 100;

/** The hub's states behind a choice; "open" is everything not yet decided. */
const statesOf = (choice: StateChoice): (HitState | null)[] => (choice === 'open' ? ['referred', 'new'] : [choice === 'all' ? null : choice]);

/** Overdue and due first, by their clocks; then those without a clock, the newest first. */
export function byUrgency(a: Hit, b: Hit): number {
  const due = (hit: Hit) => (hit.due_at && !hit.decided_at ? Date.parse(hit.due_at) : Infinity);
  const [dueA, dueB] = [due(a), due(b)];
  if (dueA !== dueB) return dueA - dueB;
  return Date.parse(b.raised_at) - Date.parse(a.raised_at);
}

export class Queue {
  side = $state<SideChoice>('all');
  state = $state<StateChoice>('open');
  hits = $state.raw<Hit[]>([]);
  more = $state(false);
  loaded = $state(false);
  wrong = $state.raw<unknown>(null);
  #limit = PAGE;
  #turn = 0;

  readonly refresh = paced(() => void this.#fetch());

  /** Another side or state: the list starts again. */
  choose(side: SideChoice, state: StateChoice): void {
    if (this.loaded && side === this.side && state === this.state) return;
    [this.side, this.state, this.#limit, this.loaded] = [side, state, PAGE, false];
    void this.#fetch();
  }

  longer(): void {
    this.#limit += PAGE;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const turn = ++this.#turn;
    const side = this.side === 'all' ? null : this.side;
    try {
      const pages = await Promise.all(statesOf(this.state).map((state) => get<{ hits: Hit[]; next: string | null }>(withQuery('/api/hits', { side, state, limit: this.#limit }))));
      if (turn !== this.#turn) return; // a later question was asked meanwhile
      this.hits = pages.flatMap(({ hits }) => hits).sort(byUrgency);
      this.more = pages.some(({ next }) => next !== null);
      this.loaded = true;
      this.wrong = null;
    } catch (wrong) {
      if (!endedSession(wrong)) this.wrong = wrong;
    }
  }
}
