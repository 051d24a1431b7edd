/** What is drawn over the painted surfaces: cells, split line, cut, notes, scale and names. On the screen and in the picture alike. */
import { type Cell, cornersOf, foundCorners } from './cells';
import { css, DIFFERENCES, HEIGHTS } from './colours';
import { barLength, distance, fromScreen, ontoFirst, type Point, type Pose, toScreen } from './geometry';
import type { Pane, Scene } from './scene';

/** What an examiner set down: words at a place of one of the surfaces (its own µm from its middle), or a measured line. */
export interface Note { id: string; on: 'one' | 'other'; from: Point; to: Point | null; text: string }
/** What lies over a scene. `names`: what stands beneath each surface; `size`: pixels of the canvas for one of the screen. */
export interface Over {
  cells: readonly Cell[]; chosen: Cell | null; common: Pose; cut: readonly [Point, Point] | null; notes: readonly Note[]; names: readonly [string, string];
  legend: { low: number; high: number } | null; size: number; micrometres: (n: number) => string; begun: Point | null; cursor: Point | null;
}
type Pen = CanvasRenderingContext2D;

const [GOOD, BAD, LINE, CUT, INK] = ['#7fe0a3', '#ff9a8f', '#3cc7be', '#ffd166', '#f4f8f9'];

/** Move the pen to the middle of a pane and let nothing out of it. */
function within(pen: Pen, pane: Pane, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(pane.x, pane.y, pane.wide, pane.high);
  pen.clip();
  pen.translate(pane.x + pane.wide / 2, pane.y + pane.high / 2);
  draw();
  pen.restore();
}

