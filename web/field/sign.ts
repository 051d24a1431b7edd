/** The one sign at the head of an answer: what the officer sees first. */
import type { Answer, Hit } from '../shared/contract';
import type { IconName, Tone } from '../shared/icons';

/** `says` replaces the answer's own sentence once an owner has decided. */
export interface Sign { id: string; icon: IconName; tone: Tone; says?: string }

/** Weighs an answer: protection first, then a confirmation by the owner, then the best lead; nothing found is never good news. */
export function signOf(answer: Answer, later: Record<string, Hit>): Sign {
  const states = answer.hits.map((hit) => later[hit.id]?.state ?? hit.state);
  if (answer.hits.some(({ protect }) => protect)) return { id: 'sign-protect', icon: 'protect', tone: 'protect' };
  if (states.includes('confirmed')) return { id: 'sign-confirmed', icon: 'confirmed', tone: 'confirmed', says: 'says-confirmed' };
  if (states.length && states.every((state) => state === 'not_confirmed')) return { id: 'sign-not-confirmed', icon: 'not_confirmed', tone: 'plain', says: 'says-not-confirmed' };
  if (answer.grade === 'strong') return { id: 'sign-strong', icon: 'lead', tone: 'lead' };
  if (answer.grade === 'possible') return { id: 'sign-possible', icon: 'inconclusive', tone: 'lead' };
  if (answer.grade === 'weak') return { id: 'sign-weak', icon: 'similar', tone: 'lead' };
  return answer.complete ? { id: 'sign-nothing', icon: 'nothing', tone: 'plain' } : { id: 'sign-incomplete', icon: 'lead', tone: 'lead' };
}

/** The first thing to do: of the most pressing hit, or of the answer as a whole. */
export function actionOf(answer: Answer): string | null {
  const rank = ['protect', 'detain_and_call', 'seize_document', 'seize_item', 'locate_only', 'ask_owner'];
  const place = (action: string) => (rank.includes(action) ? rank.indexOf(action) : rank.length);
  return answer.hits.map(({ action }) => action).sort((a, b) => place(a) - place(b))[0] ?? null;
}
