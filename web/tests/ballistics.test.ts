/** The viewer's pure parts: surfaces as they come, poses and views, light, cells, cuts and keys. */
import { expect, test } from 'vitest';
import { base64, bytesOf } from '../room/ballistics/contract';
import { areaOf, brushed, packed, ringed, unpacked } from '../room/ballistics/mask';
import { type Cell, foundCorners, holds, patches, poseOf } from '../room/ballistics/viewer/cells';
import { DIFFERENCES, entry, HEIGHTS } from '../room/ballistics/viewer/colours';
import { after, barLength, fitting, fromScreen, intoSecond, NO_POSE, ontoFirst, panned, toScreen, turnedAbout, wrapped, zoomed } from '../room/ballistics/viewer/geometry';
import { commandOf, COMMANDS, KEYS } from '../room/ballistics/viewer/keys';
import { brightness, Eye, paintPane } from '../room/ballistics/viewer/painting';
import { correlation, curve, profileOf, reach, ticks } from '../room/ballistics/viewer/profile';
import { BEGINNING, coarsened, coarseness, lightWay, paneAt, panesOf } from '../room/ballistics/viewer/scene';
import { decode, readAt, reading, reliefOf, type Surface } from '../room/ballistics/viewer/surface';

/** A surface as the hub would send it. */
function sent(header: object, heights: number[]): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const content = new Uint8Array(4 + text.length + 2 * heights.length);
  const view = new DataView(content.buffer);
  view.setUint32(0, text.length, true);
  content.set(text, 4);
  heights.forEach((z, i) => view.setInt16(4 + text.length + 2 * i, z, true));
  return content.buffer;
}
/** A surface of a formula in µm; x and y from the middle. */
function made(side: number, step: number, z: (x: number, y: number) => number): Surface {
  const at = (i: number) => (i - (side - 1) / 2) * step;
  const heights = Float32Array.from({ length: side * side }, (_, k) => z(at(k % side), at(Math.floor(k / side))));
  return { rows: side, columns: side, step, low: -5, high: 5, region: 'breech-face', heights };
}
/** Ripples that repeat nowhere near: what a mark looks like. */
const marks = (x: number, y: number): number => Math.sin(x / 31 + Math.cos(y / 47)) + 0.7 * Math.sin(y / 23 + x / 90);
const one = reliefOf(made(81, 12.5, marks));
/** The same marks, turned and moved: laid on the first by `pose`, both are the same. */
const pose = { turn: 25, x: 60, y: -40 };
const other = reliefOf(made(121, 12.5, (x, y) => { const at = ontoFirst(pose, { x, y }); return marks(at.x, at.y); }));
const pair = { one, other };
const near = (a: { x: number; y: number }, b: { x: number; y: number }) => { expect(a.x).toBeCloseTo(b.x, 6); expect(a.y).toBeCloseTo(b.y, 6); };

test('a surface is read as it was sent; its ends and its gaps are kept', () => {
  const surface = decode(sent({ rows: 1, columns: 3, step_um: 12.5, low: -2, high: 4, region: 'breech-face' }, [-32_767, 32_767, -32_768]));
  expect([surface.heights[0], surface.heights[1], surface.heights[2]]).toEqual([-2, 4, NaN]);
  expect(surface).toMatchObject({ rows: 1, columns: 3, step: 12.5, region: 'breech-face' });
});

test.each([
  ['cut off', new ArrayBuffer(2)], ['a header that ends nowhere', Uint8Array.of(255, 0, 0, 0, 1).buffer],
  ['too few heights', sent({ rows: 2, columns: 2, step_um: 1, low: 0, high: 1, region: '' }, [1, 2, 3])],
  ['no step', sent({ rows: 1, columns: 1, step_um: 0, low: 0, high: 1, region: '' }, [1])],
  ['too large', sent({ rows: 100_000, columns: 1, step_um: 1, low: 0, high: 1, region: '' }, [1])],
])('what is no surface is refused: %s', (_, content) => {
  expect(() => decode(content)).toThrow(RangeError);
});

