/** One pair on the examiner's screen: what is shown and how, and everything that keys and tools do to it. */
import { words } from '../../../shared/words.svelte';
import { type Cell, inOrder } from './cells';
import type { Note, Over } from './drawing';
import { fitting, fromScreen, NO_POSE, panned, type Point, type Pose, toScreen, turned, turnedAbout, wrapped, zoomed } from './geometry';
import type { Command } from './keys';
import { BEGINNING, type Light, type Mode, MODES, type Pair, panesOf, type Scene } from './scene';

/** What the hand or the keys do on the stage. */
export type Tool = 'look' | 'align' | 'cut' | 'note' | 'measure';
export const TOOLS: readonly Tool[] = ['look', 'align', 'cut', 'note', 'measure'];

const NUDGE = 6.25; // µm: half a step of the grid, at any zoom
const TURN = 0.25; // degrees of one nudge
const PAN = 48; // pixels
/** A micrometre or millimetre figure as the reader writes it. */
export const micrometres = (n: number): string => (Math.abs(n) >= 1000 ? `${new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 }).format(n / 1000)} mm` : `${new Intl.NumberFormat(words.locale, { maximumFractionDigits: Math.abs(n) < 10 ? 2 : 0 }).format(n)} µm`);

export class Viewer {
  readonly pair: Pair;
  readonly common: Pose;
  readonly cells: readonly Cell[];
  scene = $state.raw<Scene>(BEGINNING);
  tool = $state<Tool>('look');
  showCells = $state(false);
  chosen = $state.raw<Cell | null>(null);
  cut = $state.raw<readonly [Point, Point] | null>(null);
  notes = $state.raw<readonly Note[]>([]);
  begun = $state.raw<Point | null>(null);
  /** Where the keys point while a tool is used, on the first surface. */
  cursor = $state.raw<Point | null>(null);
  helping = $state(false);
  size = $state.raw({ wide: 800, high: 500 });
  /** Pixels of the canvas for one of the screen. */
  sharp = $state(1);
  /** What the stage hands out as a PNG, once it stands. */
  picture: (() => Promise<Blob | null>) | null = null;
  readonly panes = $derived(panesOf(this.scene, this.size.wide, this.size.high));
  #fitted = false;

  constructor(pair: Pair, common: Pose = NO_POSE, cells: readonly Cell[] = []) {
    [this.pair, this.common, this.cells] = [pair, common, inOrder(cells)];
    this.scene = { ...BEGINNING, pose: common, range: this.#range() };
  }

  /** The ends of the difference scale: what nine of ten heights of either surface reach. */
  #range(): number {
    const { one, other } = this.pair;
    return Math.max(0.05, one.high, -one.low, other.high, -other.low);
  }

  set(change: Partial<Scene>): void {
    this.scene = { ...this.scene, ...change };
  }

  light(change: Partial<Light>): void {
    const light = { ...this.scene.light, ...change };
    this.set({ light: { ...light, azimuth: ((light.azimuth % 360) + 360) % 360, elevation: Math.min(85, Math.max(5, light.elevation)) } });
  }

  mode(mode: Mode): void {
    this.set({ mode, second: false });
  }

  /** The size of the canvas, in its own pixels; the first time all is brought to fit. */
  resize(wide: number, high: number, sharp: number): void {
    const before = this.sharp;
    [this.size, this.sharp] = [{ wide, high }, sharp];
    if (!this.#fitted) this.fit();
    else if (before !== sharp) this.set({ view: { ...this.scene.view, scale: (this.scene.view.scale * sharp) / before } });
    this.#fitted = true;
  }

  fit(): void {
    const { surface } = this.pair.one;
    const pane = this.panes[0]!;
    this.set({ view: fitting(surface.columns * surface.step, surface.rows * surface.step, pane.wide, pane.high), tilt: 0 });
  }

  reset(): void {
    this.set({ pose: this.common });
  }

  /** Move the second surface as it is seen: pixels of the canvas, however the stage is turned. */
  drag(by: Point): void {
    const { view, pose } = this.scene;
    const way = turned({ x: by.x / view.scale, y: by.y / view.scale }, -view.turn);
    this.set({ pose: { ...pose, x: pose.x + way.x, y: pose.y + way.y } });
  }

  #nudge(x: number, y: number): void {
    const { scale } = this.scene.view;
    this.drag({ x: x * NUDGE * scale, y: y * NUDGE * scale });
  }

  /** Turn the second surface about the middle of what is seen. */
  turn(degrees: number): void {
    const { pose, view } = this.scene;
    this.set({ pose: turnedAbout(pose, view, degrees) });
  }

  pan(by: Point): void {
    this.set({ view: panned(this.scene.view, by) });
  }

  zoom(factor: number, about?: Point): void {
    this.set({ view: zoomed(this.scene.view, factor, about) });
  }

