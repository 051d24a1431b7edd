/** The hub's announcements as they happen (server-sent events), with reconnection. */
import { signature, type Signer } from './client';

export type Change = 'raised' | 'referred' | 'decided' | 'outcome' | 'expired';
export interface Listener {
  /** A request of two people, something opened in an emergency, a trace, a search or link of ballistics. */
  told?(id: string): void;
  checks?(count: number): void;
  /** An officer of the own party read more than is usual; only its data protection officer hears of it. */
  overRead?(): void;
  hit?(id: string, change: Change): void;
  /** Something was reported from the field, corrected, confirmed or withdrawn. */
  reported?(id: string, change: string): void;
  /** Called with true at each (re)connection; what was missed must then be fetched again. */
  connected?(live: boolean): void;
}

const LONGEST_WAIT = 15_000;

/** Listen until the returned function is called. The browser reconnects by itself after a break; a refusal is tried again here. */
export function listen(to: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;
  const leaving = new AbortController();
  const read = <T>(event: Event): T => JSON.parse((event as MessageEvent<string>).data) as T;

  function open(): void {
    const sign = signature();
    if (sign) return void follow(sign);
    source = new EventSource('/api/feed');
    source.addEventListener('open', () => { wait = 1000; to.connected?.(true); });
    source.addEventListener('checks', (event) => to.checks?.(read<{ n: number }>(event).n));
    source.addEventListener('hit', (event) => { const { id, change } = read<{ id: string; change: Change }>(event); to.hit?.(id, change); });
    source.addEventListener('occurrence', (event) => { const { id, change } = read<{ id: string; change: string }>(event); to.reported?.(id, change); });
    source.addEventListener('budget', () => to.overRead?.());
    for (const kind of ['approval', 'glass', 'trace', 'ballistics']) source.addEventListener(kind, (event) => to.told?.(read<{ id: string }>(event).id));
    source.addEventListener('error', () => { to.connected?.(false); if (source?.readyState === EventSource.CLOSED) again(); });
  }
  /** The same for an enrolled device, which signs: a browser's own reader of events sends no headers of ours. */
  async function follow(sign: Signer): Promise<void> {
    try {
      const headers = { accept: 'text/event-stream', ...(await sign('GET', '/api/feed')) };
      const answer = await fetch('/api/feed', { headers, credentials: 'omit', cache: 'no-store', signal: leaving.signal });
      if (!answer.ok || !answer.body) return again();
      wait = 1000;
      to.connected?.(true);
      let rest = '';
      const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await lines.read(); !part.done; part = await lines.read()) {
        const events = (rest + part.value).split('\n\n');
        rest = events.pop() ?? '';
        events.forEach(hear);
      }
    } catch (lost) {
      if (leaving.signal.aborted) return;
    }
    to.connected?.(false);
    again();
  }
  function hear(event: string): void {
    const [, kind] = /^event: (.*)$/m.exec(event) ?? [];
    const [, data] = /^data: (.*)$/m.exec(event) ?? [];
    if (kind === 'hit' && data) { const { id, change } = JSON.parse(data) as { id: string; change: Change }; to.hit?.(id, change); }
    if (kind === 'checks' && data) to.checks?.((JSON.parse(data) as { n: number }).n);
  }
  function again(): void {
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  open();
  return () => { clearTimeout(timer); source?.close(); leaving.abort(); };
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