test('slopes are those of the formula, at the edge and beside a gap too', () => {
  const plane = made(9, 10, (x, y) => 0.2 * x - 0.1 * y);
  plane.heights[40] = NaN;
  const { texels, slope } = reliefOf(plane);
  for (const i of [0, 8, 39, 41, 31, 80]) { expect(texels[4 * i + 1]).toBeCloseTo(0.2, 5); expect(texels[4 * i + 2]).toBeCloseTo(-0.1, 5); }
  expect([...texels.slice(160, 164)]).toEqual([0, 0, 0, 0]);
  expect(slope).toBeCloseTo(Math.hypot(0.2, 0.1), 5);
});

test('between points the height is in between; outside and in a gap nothing is known', () => {
  const found = reading();
  const relief = reliefOf(made(9, 10, (x) => x));
  expect(readAt(relief, 13, -7, found)).toMatchObject({ known: true });
  expect(found.z).toBeCloseTo(13, 4);
  expect(readAt(relief, 60, 0, found).known).toBe(false);
  expect(readAt(reliefOf(made(9, 10, () => NaN)), 0, 0, found).known).toBe(false);
});

test('a pose and its way back meet; one after another is one', () => {
  const then = { turn: -170, x: 3, y: 9 };
  const place = { x: 17, y: -230 };
  near(intoSecond(pose, ontoFirst(pose, place)), place);
  near(ontoFirst(after(pose, then), place), ontoFirst(then, ontoFirst(pose, place)));
  const about = ontoFirst(pose, place);
  near(ontoFirst(turnedAbout(pose, about, 33), place), about);
  expect([wrapped(190), wrapped(-180), wrapped(540), wrapped(0)]).toEqual([-170, 180, 180, 0]);
});

test('the screen and the surface lead to each other; zooming holds the place under the hand', () => {
  const view = { x: 40, y: -12, scale: 0.3, turn: 71 };
  for (const tilt of [0, 50]) near(fromScreen(view, toScreen(view, { x: 5, y: 6 }, tilt), tilt), { x: 5, y: 6 });
  const about = { x: 120, y: -30 };
  near(fromScreen(zoomed(view, 1.7, about), about), fromScreen(view, about));
  near(toScreen(panned(view, { x: 8, y: 3 }), fromScreen(view, { x: 0, y: 0 })), { x: 8, y: 3 });
  expect(fitting(4000, 3000, 800, 400).scale).toBeCloseTo(0.94 * (400 / 3000), 9);
  expect([barLength(0.1, 100), barLength(1, 100), barLength(2, 1)]).toEqual([1000, 100, 10]);
});

test('the panes lie side by side, one above the other on a phone, and know what is under the hand', () => {
  const wide = panesOf({ mode: 'side', second: false }, 804, 400);
  expect(wide.map(({ shows, x, wide: w }) => [shows, x, w])).toEqual([['one', 0, 400], ['other', 404, 400]]);
  expect(panesOf({ mode: 'side', second: false }, 300, 604).map(({ y }) => y)).toEqual([0, 304]);
  expect(panesOf({ mode: 'flicker', second: true }, 300, 604).map(({ shows }) => shows)).toEqual(['other']);
  expect([paneAt(wide, 10, 10)?.shows, paneAt(wide, 402, 10), paneAt(wide, 500, 10)?.shows]).toEqual(['one', undefined, 'other']);
});

