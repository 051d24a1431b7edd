/** Which figure is opened: the kind of records to list, and what they must have in common beside the page's filters. */
import type { Reported } from './picture';

export interface Opened { kind: Reported; party: string | null; post: string | null; state: string | null }

class Drill {
  opened = $state.raw<Opened | null>(null);

  /** List the records behind a figure; the page's own filters hold too. */
  show(kind: Reported, narrower: Partial<Omit<Opened, 'kind'>> = {}): void {
    this.opened = { kind, party: null, post: null, state: null, ...narrower };
  }

  close(): void {
    this.opened = null;
  }
}
export const drill = new Drill();
