/** Where things lie: the pose of the second surface on the first, and the view of both on the screen. x to the right, y down, angles clockwise. */

export interface Point { x: number; y: number }

/** How the second surface lies on the first: turned about the middle of its grid, then moved. Degrees, µm. */
export interface Pose { turn: number; x: number; y: number }

/** What the screen shows: the point of the first surface in the middle (µm), pixels for one µm, and how far all is turned (degrees). */
export interface View { x: number; y: number; scale: number; turn: number }

export const NO_POSE: Pose = { turn: 0, x: 0, y: 0 };
const RADIANS = Math.PI / 180;

/** An angle as it is written: above -180, up to 180. */
export const wrapped = (degrees: number): number => 180 - ((((180 - degrees) % 360) + 360) % 360);

export function turned({ x, y }: Point, degrees: number): Point {
  const [c, s] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  return { x: c * x - s * y, y: s * x + c * y };
}

/** From the second surface's own place to where it lies on the first. */
export function ontoFirst(pose: Pose, point: Point): Point {
  const { x, y } = turned(point, pose.turn);
  return { x: x + pose.x, y: y + pose.y };
}

/** From a place on the first surface to the second surface's own. */
export const intoSecond = (pose: Pose, point: Point): Point => turned({ x: point.x - pose.x, y: point.y - pose.y }, -pose.turn);

/** One pose after another: `first` is applied first. */
export function after(first: Pose, then: Pose): Pose {
  const moved = ontoFirst(then, first);
  return { turn: wrapped(first.turn + then.turn), x: moved.x, y: moved.y };
}

/** The pose turned by so many degrees about a point that stays where it is on the first surface. */
export function turnedAbout(pose: Pose, about: Point, degrees: number): Pose {
  const arm = turned({ x: pose.x - about.x, y: pose.y - about.y }, degrees);
  return { turn: wrapped(pose.turn + degrees), x: about.x + arm.x, y: about.y + arm.y };
}

/** A place on the first surface as pixels from the middle of the pane; a stage tilted by so many degrees is lower. */
export function toScreen(view: View, { x, y }: Point, tilt = 0): Point {
  const seen = turned({ x: x - view.x, y: y - view.y }, view.turn);
  return { x: seen.x * view.scale, y: seen.y * view.scale * Math.cos(tilt * RADIANS) };
}

/** Pixels from the middle of the pane as a place on the first surface, at height nought. */
export function fromScreen(view: View, { x, y }: Point, tilt = 0): Point {
  const back = turned({ x: x / view.scale, y: y / (view.scale * Math.cos(tilt * RADIANS)) }, -view.turn);
  return { x: back.x + view.x, y: back.y + view.y };
}

/** The view moved by so many pixels, as if the stage were drawn along. */
export function panned(view: View, by: Point): View {
  const moved = fromScreen(view, { x: -by.x, y: -by.y });
  return { ...view, x: moved.x, y: moved.y };
}

export const CLOSEST = 2; // pixels for one µm
export const FARTHEST = 0.01;

/** The view nearer by a factor, about a place of the pane (pixels from its middle) that stays. */
export function zoomed(view: View, factor: number, about: Point = { x: 0, y: 0 }): View {
  const scale = Math.min(CLOSEST, Math.max(FARTHEST, view.scale * factor));
  const [held, moved] = [fromScreen(view, about), fromScreen({ ...view, scale }, about)];
  return { ...view, scale, x: view.x + held.x - moved.x, y: view.y + held.y - moved.y };
}

/** The view of a whole surface of this size (µm) in a pane of that (pixels). */
export const fitting = (wide: number, high: number, across: number, along: number): View => ({ x: 0, y: 0, turn: 0, scale: Math.min(CLOSEST, Math.max(FARTHEST, 0.94 * Math.min(across / wide, along / high))) });

const LENGTHS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** The length (µm) of a scale bar of at most so many pixels. */
export const barLength = (scale: number, pixels: number): number => LENGTHS.findLast((length) => length * scale <= pixels) ?? LENGTHS[0]!;

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