test('what reckons in software is coarse while it moves and sharp at rest; a card is always sharp', () => {
  const painter = { slow: true, kind: 'webgl' as const, paint: () => undefined, end: () => undefined };
  expect([coarseness(painter, BEGINNING, true), coarseness(painter, BEGINNING, false), coarseness({ ...painter, kind: 'canvas' }, BEGINNING, false), coarseness({ ...painter, slow: false }, BEGINNING, true)]).toEqual([3, 1, 2, 1]);
  expect([coarseness(painter, { ...BEGINNING, mode: 'flicker' }, true), coarseness(painter, { ...BEGINNING, tilt: 30 }, true), coarsened(BEGINNING, 2).view.scale]).toEqual([1, 4, 0.05]);
});

test('a slope towards the light is bright, one that turns away dark', () => {
  const way = lightWay({ azimuth: 270, elevation: 30, strength: 1 }); // from the left
  expect([brightness(0.5, 0, 1, way) > brightness(0, 0, 1, way), brightness(-0.9, 0, 4, way) < 0.1]).toEqual([true, true]);
  const [x, y, up] = lightWay({ azimuth: 0, elevation: 0, strength: 1 });
  expect([Math.abs(x) < 1e-9, y, up]).toEqual([true, -1, 0]);
});

const light = (shows: 'one' | 'other', x: number, y: number, more: object = {}): number => {
  const into = new Uint8ClampedArray(4);
  new Eye(pair, { ...BEGINNING, pose, ...more }).paint(shows, x, y, 0, into, 0);
  return into[0]!;
};

test('laid on each other by the pose, both surfaces are lit alike, however the stage is turned or tilted', () => {
  for (const more of [{}, { view: { x: 30, y: 20, scale: 1, turn: 110 } }, { tilt: 40, lift: 5 }]) {
    for (const [x, y] of [[0, 0], [120, -75], [-200, 160]] as const) expect(Math.abs(light('one', x, y, more) - light('other', x, y, more))).toBeLessThan(14);
  }
  expect(Math.abs(light('one', 120, -75) - light('other', 120, -75, { pose: NO_POSE }))).toBeGreaterThan(14);
});

test('the difference of the same marks is the middle of the scale; the split line parts them', () => {
  const scene = { ...BEGINNING, pose, mode: 'difference' as const, view: { x: 0, y: 0, scale: 0.2, turn: 0 } };
  const pixels = new Uint8ClampedArray(4 * 64);
  paintPane(pixels, { shows: 'difference', x: 0, y: 0, wide: 8, high: 8 }, pair, scene);
  expect(pixels[4 * 27]).toBeGreaterThan(220);
  const split = { ...scene, mode: 'split' as const, split: 0.5, pose: { turn: 0, x: 9999, y: 0 } };
  paintPane(pixels, { shows: 'split', x: 0, y: 0, wide: 8, high: 8 }, pair, split);
  expect([pixels[4 * 26]! > 20, pixels[4 * 29]]).toEqual([true, 9]);
  const level = { ...split, level: true };
  paintPane(pixels, { shows: 'split', x: 0, y: 0, wide: 8, high: 8 }, pair, level);
  expect([pixels[4 * 21]! > 20, pixels[4 * 42]]).toEqual([true, 9]);
});

test('tables of colours hold their ends', () => {
  expect([...HEIGHTS.slice(0, 4), entry(-3), entry(7)]).toEqual([68, 1, 84, 255, 0, 4 * 255]);
  expect(DIFFERENCES[entry(0.5)]).toBeGreaterThan(225);
});

const cell: Cell = { row: 0, column: 0, x_um: 50, y_um: -30, size_um: 200, ncc: 0.8, rotation_deg: 2, dx_um: 6, dy_um: -3, congruent: true };

test('a cell is found where its own turn and shift lead', () => {
  const now = { turn: 5, x: 1, y: 2 };
  const own = intoSecond(now, foundCorners(cell, pose, now)[0]!);
  near(ontoFirst(poseOf(cell, pose), own), { x: -50, y: -130 });
  expect(poseOf({ ...cell, rotation_deg: 160 }, pose)).toEqual({ turn: -175, x: 66, y: -43 });
  expect([holds(cell, { x: 140, y: 60 }), holds(cell, { x: 160, y: 0 })]).toEqual([true, false]);
});

