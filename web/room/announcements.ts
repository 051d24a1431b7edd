/** Which changes of a hit are told to this reader at once, and in which words. */
import type { Hit } from '../shared/contract';
import { countryName } from '../shared/countries';
import type { Change } from '../shared/feed';
import { stateIcon, stateTone } from '../shared/icons';
import { toasts } from '../shared/toasts.svelte';
import { t, words } from '../shared/words.svelte';
import { hitAddress } from './place.svelte';

/** Say that an officer of the own party read more than is usual. */
export function announceReading(): void {
  toasts.add({ text: t('told-budget'), tone: 'lead', icon: 'lead' });
}

/** The catalogue id for a change as this side sees it, or null when it need not be told. */
export function lineFor(hit: Pick<Hit, 'side' | 'state'>, change: Change): string | null {
  if (change === 'raised' && hit.side === 'owner') return 'told-raised';
  if (change === 'referred' && hit.side === 'owner') return 'told-referred';
  if (change === 'decided' && hit.side !== 'owner') return `told-${hit.state.replaceAll('_', '-')}`;
  if (change === 'expired') return 'told-expired';
  if (change === 'outcome' && hit.side === 'owner') return 'told-outcome';
  return null;
}

/** Show and read out the line for a change, with a way to the hit. */
export function announce(hit: Hit, change: Change): void {
  const id = lineFor(hit, change);
  if (!id) return;
  const values = {
    owner: countryName(hit.owner.code, hit.owner.name), asker: countryName(hit.asker.code, hit.asker.name),
    kind: words.code('kind', hit.kind), post: hit.post?.name ?? t('no-post'), outcome: words.code('outcome', hit.outcome),
  };
  toasts.add({ text: t(id, values), tone: stateTone(hit.state, hit.protect), icon: stateIcon(hit.state, hit.protect), href: hitAddress(hit.id) });
}
