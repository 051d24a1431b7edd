/** The hub's forms, kept on this device so that they are there without network too. They say what is asked, nothing about anybody. */
import { get, Unreachable } from '../client';
import type { Form, OccurrenceKind } from './model';
import { formsOf } from './reading';

const KEPT_AS = 'tripoint.forms';

class Definitions {
  forms = $state.raw<readonly Form[]>([]);

  of(kind: OccurrenceKind): Form | undefined {
    return this.forms.find((form) => form.kind === kind);
  }

  /** Take what was kept, then what the hub says now; without network the kept ones stand. */
  async start(): Promise<void> {
    const kept = localStorage.getItem(KEPT_AS);
    if (kept) this.forms = formsOf(JSON.parse(kept));
    try {
      const said = await get<unknown>('/api/forms');
      this.forms = formsOf(said);
      localStorage.setItem(KEPT_AS, JSON.stringify(said));
    } catch (wrong) {
      if (!(wrong instanceof Unreachable && this.forms.length)) throw wrong;
    }
  }
}
export const definitions = new Definitions();
