/** Words of two names beside each other: which have a counterpart, how each pair is drawn and said. */
import type { Aligned, Compared, Manner } from './contract';

/** How a pair is shown: as its manner, or as another word where both names have words that the other lacks. */
export type Look = Manner | 'other_asked' | 'other_held';
export interface Alignment { met: Aligned[]; alone: Aligned[]; contradicted: boolean }

/** Pairs first, words without counterpart apart. Words on both sides contradict each other; on one side they are left out. */
export function alignmentOf(aligned: Aligned[]): Alignment {
  const alone = aligned.filter(({ asked, held }) => !asked || !held);
  return { met: aligned.filter(({ asked, held }) => asked && held), alone, contradicted: new Set(alone.map(({ manner }) => manner)).size > 1 };
}

/** The look of one pair within its alignment. */
export function lookOf({ manner }: Aligned, contradicted: boolean): Look {
  if (!contradicted || !manner.startsWith('only_')) return manner;
  return manner === 'only_asked' ? 'other_asked' : 'other_held';
}

/** The line between two words on a grid of 48 by 24, from the word above to the word below; none for a word left out. */
const LINES: Record<Look, string> = {
  same: 'M20 0v24M28 0v24',
  sound: 'M24 0c-8 4-8 8 0 12s8 8 0 12',
  like: 'M24 0v5M24 9.5v5M24 19v5',
  joined: 'M8 0c0 9 16 5 16 14v10M40 0c0 9-16 5-16 14',
  initial: 'M24 0v13M24 24a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  only_asked: '', only_held: '',
  other_asked: 'M18 6l12 12M30 6 18 18', other_held: 'M18 6l12 12M30 6 18 18',
};

/** The line of a pair. A fork opens to the side of two words, a ring hangs at the side of the initial. */
export function lineOf({ asked, held }: Aligned, look: Look): { path: string; turned: boolean } {
  const turned = (look === 'joined' && !asked?.includes(' ')) || (look === 'initial' && (asked?.length ?? 0) < (held?.length ?? 0));
  return { path: LINES[look], turned };
}

/** The rows that have words to draw. */
export const drawn = (rows: Compared[]): Compared[] => rows.filter(({ aligned }) => aligned.length > 0);

/** The way the words run: names are read in Latin letters, on every page from left to right, unless a script runs otherwise. */
export const runOf = (aligned: Aligned[]): 'ltr' | 'rtl' => (aligned.some(({ asked, held }) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(`${asked}${held}`)) ? 'rtl' : 'ltr');
