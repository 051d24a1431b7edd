/** A cut along one line through both surfaces: heights, how alike they run, and the curves of the chart. */
import { distance, intoSecond, type Point, type Pose } from './geometry';
import type { Pair } from './scene';
import { readAt, reading } from './surface';

/** Heights along the line (µm, NaN where nothing was measured), each about its own mean; `along`: how far from the start. */
export interface Profile { along: number[]; one: number[]; other: number[]; length: number; alike: number | null; shared: number }

const FEWEST = 16; // points that both must have before a correlation says anything

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / (values.length || 1);

/** Pearson's correlation over the points that both have; null where they are too few or flat. */
export function correlation(one: readonly number[], other: readonly number[]): number | null {
  const both = one.map((_, i) => i).filter((i) => !Number.isNaN(one[i]!) && !Number.isNaN(other[i]!));
  if (both.length < FEWEST) return null;
  const [a, b] = [mean(both.map((i) => one[i]!)), mean(both.map((i) => other[i]!))];
  let [ab, aa, bb] = [0, 0, 0];
  for (const i of both) {
    const [u, v] = [one[i]! - a, other[i]! - b];
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return aa && bb ? ab / Math.sqrt(aa * bb) : null;
}

const levelled = (heights: readonly number[]): number[] => {
  const middle = mean(heights.filter((z) => !Number.isNaN(z)));
  return heights.map((z) => z - middle);
};

/** The cut from one place of the first surface to another, read at so many points at the most, no closer than the grid. */
export function profileOf(pair: Pair, pose: Pose, from: Point, to: Point, most = 400): Profile {
  const length = distance(from, to);
  const count = Math.max(2, Math.min(most, 1 + Math.round(length / Math.min(pair.one.surface.step, pair.other.surface.step))));
  const found = reading();
  const [along, one, other]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < count; i++) {
    const share = i / (count - 1);
    const place = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
    const second = intoSecond(pose, place);
    along.push(share * length);
    one.push(readAt(pair.one, place.x, place.y, found).known ? found.z : NaN);
    other.push(readAt(pair.other, second.x, second.y, found).known ? found.z : NaN);
  }
  const shared = one.filter((z, i) => !Number.isNaN(z) && !Number.isNaN(other[i]!)).length;
  return { along, one: levelled(one), other: levelled(other), length, alike: correlation(one, other), shared: shared / count };
}

/** The largest height of either side from nought, at least a tenth of a µm. */
export const reach = ({ one, other }: Profile): number => Math.max(0.1, ...[...one, ...other].filter((z) => !Number.isNaN(z)).map(Math.abs));

/** The curve of heights in a chart of this size, broken where nothing was measured. */
export function curve({ along, length }: Profile, heights: readonly number[], top: number, wide: number, high: number): string {
  let drawing = false;
  return heights.map((z, i) => {
    if (Number.isNaN(z)) { drawing = false; return ''; }
    const [x, y] = [(along[i]! / (length || 1)) * wide, high / 2 - (z / top) * (high / 2)];
    const step = `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    drawing = true;
    return step;
  }).join('');
}

const ROUND = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
/** Round numbers from 0 to the end, at most so many. */
export function ticks(end: number, most: number): number[] {
  const step = ROUND.find((one) => end / one <= most) ?? 5000;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}
