/** One check from the moment it is sent until its answer: the same id for every attempt, so nothing is lost or doubled. */
import { get, post, Refused, Unreachable } from '../shared/client';
import type { Answer, CheckRequest, Hit } from '../shared/contract';
import { listen, paced } from '../shared/feed';
import { endedSession } from '../shared/session.svelte';

export type Phase = 'form' | 'sending' | 'unanswered' | 'answered';
const STILL_ANSWERING = 409;

class Sending {
  phase = $state<Phase>('form');
  request = $state.raw<CheckRequest | null>(null);
  answer = $state.raw<Answer | null>(null);
  wrong = $state.raw<unknown>(null);
  /** How the hits of this answer stand now, as their owners decide. */
  hits = $state.raw<Record<string, Hit>>({});
  #stop: (() => void) | null = null;

  async send(request: CheckRequest): Promise<void> {
    this.request = request;
    this.phase = 'sending';
    this.wrong = null;
    try {
      this.answer = await post<Answer>('/api/checks', request);
      this.phase = 'answered';
      this.#follow(this.answer);
    } catch (wrong) {
      this.wrong = wrong;
      const open = wrong instanceof Unreachable || (wrong instanceof Refused && wrong.status === STILL_ANSWERING) || endedSession(wrong);
      this.phase = open ? 'unanswered' : 'form';
    }
  }

  /** Send the unanswered check once more, with its first id. */
  async again(): Promise<void> {
    if (this.request) await this.send(this.request);
  }

  /** Watch the hits of an answer, so that the officer sees the owner's decision. */
  #follow(answer: Answer): void {
    this.#stop?.();
    if (!answer.hits.length) return;
    const ours = new Set(answer.hits.map(({ id }) => id));
    const look = paced(() => void this.#refresh([...ours]), 500);
    this.#stop = listen({ hit: (id) => { if (ours.has(id)) look(); }, connected: (live) => { if (live) look(); } });
  }

  async #refresh(ids: string[]): Promise<void> {
    try {
      const hits = await Promise.all(ids.map((id) => get<Hit>(`/api/hits/${id}`)));
      this.hits = Object.fromEntries(hits.map((hit) => [hit.id, hit]));
    } catch (wrong) {
      if (endedSession(wrong)) return;
      // Not every officer may read the desk; the answer itself stands without it.
      if (!(wrong instanceof Refused || wrong instanceof Unreachable)) throw wrong;
    }
  }

  /** Back to the form; the next check gets its own id. */
  clear(): void {
    this.#stop?.();
    this.#stop = null;
    this.phase = 'form';
    this.request = this.answer = this.wrong = null;
    this.hits = {};
  }
}
export const sending = new Sending();
