/** The lines of one kind as the filters of the address ask for them, page by page. */
import { get, getByItself, withQuery } from '../../shared/client';
import type { Form } from '../../shared/forms/model';
import { paced } from '../../shared/feed';
import { endedSession } from '../../shared/session.svelte';
import { room } from '../room.svelte';
import type { Line } from './contract';

const PAGE = 100;

export class Lines {
  list = $state.raw<readonly Line[]>([]);
  next = $state<string | null>(null);
  loaded = $state(false);
  wrong = $state.raw<unknown>(null);
  #form: Form | null = null;
  #filters: Record<string, string> = {};
  #asked = 0;

  /** Begin again with this form and these filters. */
  choose(form: Form, query: URLSearchParams): void {
    const filters = { ...Object.fromEntries(query), ...(room.operation ? { operation: room.operation } : {}) };
    [this.#form, this.#filters, this.loaded, this.list] = [form, filters, false, []];
    void this.load(null);
  }

  /** Something was reported: look again, unless the reader has gone on to later pages. */
  readonly refresh = paced(() => { if (this.loaded && this.list.length <= PAGE) void this.load(null, getByItself); }, 2000);

  async load(after: string | null, ask: typeof get = get): Promise<void> {
    if (!this.#form) return;
    const turn = ++this.#asked;
    try {
      const page = await ask<{ occurrences: Line[]; next: string | null }>(withQuery(`/api/${this.#form.plural}`, { ...dated(this.#filters), after, limit: PAGE }));
      if (turn !== this.#asked) return; // another kind was chosen meanwhile
      this.list = after ? [...this.list, ...page.occurrences] : page.occurrences;
      [this.next, this.loaded, this.wrong] = [page.next, true, null];
    } catch (trouble) {
      if (!endedSession(trouble)) this.wrong = trouble;
    }
  }
}

/** Days of the filters as moments: a period ends with the end of its last day. */
function dated(filters: Record<string, string>): Record<string, string> {
  const { from, to } = filters;
  const ends = to ? new Date(new Date(`${to}T00:00`).getTime() + 86_400_000).toISOString() : undefined;
  return { ...filters, ...(from ? { from: new Date(`${from}T00:00`).toISOString() } : {}), ...(ends ? { to: ends } : {}) };
}
