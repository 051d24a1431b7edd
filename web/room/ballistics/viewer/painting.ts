/** Painting a pair without WebGL, point by point; the shader of shader.ts does the same, and this is where it can be tested. */
import { type Colour, DIFFERENCES, entry, HEIGHTS, STAGE, TINTS } from './colours';
import { intoSecond, turned, wrapped } from './geometry';
import { gainOf, lightWay, type Painter, type Pair, type Pane, panesOf, type Scene, type Shown } from './scene';
import { type Reading, readAt, reading } from './surface';

const STEPS = 24; // of the look down a tilted surface
export const ONE_ALONE: Colour = [34, 40, 43]; // where a difference has only one surface

/** How bright a slope is, 0 to 1: Lambert's cosine, with a little light from everywhere. `right` and `down`: slopes as the screen sees them. */
export function brightness(right: number, down: number, gain: number, way: readonly [number, number, number]): number {
  const [x, y] = [-gain * right, -gain * down];
  const lit = (x * way[0] + y * way[1] + way[2]) / Math.sqrt(x * x + y * y + 1);
  return 0.05 + 0.95 * Math.max(0, lit);
}

/** Looks at a pair as a scene says. Places are µm from the middle of the pane, as the screen lies. */
export class Eye {
  readonly #pair: Pair;
  readonly #scene: Scene;
  readonly #gain: number;
  readonly #way: readonly [number, number, number];
  readonly #low: number;
  readonly #high: number;
  readonly #cos: number;
  readonly #sin: number;
  readonly #found = reading();
  readonly #also = reading();

  constructor(pair: Pair, scene: Scene) {
    [this.#pair, this.#scene] = [pair, scene];
    [this.#gain, this.#way] = [gainOf(pair, scene.light), lightWay(scene.light)];
    [this.#low, this.#high] = [Math.min(pair.one.low, pair.other.low), Math.max(pair.one.high, pair.other.high)];
    const tilt = (scene.tilt * Math.PI) / 180;
    [this.#cos, this.#sin] = [Math.cos(tilt), Math.sin(tilt)];
  }

  /** What a surface has under a place of the flat stage, its slopes turned as the screen sees them. */
  #flat(second: boolean, x: number, y: number, into: Reading): Reading {
    const { view, pose } = this.#scene;
    const back = turned({ x, y }, -view.turn);
    const place = { x: back.x + view.x, y: back.y + view.y };
    const own = second ? intoSecond(pose, place) : place;
    readAt(second ? this.#pair.other : this.#pair.one, own.x, own.y, into);
    const slopes = turned({ x: into.right, y: into.down }, wrapped(view.turn + (second ? pose.turn : 0)));
    [into.right, into.down] = [slopes.x, slopes.y];
    return into;
  }

  /** What is seen of a surface at a place: on a tilted stage the first height that the look down meets. */
  #seen(second: boolean, x: number, y: number, into: Reading): Reading {
    if (!this.#scene.tilt) return this.#flat(second, x, y, into);
    const [top, bottom] = [this.#high * this.#scene.lift * 1.25, this.#low * this.#scene.lift * 1.25];
    for (let step = 0; step <= STEPS; step++) {
      const height = top + ((bottom - top) * step) / STEPS;
      this.#flat(second, x, (y + height * this.#sin) / this.#cos, into);
      if (into.known && into.z * this.#scene.lift >= height) return into;
    }
    return into;
  }

  #lit = (at: Reading): number => brightness(at.right, at.down, this.#gain, this.#way);

  /** The light of one surface, in grey or in the colours of its heights. */
  #one(second: boolean, x: number, y: number, into: Uint8ClampedArray, k: number): void {
    const at = this.#seen(second, x, y, this.#found);
    const lit = at.known ? this.#lit(at) : 0;
    const i = entry((at.z - this.#low) / (this.#high - this.#low || 1));
    for (let c = 0; c < 3; c++) into[k + c] = !at.known ? STAGE[c]! : this.#scene.coloured ? HEIGHTS[i + c]! * (0.3 + 0.95 * lit) : 250 * lit;
  }

  #overlaid(x: number, y: number, into: Uint8ClampedArray, k: number): void {
    const [a, b] = [this.#seen(false, x, y, this.#found), this.#seen(true, x, y, this.#also)];
    const { balance } = this.#scene;
    const first = a.known ? this.#lit(a) * Math.min(1, 2 - 2 * balance) : 0;
    const second = b.known ? this.#lit(b) * Math.min(1, 2 * balance) : 0;
    for (let c = 0; c < 3; c++) into[k + c] = a.known || b.known ? 0.72 * (first * TINTS[0][c]! + second * TINTS[1][c]!) : STAGE[c]!;
  }

  #differing(x: number, y: number, into: Uint8ClampedArray, k: number): void {
    const [a, b] = [this.#seen(false, x, y, this.#found), this.#seen(true, x, y, this.#also)];
    const i = entry(0.5 + (a.z - b.z) / (2 * this.#scene.range));
    for (let c = 0; c < 3; c++) into[k + c] = a.known && b.known ? DIFFERENCES[i + c]! : a.known || b.known ? ONE_ALONE[c]! : STAGE[c]!;
  }

  /** Paint one point. `share`: where it lies along the pane, for the split line. */
  paint(shows: Shown, x: number, y: number, share: number, into: Uint8ClampedArray, k: number): void {
    if (shows === 'overlay') this.#overlaid(x, y, into, k);
    else if (shows === 'difference') this.#differing(x, y, into, k);
    else this.#one(shows === 'other' || (shows === 'split' && share > this.#scene.split), x, y, into, k);
    into[k + 3] = 255;
  }
}

/** Paint a pane into pixels of its size. */
export function paintPane(pixels: Uint8ClampedArray, { shows, wide, high }: Pane, pair: Pair, scene: Scene): void {
  const eye = new Eye(pair, scene);
  const { scale } = scene.view;
  for (let j = 0; j < high; j++) {
    for (let i = 0; i < wide; i++) {
      const share = scene.level ? (j + 0.5) / high : (i + 0.5) / wide;
      eye.paint(shows, (i + 0.5 - wide / 2) / scale, (j + 0.5 - high / 2) / scale, share, pixels, 4 * (j * wide + i));
    }
  }
}

/** The painter for browsers without WebGL. Returns null where there is no canvas at all. */
export function canvasPainter(canvas: HTMLCanvasElement, pair: Pair): Painter | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  const paint = (scene: Scene): void => {
    context.fillStyle = `rgb(${STAGE.join(' ')})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const pane of panesOf(scene, canvas.width, canvas.height)) {
      const image = context.createImageData(pane.wide, pane.high);
      paintPane(image.data, pane, pair, scene);
      context.putImageData(image, pane.x, pane.y);
    }
  };
  return { kind: 'canvas', slow: true, paint, end: () => undefined };
}
