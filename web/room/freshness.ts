/** How fresh the searched lists are: as the hub states it, else as the latest answers of one's own checks named it. */
import { get, withQuery } from '../shared/client';
import type { Answer, CheckLine, Health, Kind, SetHealth } from '../shared/contract';

const LOOKED_BACK = 50;

/** The fewest of these checks that together searched every kind they contain. */
export function oneOfEachKind(lines: Pick<CheckLine, 'id' | 'kinds'>[]): string[] {
  const seen = new Set<Kind>();
  const chosen = lines.filter(({ kinds }) => {
    const brings = kinds.some((kind) => !seen.has(kind));
    kinds.forEach((kind) => seen.add(kind));
    return brings;
  });
  return chosen.map(({ id }) => id);
}

async function setsOfAnswers(): Promise<SetHealth[]> {
  const { checks } = await get<{ checks: CheckLine[] }>(withQuery('/api/checks', { limit: LOOKED_BACK }));
  const answers = await Promise.all(oneOfEachKind(checks).map((id) => get<Answer>(`/api/checks/${id}`)));
  const sets = new Map(answers.flatMap((answer) => answer.sets).map((set) => [set.id, { ...set, records: null }]));
  return [...sets.values()].sort((a, b) => a.owner.localeCompare(b.owner) || a.name.localeCompare(b.name));
}

/** The hub's health with the lists the reader may know of. */
export async function health(): Promise<Health & { sets: SetHealth[] }> {
  const stated = await get<Health>('/api/health');
  return { ...stated, sets: stated.sets ?? (await setsOfAnswers()) };
}
