/** The hub's announcements as they happen (server-sent events), with reconnection. */

export type Change = 'raised' | 'referred' | 'decided' | 'outcome' | 'expired';
export interface Listener {
  checks?(count: number): void;
  hit?(id: string, change: Change): void;
  /** Called with true at each (re)connection; what was missed must then be fetched again. */
  connected?(live: boolean): void;
}

const LONGEST_WAIT = 15_000;

/** Listen until the returned function is called. The browser reconnects by itself after a break; a refusal is tried again here. */
export function listen(to: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;
  const read = <T>(event: Event): T => JSON.parse((event as MessageEvent<string>).data) as T;

  function open(): void {
    source = new EventSource('/api/feed');
    source.addEventListener('open', () => { wait = 1000; to.connected?.(true); });
    source.addEventListener('checks', (event) => to.checks?.(read<{ n: number }>(event).n));
    source.addEventListener('hit', (event) => { const { id, change } = read<{ id: string; change: Change }>(event); to.hit?.(id, change); });
    source.addEventListener('error', () => { to.connected?.(false); if (source?.readyState === EventSource.CLOSED) again(); });
  }
  function again(): void {
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  open();
  return () => { clearTimeout(timer); source?.close(); };
}

/** At most one call of `work` in every `pause` ms: at once, then again after the pause if it was wanted meanwhile. */
export function paced(work: () => void, pause = 1000): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = false;
  const run = (): void => {
    wanted = false;
    timer = setTimeout(() => { timer = undefined; if (wanted) run(); }, pause);
    work();
  };
  return () => { if (timer === undefined) run(); else wanted = true; };
}
