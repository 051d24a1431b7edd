/** Reports on their way: kept on this phone until the hub has them, sent with the id they were written with, never doubled. */
import { post, Refused, Unreachable } from '../../shared/client';
import type { Problem } from '../../shared/contract';
import type { Draft } from '../../shared/forms/draft';
import type { Filing, OccurrenceKind } from '../../shared/forms/model';
import { endedSession } from '../../shared/session.svelte';
import { type Vault, vaultOf } from './vault';

export type Standing = 'draft' | 'waiting' | 'sent' | 'refused';
export interface Entry {
  id: string; kind: OccurrenceKind; plural: string; state: Standing; at: string;
  /** What was written, for going on with it; nothing of it stays once the hub has it. */
  draft: Draft | null; filing: Filing | null; problem: Problem | null;
}
const AGAIN_MS = 20_000;
const KEPT_SENT = 20;
/** The hub is busy or asks for patience: the same report is sent again later. */
const LATER = new Set([408, 425, 429, 500]);

class Outbox {
  entries = $state.raw<readonly Entry[]>([]);
  sending = $state(false);
  lasting = $state(true);
  #vault: Vault<Entry> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What would be lost if this phone forgot everything now. */
  get unsent(): number {
    return this.entries.filter(({ state }) => state !== 'sent').length;
  }

  get waiting(): number {
    return this.entries.filter(({ state }) => state === 'waiting').length;
  }

  /** Open the officer's own outbox and send what waits in it; returns how to close it, which leaves everything where it is. */
  open(officer: string): () => void {
    const onOnline = (): void => void this.send();
    void this.#load(officer);
    addEventListener('online', onOnline);
    return () => { removeEventListener('online', onOnline); clearTimeout(this.#timer); this.#vault = null; this.entries = []; };
  }

  async #load(officer: string): Promise<void> {
    const vault = await vaultOf<Entry>(officer);
    this.#vault = vault;
    this.lasting = vault.lasting;
    this.entries = (await vault.all()).sort((a, b) => b.at.localeCompare(a.at));
    void this.send();
  }

  async #keep(entry: Entry): Promise<void> {
    this.entries = [entry, ...this.entries.filter(({ id }) => id !== entry.id)].sort((a, b) => b.at.localeCompare(a.at));
    await this.#vault?.put(entry.id, entry);
  }

  /** Keep what has been written so far, so that a phone that falls asleep loses nothing. */
  async keepDraft(draft: Draft, plural: string): Promise<void> {
    const before = this.entries.find(({ id }) => id === draft.id);
    if (before && before.state !== 'draft' && before.state !== 'refused') return; // on its way already
    await this.#keep({ id: draft.id, kind: draft.kind, plural, state: before?.state ?? 'draft', at: before?.at ?? new Date().toISOString(), draft, filing: null, problem: before?.problem ?? null });
  }

  /** A finished report waits from now on, and is sent as soon as the hub can be reached. */
  async file(draft: Draft, filing: Filing, plural: string): Promise<void> {
    await this.#keep({ id: filing.id, kind: draft.kind, plural, state: 'waiting', at: new Date().toISOString(), draft, filing, problem: null });
    await this.send();
  }

  /** Send everything that waits, the oldest first, until the hub cannot be reached. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.sending || !this.#vault) return;
    this.sending = true;
    try {
      for (const entry of this.entries.filter(({ state }) => state === 'waiting').toReversed()) if (!(await this.#sendOne(entry))) break;
    } finally {
      this.sending = false;
    }
    if (this.waiting) this.#timer = setTimeout(() => void this.send(), AGAIN_MS);
  }

  /** Send one; false where there is no use in going on. */
  async #sendOne(entry: Entry): Promise<boolean> {
    try {
      await post(`/api/${entry.plural}`, entry.filing);
      await this.#keep({ ...entry, state: 'sent', draft: null, filing: null, problem: null });
      await this.#thin();
    } catch (wrong) {
      if (endedSession(wrong) || wrong instanceof Unreachable) return false;
      if (!(wrong instanceof Refused)) throw wrong;
      if (LATER.has(wrong.status) || wrong.problem.code === 'still_answering') return false;
      await this.#keep({ ...entry, state: 'refused', problem: wrong.problem });
    }
    return true;
  }

  /** Only the last few that were sent are still listed, by kind and time alone. */
  async #thin(): Promise<void> {
    const old = this.entries.filter(({ state }) => state === 'sent').slice(KEPT_SENT);
    for (const { id } of old) await this.drop(id);
  }

  async drop(id: string): Promise<void> {
    this.entries = this.entries.filter((entry) => entry.id !== id);
    await this.#vault?.drop(id);
  }

  /** How to throw everything of this officer away once he has signed out, when the outbox is closed already. */
  emptier(): () => Promise<void> {
    const vault = this.#vault;
    return async () => { await vault?.empty(); };
  }
}
export const outbox = new Outbox();
