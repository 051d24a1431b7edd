/** Operation, post and purpose of this device. Only these ids are kept on it, never anything about a person. */
import type { Session } from '../shared/contract';
import type { Standing } from './draft';

const KEPT_AS = 'tripoint.standing';

class Place implements Standing {
  purpose = $state('border_control');
  operation = $state<string | null>(null);
  post = $state<string | null>(null);

  /** Take what was kept, as far as the session still allows it; else the officer's first operation and first own post. */
  start(session: Session): void {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<Standing>;
    this.purpose = [kept.purpose, 'border_control', session.purposes[0]].find((purpose) => purpose && session.purposes.includes(purpose)) ?? 'border_control';
    const operation = session.operations.find(({ id }) => id === kept.operation) ?? session.operations[0];
    this.operation = operation?.id ?? null;
    const own = operation?.posts.filter(({ party }) => party === session.officer.party.code) ?? [];
    const post = operation?.posts.find(({ id }) => id === kept.post) ?? own[0] ?? null;
    this.post = post?.id ?? null;
  }

  keep(): void {
    localStorage.setItem(KEPT_AS, JSON.stringify(this.ids()));
  }

  ids(): Standing {
    return { purpose: this.purpose, operation: this.operation, post: this.post };
  }
}
export const standing = new Place();
