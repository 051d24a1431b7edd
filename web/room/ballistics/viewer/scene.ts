/** What is to be painted, for either painter: how both surfaces are shown, lit and laid out. */
import { NO_POSE, type Pose, type View } from './geometry';
import type { Relief } from './surface';

export const MODES = ['side', 'split', 'overlay', 'flicker', 'difference'] as const;
export type Mode = (typeof MODES)[number];

/** Where the light comes from: degrees clockwise from the top of the screen, degrees above the stage, strength of the relief. */
export interface Light { azimuth: number; elevation: number; strength: number }

/** One pair as it is shown. `split`: share of the pane before the line; `balance`: share of the second in the overlay; `range`: µm at the ends of the difference scale. */
export interface Scene {
  mode: Mode; view: View; pose: Pose; light: Light; coloured: boolean; tilt: number; lift: number;
  split: number; level: boolean; balance: number; second: boolean; range: number;
}

export const BEGINNING: Scene = {
  mode: 'side', view: { x: 0, y: 0, scale: 0.1, turn: 0 }, pose: NO_POSE, light: { azimuth: 315, elevation: 35, strength: 1 },
  coloured: false, tilt: 0, lift: 30, split: 0.5, level: false, balance: 0.5, second: false, range: 2,
};

export type Shown = 'one' | 'other' | 'split' | 'overlay' | 'difference';
/** A part of the canvas in pixels from its top left, and what it shows. */
export interface Pane { shows: Shown; x: number; y: number; wide: number; high: number }

const GAP = 4;
/** The panes of a canvas of this size: side by side, one above the other where it is upright, else one. */
export function panesOf({ mode, second }: Pick<Scene, 'mode' | 'second'>, wide: number, high: number): Pane[] {
  if (mode === 'flicker') return [{ shows: second ? 'other' : 'one', x: 0, y: 0, wide, high }];
  if (mode !== 'side') return [{ shows: mode, x: 0, y: 0, wide, high }];
  if (high > wide) {
    const part = Math.floor((high - GAP) / 2);
    return [{ shows: 'one', x: 0, y: 0, wide, high: part }, { shows: 'other', x: 0, y: high - part, wide, high: part }];
  }
  const part = Math.floor((wide - GAP) / 2);
  return [{ shows: 'one', x: 0, y: 0, wide: part, high }, { shows: 'other', x: wide - part, y: 0, wide: part, high }];
}

/** The pane under a place of the canvas. */
export const paneAt = (panes: readonly Pane[], x: number, y: number): Pane | undefined => panes.find((one) => x >= one.x && y >= one.y && x < one.x + one.wide && y < one.y + one.high);

/** Two surfaces to compare; the slopes of both are drawn with the same strength, or they could not be compared by eye. */
export interface Pair { one: Relief; other: Relief }
export const gainOf = ({ one, other }: Pair, { strength }: Light): number => (0.55 * strength) / Math.max(1e-6, (one.slope + other.slope) / 2);

/** Towards the light on the screen: to the right, down, up from the stage; one long. */
export function lightWay({ azimuth, elevation }: Light): readonly [number, number, number] {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  return [Math.sin(a) * Math.cos(e), -Math.cos(a) * Math.cos(e), Math.sin(e)];
}

/** What paints scenes of one pair onto a canvas as large as that is. `slow`: it reckons every point itself, so movement is painted coarsely first. */
export interface Painter { readonly kind: 'webgl' | 'canvas'; readonly slow: boolean; paint(scene: Scene): void; end(): void }

/** Pixels of the canvas for one painted, at rest or while something moves: what reckons in software follows the hand, and is sharp when it rests. */
export function coarseness({ kind, slow }: Painter, { mode, tilt }: Scene, moving: boolean): number {
  if (!slow) return 1;
  const rest = kind === 'canvas' ? 2 : 1;
  return moving && mode !== 'flicker' ? (tilt ? 4 : 3) : rest;
}

/** The scene on a canvas so many times smaller. */
export const coarsened = (scene: Scene, by: number): Scene => ({ ...scene, view: { ...scene.view, scale: scene.view.scale / by } });
