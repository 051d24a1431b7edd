/** How fresh the lists are that the reader may know of, as the hub states it. */
import { get } from '../shared/client';
import type { Health, SetHealth } from '../shared/contract';

/** The hub's health with the lists the reader may know of. */
export async function health(): Promise<Health & { sets: SetHealth[] }> {
  const [stated, listed] = await Promise.all([get<Health>('/api/health'), get<{ sets: SetHealth[] }>('/api/sets')]);
  return { ...stated, sets: listed.sets };
}
