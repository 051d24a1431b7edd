/** The congruent matching cells: where each lies on both surfaces, and the patches that are compared. */
import { type Point, type Pose, after, ontoFirst, turned, fromScreen, type View } from './geometry';
import { paintPane } from './painting';
import { BEGINNING, type Light, type Pair } from './scene';

/** A cell of the first surface: its middle from the middle of that grid, its side (µm), and where the second's same marks were found, beside the common pose. */
export interface Cell {
  row: number; column: number; x_um: number; y_um: number; size_um: number; ncc: number; rotation_deg: number; dx_um: number; dy_um: number; congruent: boolean;
}

/** The corners of a cell on the first surface, clockwise. */
export function cornersOf({ x_um: x, y_um: y, size_um: size }: Cell): Point[] {
  const half = size / 2;
  return [[-half, -half], [half, -half], [half, half], [-half, half]].map(([u, v]) => ({ x: x + u!, y: y + v! }));
}

/** How the second surface must lie so that this cell's patch fits: the common pose turned about the cell, and moved by what the cell found. */
export function poseOf(cell: Cell, common: Pose): Pose {
  const { x_um: x, y_um: y } = cell;
  const about = turned({ x: -x, y: -y }, cell.rotation_deg);
  return after(common, { turn: cell.rotation_deg, x: about.x + x + cell.dx_um, y: about.y + y + cell.dy_um });
}

/** Where the second surface holds the cell's marks, as it lies on the first under the common pose: the corners, clockwise. */
export function foundCorners(cell: Cell): Point[] {
  const back = { turn: -cell.rotation_deg, x: 0, y: 0 };
  return cornersOf(cell).map((corner) => {
    const arm = ontoFirst(back, { x: corner.x - cell.x_um - cell.dx_um, y: corner.y - cell.y_um - cell.dy_um });
    return { x: arm.x + cell.x_um, y: arm.y + cell.y_um };
  });
}

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
    paintPane(pixels, side, side, { shows, x: 0, y: 0, wide: side, high: side }, pair, scene, 1);
    return pixels;
  });
}

/** The cells in reading order, for going through them by key. */
export const inOrder = (cells: readonly Cell[]): Cell[] => [...cells].sort((a, b) => a.y_um - b.y_um || a.x_um - b.x_um);
