/** The mask of a scan: which points belong to the region. Drawn with a round brush, or as a ring. */

/** One byte for each point, row by row: 1 belongs, 0 does not. `step`: µm between points. */
export interface Mask { rows: number; columns: number; step: number; points: Uint8Array }

/** Read what the hub sends: bits row by row, the highest first. Throws RangeError where there are too few. */
export function unpacked(rows: number, columns: number, step: number, bits: Uint8Array): Mask {
  if (bits.length * 8 < rows * columns) throw new RangeError('mask: too few bits');
  return { rows, columns, step, points: Uint8Array.from({ length: rows * columns }, (_, i) => (bits[i >> 3]! >> (7 - (i & 7))) & 1) };
}

/** The same way back. */
export function packed({ points }: Mask): Uint8Array {
  const bits = new Uint8Array(Math.ceil(points.length / 8));
  points.forEach((on, i) => { if (on) bits[i >> 3]! |= 128 >> (i & 7); });
  return bits;
}

/** The mask with a disc taken in or out; places and radius in points of the grid. */
export function brushed(mask: Mask, column: number, row: number, radius: number, on: boolean): Mask {
  const points = mask.points.slice();
  for (let i = Math.max(0, Math.ceil(row - radius)); i <= Math.min(mask.rows - 1, row + radius); i++) {
    for (let j = Math.max(0, Math.ceil(column - radius)); j <= Math.min(mask.columns - 1, column + radius); j++) {
      if ((i - row) ** 2 + (j - column) ** 2 <= radius ** 2) points[i * mask.columns + j] = Number(on);
    }
  }
  return { ...mask, points };
}

/** A ring: what lies between two circles, in µm. The first is about (x, y) from the middle of the grid, the second about (holeX, holeY). */
export interface Ring { x: number; y: number; radius: number; holeX: number; holeY: number; hole: number }

/** The mask that a ring is. */
export function ringed(mask: Mask, ring: Ring): Mask {
  const { rows, columns, step } = mask;
  const points = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [((i % columns) - (columns - 1) / 2) * step, (Math.floor(i / columns) - (rows - 1) / 2) * step];
    return Number(Math.hypot(x - ring.x, y - ring.y) <= ring.radius && Math.hypot(x - ring.holeX, y - ring.holeY) > ring.hole);
  });
  return { ...mask, points };
}

/** How much of the scan belongs, in mm². */
export const areaOf = ({ points, step }: Mask): number => (points.reduce((sum, one) => sum + one, 0) * step * step) / 1e6;
