/** The congruent matching cells: where each lies on both surfaces, and the patches that are compared. */
import { fromScreen, intoSecond, ontoFirst, type Point, type Pose, type View, wrapped } from './geometry';
import { paintPane } from './painting';
import { BEGINNING, type Light, type Pair } from './scene';

/** A cell of the first surface: its middle from the middle of that grid, its side (µm), and what is to be added to the common pose where the second's same marks were found. */
export interface Cell {
  row: number; column: number; x_um: number; y_um: number; size_um: number; ncc: number; rotation_deg: number; dx_um: number; dy_um: number; congruent: boolean;
}

/** The corners of a cell on the first surface, clockwise. */
export function cornersOf({ x_um: x, y_um: y, size_um: size }: Cell): Point[] {
  const half = size / 2;
  return [[-half, -half], [half, -half], [half, half], [-half, half]].map(([u, v]) => ({ x: x + u!, y: y + v! }));
}

/** How the second surface must lie so that this cell's patch fits: what the cell found is added to the common pose. */
export const poseOf = (cell: Cell, common: Pose): Pose => ({ turn: wrapped(common.turn + cell.rotation_deg), x: common.x + cell.dx_um, y: common.y + cell.dy_um });

/** Where the second surface, as it lies on the first now, holds the cell's marks: the corners, clockwise. `common` is the pose the cells were found about. */
export const foundCorners = (cell: Cell, common: Pose, now: Pose): Point[] => cornersOf(cell).map((corner) => ontoFirst(now, intoSecond(poseOf(cell, common), corner)));

/** Whether a place of the first surface lies in the cell. */
export const holds = ({ x_um, y_um, size_um }: Cell, { x, y }: Point): boolean => Math.abs(x - x_um) <= size_um / 2 && Math.abs(y - y_um) <= size_um / 2;

/** The cell under a place of a pane. */
export const cellAt = (cells: readonly Cell[], view: View, place: Point, tilt: number): Cell | undefined => cells.find((cell) => holds(cell, fromScreen(view, place, tilt)));

/** The cell and its surroundings on both surfaces under the same light: two square pictures of `side` pixels. */
export function patches(pair: Pair, cell: Cell, common: Pose, light: Light, coloured: boolean, side: number): Uint8ClampedArray<ArrayBuffer>[] {
  const scale = side / (cell.size_um * 1.4);
  const scene = { ...BEGINNING, view: { x: cell.x_um, y: cell.y_um, scale, turn: 0 }, pose: poseOf(cell, common), light, coloured };
  return (['one', 'other'] as const).map((shows) => {
    const pixels = new Uint8ClampedArray(4 * side * side);
    paintPane(pixels, { shows, x: 0, y: 0, wide: side, high: side }, pair, scene);
    return pixels;
  });
}

/** The cells in reading order, for going through them by key. */
export const inOrder = (cells: readonly Cell[]): Cell[] => [...cells].sort((a, b) => a.y_um - b.y_um || a.x_um - b.x_um);