function outline(pen: Pen, places: readonly Point[], closed: boolean): void {
  pen.beginPath();
  places.forEach(({ x, y }, i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (closed) pen.closePath();
}

/** Text with a dark edge, legible on any surface. */
function write(pen: Pen, text: string, x: number, y: number, size: number, align: CanvasTextAlign = 'center', colour = INK!): void {
  pen.font = `600 ${Math.round(size)}px "Inter Variable", "Noto Sans Arabic", sans-serif`;
  [pen.textAlign, pen.textBaseline, pen.lineJoin] = [align, 'middle', 'round'];
  [pen.lineWidth, pen.strokeStyle, pen.fillStyle] = [size / 4, 'rgb(0 0 0 / .8)', colour];
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

/** A cell: whole where congruent; dashed and struck through where not, so that colour alone says nothing. */
function cell(pen: Pen, one: Cell, places: Point[], chosen: boolean, size: number): void {
  const colour = one.congruent ? GOOD! : BAD!;
  outline(pen, places, true);
  pen.fillStyle = one.congruent ? 'rgb(127 224 163 / .05)' : 'rgb(255 154 143 / .07)';
  pen.fill();
  pen.setLineDash(one.congruent ? [] : [5 * size, 4 * size]);
  [pen.strokeStyle, pen.lineWidth] = [chosen ? INK! : colour, (chosen ? 3.5 : 1.5) * size];
  pen.stroke();
  pen.setLineDash([]);
  if (!one.congruent) { outline(pen, [places[3]!, places[1]!], false); pen.lineWidth = size; pen.stroke(); }
  const side = distance(places[0]!, places[1]!);
  if (side > 34 * size) write(pen, one.ncc.toFixed(2), (places[0]!.x + places[2]!.x) / 2, (places[0]!.y + places[2]!.y) / 2, 11 * size, 'center', colour);
}

function splitLine(pen: Pen, pane: Pane, { split, level }: Scene, size: number): void {
  const [x, y] = level ? [0, (split - 0.5) * pane.high] : [(split - 0.5) * pane.wide, 0];
  [pen.strokeStyle, pen.lineWidth] = [LINE!, 2 * size];
  outline(pen, level ? [{ x: -pane.wide, y }, { x: pane.wide, y }] : [{ x, y: -pane.high }, { x, y: pane.high }], false);
  pen.stroke();
  pen.beginPath();
  pen.arc(x, y, 9 * size, 0, 2 * Math.PI);
  pen.fillStyle = LINE!;
  pen.fill();
  write(pen, level ? '↕' : '↔', x, y, 12 * size);
}

function cut(pen: Pen, [from, to]: readonly [Point, Point], size: number): void {
  [pen.strokeStyle, pen.lineWidth] = ['rgb(0 0 0 / .8)', 5 * size];
  outline(pen, [from, to], false);
  pen.stroke();
  [pen.strokeStyle, pen.lineWidth] = [CUT!, 2 * size];
  pen.stroke();
  write(pen, 'A', from.x, from.y - 12 * size, 13 * size, 'center', CUT);
  write(pen, 'B', to.x, to.y - 12 * size, 13 * size, 'center', CUT);
}

function note(pen: Pen, { from, to, text }: Note, place: (at: Point) => Point, over: Over): void {
  const { size } = over;
  const [a, b] = [place(from), to && place(to)];
  const told = [text, to && over.micrometres(distance(from, to))].filter(Boolean).join(' · ');
  [pen.strokeStyle, pen.lineWidth, pen.fillStyle] = [INK!, 2 * size, INK!];
  if (b) { outline(pen, [a, b], false); pen.stroke(); }
  for (const end of b ? [a, b] : [a]) { pen.beginPath(); pen.arc(end.x, end.y, 4 * size, 0, 2 * Math.PI); pen.fill(); }
  write(pen, told, a.x, a.y - 13 * size, 12 * size);
}

/** The scale bar, at the lower left of a pane in every language: it belongs to the picture, not to the text. */
function bar(pen: Pen, pane: Pane, scale: number, over: Over): void {
  const { size } = over;
  const length = barLength(scale, Math.min(180 * size, pane.wide * 0.4));
  const [x, y] = [-pane.wide / 2 + 14 * size, pane.high / 2 - 14 * size];
  for (const [wide, colour] of [[6, 'rgb(0 0 0 / .8)'], [3, INK!]] as const) {
    [pen.strokeStyle, pen.lineWidth] = [colour, wide * size];
    outline(pen, [{ x, y: y - 5 * size }, { x, y }, { x: x + length * scale, y }, { x: x + length * scale, y: y - 5 * size }], false);
    pen.stroke();
  }
  write(pen, over.micrometres(length), x, y - 15 * size, 12 * size, 'left');
}

/** The colours of heights or differences with their ends in µm, at the upper right of a pane. */
function legend(pen: Pen, pane: Pane, scene: Scene, over: Over): void {
  if (!over.legend) return;
  const { size, legend: { low, high } } = over;
  const [wide, x, y] = [110 * size, pane.wide / 2 - 124 * size, -pane.high / 2 + (pane.shows === 'split' ? 36 : 14) * size];
  const colours = pen.createLinearGradient(x, 0, x + wide, 0);
  for (let i = 0; i <= 8; i++) colours.addColorStop(i / 8, css(scene.mode === 'difference' ? DIFFERENCES : HEIGHTS, i / 8));
  pen.fillStyle = colours;
  pen.fillRect(x, y, wide, 9 * size);
  write(pen, over.micrometres(low), x, y + 18 * size, 11 * size, 'left');
  write(pen, over.micrometres(high), x + wide, y + 18 * size, 11 * size, 'right');
}

/** Whose surface it is; at a split line each name stands on its own side. */
function namesOf(pen: Pen, pane: Pane, { level }: Scene, { size, names }: Over): void {
  const [x, y] = [-pane.wide / 2 + 14 * size, -pane.high / 2 + 16 * size];
  if (pane.shows !== 'other') write(pen, names[0], x, y, 13 * size, 'left');
  if (pane.shows === 'split' && level) write(pen, names[1], -x, -y, 13 * size, 'right');
  else if (pane.shows === 'split') write(pen, names[1], -x, y, 13 * size, 'right');
  else if (pane.shows !== 'one') write(pen, names[1], x, pane.shows === 'other' ? y : y + 18 * size, 13 * size, 'left');
}

function onePane(pen: Pen, pane: Pane, scene: Scene, over: Over): void {
  const place = (at: Point): Point => toScreen(scene.view, at, scene.tilt);
  for (const one of over.cells) cell(pen, one, (pane.shows === 'other' ? foundCorners(one, over.common, scene.pose) : cornersOf(one)).map(place), one === over.chosen, over.size);
  if (over.cut) cut(pen, [place(over.cut[0]), place(over.cut[1])], over.size);
  for (const one of over.notes) if (pane.shows !== (one.on === 'one' ? 'other' : 'one')) note(pen, one, (at) => place(one.on === 'one' ? at : ontoFirst(scene.pose, at)), over);
  if (over.begun) { const at = place(over.begun); pen.fillStyle = CUT!; pen.beginPath(); pen.arc(at.x, at.y, 4 * over.size, 0, 2 * Math.PI); pen.fill(); }
  if (over.cursor) cross(pen, place(over.cursor), over.size);
  if (pane.shows === 'split') splitLine(pen, pane, scene, over.size);
  bar(pen, pane, scene.view.scale, over);
  legend(pen, pane, scene, over);
  namesOf(pen, pane, scene, over);
}

/** Where the keyboard points while a tool is used. */
function cross(pen: Pen, { x, y }: Point, size: number): void {
  for (const [wide, colour] of [[4, 'rgb(0 0 0 / .8)'], [1.5, CUT!]] as const) {
    [pen.strokeStyle, pen.lineWidth] = [colour, wide * size];
    for (const [u, v] of [[1, 0], [0, 1]] as const) { outline(pen, [{ x: x - 12 * u * size, y: y - 12 * v * size }, { x: x + 12 * u * size, y: y + 12 * v * size }], false); pen.stroke(); }
  }
}

/** Draw all that lies over the panes of a scene. */
export function drawOver(pen: Pen, panes: readonly Pane[], scene: Scene, over: Over): void {
  for (const pane of panes) within(pen, pane, () => onePane(pen, pane, scene, over));
}

/** A place of the canvas, in its pixels, as a place on the first surface. */
export const placeOn = (scene: Scene, pane: Pane, x: number, y: number): Point => fromScreen(scene.view, { x: x - pane.x - pane.wide / 2, y: y - pane.y - pane.high / 2 }, scene.tilt);
