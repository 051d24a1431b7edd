/** Where intervals of custody lie on a time line: partial dates as spans of days, the picture in units of its own. */
import type { Step } from './contract';

export const WIDE = 720;
export const ROW = 34;
const DAY = 86_400_000;

/** The first and the last moment that a partial date can mean, in milliseconds. */
export function spanOf(text: string): [number, number] {
  const [, year, month, day] = /(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text) ?? [];
  const [y, m, d] = [Number(year), month ? Number(month) - 1 : 0, day ? Number(day) : 1];
  const end = day ? Date.UTC(y, m, d + 1) : month ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  return [Date.UTC(y, m, d), end - DAY];
}

export interface Bar { step: Step; from: number; to: number; open: boolean; unsure: boolean }
export interface Drawn { bars: Bar[]; years: { year: number; x: number }[]; recovered: number | null; high: number }

/** The bars of the intervals from the left (the earliest) to the right, with ticks by year; `recovered` is the day of recovery. */
export function drawn(steps: Step[], recovered: string | null): Drawn {
  const known = steps.flatMap((step) => [step.since, step.until].filter((day): day is string => !!day).flatMap(spanOf)).concat(recovered ? spanOf(recovered) : []);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const long = Math.max(last - first, 30 * DAY);
  const at = (ms: number): number => 8 + ((ms - first) / long) * (WIDE - 16);
  const ends = steps.map((step, i) => (step.until ? spanOf(step.until)[1] : (steps.slice(i + 1).map((one) => one.since).find((day) => day) ?? recovered)));
  const bars = !known.length ? [] : steps.map((step, i): Bar => {
    const end = ends[i];
    const to = typeof end === 'number' ? end : end ? spanOf(end)[0] : last;
    const from = step.since ? spanOf(step.since)[0] : first;
    return { step, from: at(from), to: Math.max(at(to), at(from) + 6), open: !step.until, unsure: !step.since };
  });
  const [a, b] = [new Date(first).getUTCFullYear(), new Date(last).getUTCFullYear()];
  const every = Math.max(1, Math.ceil((b - a) / 9));
  const years = known.length ? Array.from({ length: b - a + 1 }, (_, i) => a + i).filter((year) => (year - a) % every === 0 && Date.UTC(year, 0, 1) >= first).map((year) => ({ year, x: at(Date.UTC(year, 0, 1)) })) : [];
  return { bars, years, recovered: recovered && known.length ? at(spanOf(recovered)[0]) : null, high: steps.length * ROW + 26 };
}