test('both patches of a cell that found itself are alike', () => {
  const [a, b] = patches(pair, { ...cell, rotation_deg: 0, dx_um: 0, dy_um: 0 }, pose, BEGINNING.light, false, 24);
  const apart = a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
  expect(apart).toBeLessThan(6);
});

test('a cut through both runs alike under the pose and not without it', () => {
  const [from, to] = [{ x: -300, y: -100 }, { x: 300, y: 150 }];
  const cut = profileOf(pair, pose, from, to);
  expect(cut.along).toHaveLength(53);
  expect([cut.length, cut.shared]).toEqual([650, 1]);
  expect(cut.alike).toBeGreaterThan(0.98);
  expect(profileOf(pair, NO_POSE, from, to).alike).toBeLessThan(0.7);
  const top = reach(cut);
  expect(curve(cut, cut.one, top, 600, 100)).toMatch(/^M0\.0 [\d.]+(L[\d.]+ [\d.]+){52}$/);
  expect(curve({ ...cut, length: 2, along: [0, 1, 2] }, [0, NaN, 1], 1, 10, 20)).toBe('M0.0 10.0M10.0 0.0');
});

test('too few or flat points tell no correlation; ticks are round', () => {
  const flat = Array<number>(30).fill(1);
  expect([correlation(flat, flat), correlation([1, 2], [1, 2]), correlation(flat.map((_, i) => i), flat.map((_, i) => -i))]).toEqual([null, null, -1]);
  expect(ticks(1234, 5)).toEqual([0, 500, 1000]);
});

const press = (key: string, code: string, more: object = {}) => commandOf({ key, code, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('keys mean the same on an Arabic keyboard, with Shift something else, and never take the browser’s', () => {
  expect([press('c', 'KeyC'), press('ؤ', 'KeyC'), press('ArrowLeft', 'ArrowLeft'), press('ArrowLeft', 'ArrowLeft', { shiftKey: true })]).toEqual(['cells', 'cells', 'left', 'nudge-left']);
  expect([press('+', 'Equal', { shiftKey: true }), press('?', 'Slash', { shiftKey: true }), press('c', 'KeyC', { ctrlKey: true }), press('Tab', 'Tab')]).toEqual(['in', 'help', null, null]);
  expect(press('C', 'KeyC', { shiftKey: true })).toBeNull();
  expect(new Set(KEYS.map(([command]) => command))).toEqual(new Set(COMMANDS));
  expect(new Set(KEYS.map(([, key]) => JSON.stringify(key))).size).toBe(KEYS.length);
});

test('a mask survives its way to the hub; brush and ring take in what they cover', () => {
  const bits = Uint8Array.of(0b1010_0000, 0b0110_0000);
  const mask = unpacked(3, 4, 10, bits);
  expect([...mask.points]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]);
  expect(packed(mask)).toEqual(bits);
  expect(() => unpacked(3, 6, 10, bits)).toThrow(RangeError);
  const empty = unpacked(9, 9, 10, new Uint8Array(11));
  const disc = brushed(empty, 4, 4, 1, true);
  expect(disc.points.reduce((sum, one) => sum + one, 0)).toBe(5);
  expect(brushed(disc, 4, 4, 3, false).points.some(Boolean)).toBe(false);
  expect(areaOf(brushed(empty, 0, 0, 99, true))).toBeCloseTo(81 * 1e-4, 9);
  const ring = ringed(empty, { x: 0, y: 0, radius: 30, holeX: 10, holeY: 0, hole: 12 });
  expect([ring.points[4 * 9 + 4], ring.points[4 * 9 + 2], ring.points[0]]).toEqual([0, 1, 0]);
});

test('a file of any length becomes base64 and back', () => {
  const content = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
  expect(bytesOf(base64(content))).toEqual(content);
});
