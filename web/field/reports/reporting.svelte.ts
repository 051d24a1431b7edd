/** What the officer's reports page is doing: the list of kinds, a form being filled, or what became of it. */
import { definitions } from '../../shared/forms/definitions.svelte';
import { type Draft, emptyReport, nextOf, toFiling } from '../../shared/forms/draft';
import type { OccurrenceKind } from '../../shared/forms/model';
import { pathOf, stepOf, stepsOf } from '../../shared/forms/rules';
import { uuid7 } from '../../shared/identifiers';
import { type Entry, outbox } from './outbox.svelte';

/** The draft as plain values, apart from what the page goes on changing. */
const plain = (draft: Draft): Draft => JSON.parse(JSON.stringify(draft)) as Draft;
type Place = { operation: string | null; post: string | null };

class Reporting {
  draft = $state<Draft | null>(null);
  /** The id of the report that has just been finished. */
  done = $state<string | null>(null);
  #last = $state.raw<Draft | null>(null);

  get form() {
    return this.draft ? definitions.of(this.draft.kind) : undefined;
  }

  begin(kind: OccurrenceKind, place: Place): void {
    this.done = null;
    this.draft = emptyReport(kind, uuid7(), place, new Date());
  }

  /** The next person of the same group: what the group has in common stays. */
  next(): void {
    const form = this.#last && definitions.of(this.#last.kind);
    if (!form || !this.#last) return;
    this.done = null;
    this.draft = nextOf(form, this.#last, uuid7(), new Date());
  }

  /** Whether the finished report has anything that the next one would keep. */
  get keeps(): boolean {
    const form = this.#last && definitions.of(this.#last.kind);
    return Boolean(form && this.#last && Object.keys(nextOf(form, this.#last, '', new Date()).values).length);
  }

  /** Go on with what waits on this phone; a refused report opens where the hub found something wrong. */
  open(entry: Entry): void {
    const form = definitions.of(entry.kind);
    if (!form || !entry.draft) return;
    const path = entry.problem ? pathOf(form, entry.problem.field) : null;
    const wrongs = path && entry.problem ? { [path]: [entry.problem.sentence, entry.problem.remedy].filter(Boolean).join(' ') } : {};
    const step = path ? stepOf(stepsOf(form, entry.draft.values), wrongs) : entry.draft.step;
    this.done = null;
    this.draft = { ...entry.draft, wrongs, step };
  }

  keep(): void {
    const form = this.form;
    if (this.draft && form) void outbox.keepDraft(plain(this.draft), form.plural);
  }

  /** The report is finished: it goes to the outbox, and from there to the hub. */
  async finish(operation: string): Promise<void> {
    const form = this.form;
    if (!form || !this.draft) return;
    const draft = { ...plain(this.draft), operation };
    this.#last = draft;
    await outbox.file({ ...draft, wrongs: {}, step: 0 }, toFiling(form, draft, operation), form.plural);
    [this.draft, this.done] = [null, draft.id];
  }

  close(): void {
    this.draft = this.done = null;
  }

  /** Nothing of anybody stays on the page. */
  forget(): void {
    this.close();
    this.#last = null;
  }
}
export const reporting = new Reporting();