  #spin(degrees: number): void {
    this.set({ view: { ...this.scene.view, turn: wrapped(this.scene.view.turn + degrees) } });
  }

  /** Take up a tool, or lay it down. */
  take(tool: Tool): void {
    this.tool = this.tool === tool ? 'look' : tool;
    [this.begun, this.cursor] = [null, null];
  }

  /** Whether the pose is another than the one that was found. */
  get moved(): boolean {
    return this.scene.pose !== this.common;
  }

  /** Whether the tool in hand sets places. */
  get placing(): boolean {
    return this.tool === 'cut' || this.tool === 'note' || this.tool === 'measure';
  }

  /** Set a place with the tool in hand. `second`: it was set on the second surface. Asks for words through `ask` where a note needs them. */
  place(at: Point, end: Point | null, ask: (at: Point) => void): void {
    if (this.tool === 'note') return ask(at);
    const [from, to] = [end ? at : this.begun, end ?? at];
    if (!from) { this.begun = at; return; }
    if (this.tool === 'cut') this.cut = [from, to];
    else this.notes = [...this.notes, { id: crypto.randomUUID(), on: 'one', from, to, text: '' }];
    this.begun = null;
  }

  /** Move where the keys point, by pixels of the canvas. */
  point(by: Point): void {
    const at = this.cursor ?? this.scene.view;
    const { view, tilt } = this.scene;
    const seen = toScreen(view, at, tilt);
    this.cursor = fromScreen(view, { x: seen.x + by.x, y: seen.y + by.y }, tilt);
  }

  /** The next cell or the one before, in reading order. */
  step(by: number): void {
    if (!this.cells.length) return;
    const at = this.chosen ? this.cells.indexOf(this.chosen) + by : by > 0 ? 0 : -1;
    this.chosen = this.cells.at(at % this.cells.length) ?? null;
    this.showCells = true;
  }

  leave(): void {
    if (this.begun) this.begun = null;
    else if (this.tool !== 'look') this.take(this.tool);
    else [this.chosen, this.cut] = [null, null];
  }

  /** What a key does to the picture; false where it is the page's to do. */
  do(command: Command): boolean {
    const act = this.#acts()[command];
    act?.();
    return Boolean(act);
  }

  #way(x: number, y: number): void {
    if (this.placing) this.point({ x: x * 12 * this.sharp, y: y * 12 * this.sharp });
    else this.pan({ x: -x * PAN * this.sharp, y: -y * PAN * this.sharp });
  }

  #acts(): Partial<Record<Command, () => void>> {
    const { scene } = this;
    const { light } = scene;
    return {
      ...Object.fromEntries(MODES.map((mode) => [mode, () => this.mode(mode)])),
      flip: () => { if (scene.mode === 'flicker') this.set({ second: !scene.second }); },
      left: () => this.#way(-1, 0), right: () => this.#way(1, 0), up: () => this.#way(0, -1), down: () => this.#way(0, 1),
      in: () => this.zoom(1.25), out: () => this.zoom(0.8), fit: () => this.fit(), 'turn-back': () => this.#spin(-5), 'turn-on': () => this.#spin(5),
      'nudge-left': () => this.#nudge(-1, 0), 'nudge-right': () => this.#nudge(1, 0), 'nudge-up': () => this.#nudge(0, -1), 'nudge-down': () => this.#nudge(0, 1),
      'pose-back': () => this.turn(-TURN), 'pose-on': () => this.turn(TURN), reset: () => this.reset(),
      'line-back': () => this.#line(-0.02), 'line-on': () => this.#line(0.02), 'line-level': () => this.set({ level: !scene.level }),
      'light-back': () => this.light({ azimuth: light.azimuth - 15 }), 'light-on': () => this.light({ azimuth: light.azimuth + 15 }),
      'light-lower': () => this.light({ elevation: light.elevation - 5 }), 'light-higher': () => this.light({ elevation: light.elevation + 5 }),
      colour: () => this.set({ coloured: !scene.coloured }), tilt: () => this.set({ tilt: scene.tilt ? 0 : 45 }),
      cells: () => { this.showCells = !this.showCells; if (!this.showCells) this.chosen = null; }, 'cell-next': () => this.step(1), 'cell-back': () => this.step(-1),
      cut: () => this.take('cut'), note: () => this.take('note'), measure: () => this.take('measure'), leave: () => this.leave(), help: () => { this.helping = true; },
    };
  }

  #line(by: number): void {
    const { mode, split, balance } = this.scene;
    if (mode === 'overlay') this.set({ balance: Math.min(1, Math.max(0, balance + 2 * by)) });
    else this.set({ split: Math.min(0.99, Math.max(0.01, split + by)) });
  }

  /** What lies over the scene, for the screen and for the picture. */
  over(names: readonly [string, string]): Over {
    const { mode, coloured, range } = this.scene;
    const { one, other } = this.pair;
    const heights = { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
    return {
      cells: this.showCells ? this.cells : [], chosen: this.chosen, common: this.common, cut: this.cut, notes: this.notes, names, size: this.sharp, micrometres,
      legend: mode === 'difference' ? { low: -range, high: range } : coloured && mode !== 'overlay' ? heights : null, begun: this.begun, cursor: this.cursor,
    };
  }
}
