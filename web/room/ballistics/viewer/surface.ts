/** A measured surface as the hub sends it, and the slopes that light needs. Lengths in micrometres; missing points are NaN. */

/** Heights on a square grid, row by row from the top. `step`: µm between neighbours; `low` and `high`: the range of the heights. */
export interface Surface { rows: number; columns: number; step: number; low: number; high: number; region: string; heights: Float32Array }

/** Four numbers for each point: height µm, slope to the right, slope downward (µm/µm), and 1 where it was measured; zeros where not. */
export interface Relief { surface: Surface; texels: Float32Array; slope: number; low: number; high: number }

const MISSING = -0x8000;
const STEPS = 65_534; // of the 16 bits, one value is kept for "missing"
const MOST = 4096; // points along one side; the hub sends about 400

/** Read what the hub sends: header length uint32, JSON header, int16 heights, all little-endian. Throws RangeError where it is not that. */
export function decode(content: ArrayBuffer): Surface {
  const view = new DataView(content);
  const length = content.byteLength < 4 ? Infinity : view.getUint32(0, true);
  if (4 + length > content.byteLength) throw new RangeError('surface: the header is cut off');
  const { rows, columns, step_um: step, low, high, region } = JSON.parse(new TextDecoder().decode(new Uint8Array(content, 4, length))) as Record<string, number> & { region: string };
  const whole = [rows, columns].every((n) => Number.isInteger(n) && n! > 0 && n! <= MOST);
  if (!whole || ![step, low, high].every(Number.isFinite) || step! <= 0 || content.byteLength !== 4 + length + 2 * rows! * columns!) throw new RangeError('surface: header and heights disagree');
  const heights = new Float32Array(rows! * columns!);
  for (let i = 0; i < heights.length; i++) {
    const kept = view.getInt16(4 + length + 2 * i, true);
    heights[i] = kept === MISSING ? NaN : low! + ((kept + 32_767) * (high! - low!)) / STEPS;
  }
  return { rows: rows!, columns: columns!, step: step!, low: low!, high: high!, region: String(region), heights };
}

/** The rise from one point to the next in µm/µm: between both neighbours where they are measured, else to the one that is, else none. */
function rise(before: number, here: number, after: number, step: number): number {
  if (!Number.isNaN(before) && !Number.isNaN(after)) return (after - before) / (2 * step);
  if (!Number.isNaN(after)) return (after - here) / step;
  return Number.isNaN(before) ? 0 : (here - before) / step;
}

/** The value below which a share of the measured heights lies, from every seventh point. */
function quantiles(heights: Float32Array, shares: readonly number[]): number[] {
  const known = heights.filter((z, i) => i % 7 === 0 && !Number.isNaN(z)).sort();
  return shares.map((share) => known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? 0);
}

/** The surface with its slopes; `slope` is their root mean square, `low` and `high` hold all but 2 % of the heights at each end. */
export function reliefOf(surface: Surface): Relief {
  const { rows, columns, step, heights } = surface;
  const texels = new Float32Array(4 * rows * columns);
  let [sum, count] = [0, 0];
  const at = (row: number, column: number): number => (row < 0 || column < 0 || row >= rows || column >= columns ? NaN : heights[row * columns + column]!);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      const z = heights[i]!;
      if (Number.isNaN(z)) continue;
      const [right, down] = [rise(at(row, column - 1), z, at(row, column + 1), step), rise(at(row - 1, column), z, at(row + 1, column), step)];
      texels.set([z, right, down, 1], 4 * i);
      sum += right * right + down * down;
      count++;
    }
  }
  const [low, high] = quantiles(surface.heights, [0.02, 0.98]);
  return { surface, texels, slope: count ? Math.sqrt(sum / count) : 0, low: low!, high: high! };
}

/** What is found between four points; one of these is reused for every reading, so take what is needed before the next. */
export interface Reading { z: number; right: number; down: number; known: boolean }

/** Read at (x, y), µm from the middle of the grid, between its four neighbours, of which at least half by weight must be measured. */
export function readAt(relief: Relief, x: number, y: number, into: Reading): Reading {
  const { surface: { rows, columns, step }, texels } = relief;
  const [across, along] = [x / step + (columns - 1) / 2, y / step + (rows - 1) / 2];
  const [column, row] = [Math.floor(across), Math.floor(along)];
  const [u, v] = [across - column, along - row];
  into.z = into.right = into.down = 0;
  let weight = 0;
  for (let n = 0; n < 4; n++) {
    const [j, i] = [column + (n & 1), row + (n >> 1)];
    if (i < 0 || j < 0 || i >= rows || j >= columns) continue;
    const share = ((n & 1) ? u : 1 - u) * ((n >> 1) ? v : 1 - v);
    const k = 4 * (i * columns + j);
    into.z += share * texels[k]!;
    into.right += share * texels[k + 1]!;
    into.down += share * texels[k + 2]!;
    weight += share * texels[k + 3]!;
  }
  into.known = weight >= 0.5;
  if (weight > 0) { into.z /= weight; into.right /= weight; into.down /= weight; }
  return into;
}

/** A fresh place to read into. */
export const reading = (): Reading => ({ z: 0, right: 0, down: 0, known: false });
