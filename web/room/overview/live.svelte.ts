/** The live picture on the page: asked for when something happened, at most every 0.8 s, and only what changed is sent. */
import { getIfChanged, Unreachable, withQuery } from '../../shared/client';
import { paced } from '../../shared/feed';
import { endedSession, signedIn } from '../../shared/session.svelte';
import { here } from '../place.svelte';
import { room } from '../room.svelte';
import { type Changed, merged, type Picture, type Wanted, wantedOf } from './picture';

const PAUSE = 800;
const TRY_AGAIN = 3000;

export class Live {
  picture = $state.raw<Picture | null>(null);
  wrong = $state.raw<unknown>(null);
  wanted = $derived<Wanted>(wantedOf(here.query, room.operation));
  #path = $derived(withQuery('/api/room/live', { ...this.wanted }));
  #tag: string | null = null;
  #asked = '';
  #left = false;
  #again = false;

  readonly #paced = paced(() => void this.#fetch(), PAUSE);

  /** Something happened. The hub may remember a count of half a second ago, so what is asked now is asked once again. */
  happened(): void {
    this.#again = true;
    this.#paced();
  }

  /** Keep the picture as the address wants it; call within an effect. Returns how to stop. */
  open(): () => void {
    this.#left = false;
    const stop = room.onAnything(() => this.happened());
    return () => { this.#left = true; stop(); };
  }

  /** The address wants something else: ask at once. */
  follow(): void {
    void this.#path;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (!signedIn.session || this.#left) return; // a look that was put off, and the page is left
    const [path, again] = [this.#path, this.#again];
    this.#again = false;
    if (path !== this.#asked) [this.#asked, this.#tag] = [path, null];
    try {
      const answer = await getIfChanged<Changed>(path, this.#tag);
      if (this.#left || path !== this.#path) return; // something else is wanted meanwhile
      if (answer) this.#take(answer.body, answer.tag);
      this.wrong = null;
    } catch (wrong) {
      if (this.#left) return;
      if (!endedSession(wrong)) this.wrong = wrong;
      if (wrong instanceof Unreachable) setTimeout(() => this.happened(), TRY_AGAIN);
    }
    if (again) this.#paced();
  }

  #take(changed: Changed, tag: string | null): void {
    this.picture = merged(this.#tag ? this.picture : null, changed);
    this.#tag = tag;
    room.waiting = this.picture.hits.waiting;
  }
}
