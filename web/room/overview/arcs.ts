/** Lines between two places of the map: along the great circle, or flat where that would lead over a pole. */
import type { Position } from 'geojson';

type Vector = [number, number, number];
const RAD = Math.PI / 180;
/** Beyond this latitude a plain cylinder map shows no path that a reader would follow. */
const TOO_FAR = 68;
/** How far a line bends aside, as a part of its length, so that the way there and the way back lie apart. */
const BEND = 0.09;

const toVector = ([longitude, latitude]: Position): Vector => {
  const [a, b] = [longitude! * RAD, latitude! * RAD];
  return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
};
const toPlace = ([x, y, z]: Vector): Position => [Math.atan2(y, x) / RAD, Math.atan2(z, Math.hypot(x, y)) / RAD];

/** Points of the great circle from `from` to `to`, both ends among them. */
function circle(from: Position, to: Position, steps: number): Position[] {
  const [a, b] = [toVector(from), toVector(to)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-9) return [from, to];
  return Array.from({ length: steps + 1 }, (_, i) => {
    const [p, q] = [Math.sin((1 - i / steps) * angle) / Math.sin(angle), Math.sin((i / steps) * angle) / Math.sin(angle)];
    return toPlace([0, 1, 2].map((axis) => a[axis]! * p + b[axis]! * q) as Vector);
  });
}

/** Longitudes that go on beyond 180 instead of jumping to the other side, so that no line runs around the world. */
function joined(places: Position[]): Position[] {
  const all: Position[] = [];
  for (const [longitude, latitude] of places) {
    const before = all.at(-1)?.[0] ?? longitude!;
    all.push([longitude! + 360 * Math.round((before - longitude!) / 360), latitude!]);
  }
  return all;
}

/** The line from one place to another as it is drawn; places are [longitude, latitude] in degrees. */
export function arc(from: Position, to: Position, steps = 32): Position[] {
  const round = circle(from, to, steps);
  const polar = round.some(([, latitude]) => Math.abs(latitude!) > Math.max(TOO_FAR, Math.abs(from[1]!), Math.abs(to[1]!)));
  const [first, last] = joined([from, to]) as [Position, Position];
  const path = polar ? Array.from({ length: steps + 1 }, (_, i) => [first[0]! + ((last[0]! - first[0]!) * i) / steps, first[1]! + ((last[1]! - first[1]!) * i) / steps]) : joined(round);
  const [wide, high] = [path.at(-1)![0]! - path[0]![0]!, path.at(-1)![1]! - path[0]![1]!];
  return path.map(([x, y], i) => {
    const aside = BEND * Math.sin((Math.PI * i) / (path.length - 1));
    return [x! - high * aside, Math.max(-84, Math.min(84, y! + wide * aside))];
  });
}

/** The middle of the largest ring of a country's outline: where its routes begin and end. */
export function middle(polygons: Position[][][]): Position {
  let [best, place] = [-1, [0, 0] as Position];
  for (const [ring] of polygons) {
    let [area, x, y] = [0, 0, 0];
    ring!.forEach(([x0, y0], i) => {
      const [x1, y1] = ring![(i + 1) % ring!.length]!;
      const cross = x0! * y1! - x1! * y0!;
      area += cross; x += (x0! + x1!) * cross; y += (y0! + y1!) * cross;
    });
    if (Math.abs(area) > best) [best, place] = [Math.abs(area), area ? [x / (3 * area), y / (3 * area)] : ring![0]!];
  }
  return place;
}
