/** How an examiner looks while the page is open: blind or not, and what was looked at. Nothing of it is kept. */
import { SvelteSet } from 'svelte/reactivity';

class Looking {
  /** Scores, ranks, parties and cases are hidden: the eye judges the marks alone. */
  blind = $state(false);
  /** The candidates that were looked at, by id. */
  readonly reviewed = new SvelteSet<string>();

  /** Which exhibit a scan of a list belongs to: both surfaces are then fetched while the pair is still asked for. */
  readonly exhibits = new Map<string, string>();

  mark(id: string): void {
    if (!this.reviewed.delete(id)) this.reviewed.add(id);
  }
}
export const looking = new Looking();
