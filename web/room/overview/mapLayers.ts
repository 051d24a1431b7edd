/** The map's own style: land from Natural Earth, posts as circles, routes as arcs, colours from the tokens. No tiles, no fonts from outside. */
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import type { LayerSpecification, Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import topology from 'world-atlas/countries-50m.json';
import { arc, middle } from './arcs';
import { codeOfArea } from './mapCodes';
import { amount, colourOf, type Measure, type PostLine, type Route } from './picture';

const world = topology as unknown as Topology<{ countries: GeometryCollection }>;

/** Islands cut by the 180th meridian (Fiji) are drawn whole on its eastern side, else a line would run around the world. */
function joinSides(polygon: Position[][]): void {
  for (const ring of polygon) {
    const longitudes = ring.map(([longitude]) => longitude!);
    const crosses = Math.max(...longitudes) - Math.min(...longitudes) > 350 && ring.every(([, latitude]) => Math.abs(latitude!) < 60);
    if (crosses) for (const place of ring) if (place[0]! < 0) place[0]! += 360;
  }
}

function lands(): FeatureCollection {
  const areas = feature(world, world.objects.countries) as FeatureCollection;
  for (const area of areas.features) if (area.geometry.type === 'MultiPolygon') for (const polygon of area.geometry.coordinates) joinSides(polygon);
  for (const area of areas.features) area.properties = { code: codeOfArea(area.id) };
  return areas;
}

/** Where the routes of a country begin and end, by its three-letter code. */
const middles = new Map<string, Position>();
function learn(areas: FeatureCollection): FeatureCollection {
  for (const { geometry, properties } of areas.features) {
    const polygons = geometry.type === 'MultiPolygon' ? (geometry as MultiPolygon).coordinates : geometry.type === 'Polygon' ? [(geometry as Polygon).coordinates] : [];
    const code = properties?.code as string | null;
    if (code && polygons.length) middles.set(code, middle(polygons));
  }
  return areas;
}

/** A token's colour as the page shows it now. */
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export interface Marking { measure: Measure; chosen: string | null; label: (post: PostLine) => string }

/** The posts as points, by how much of the measure each has. */
export const postFeatures = (posts: PostLine[], { measure, chosen, label }: Marking): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: posts.map((post): Feature<Point> => {
    const size = Math.round(Math.sqrt(amount(post, measure)) * 2) / 2;
    return { type: 'Feature', geometry: { type: 'Point', coordinates: [post.longitude, post.latitude] }, properties: { id: post.id, label: label(post), size, waiting: post.waiting, chosen: post.id === chosen, order: post.waiting * 1e5 + size } };
  }),
});

const ROUTES = 80;
/** The routes as arcs between the middles of countries, the busiest last so that they lie on top. */
export function routeFeatures(routes: Route[]): FeatureCollection<LineString> {
  const drawn = routes.filter(({ came_from: a, went_to: b }) => a && b && middles.has(a) && middles.has(b)).slice(0, ROUTES);
  const most = Math.max(1, ...drawn.map(({ detections, interviews }) => detections + interviews));
  return {
    type: 'FeatureCollection',
    features: drawn.map(({ came_from: a, went_to: b, detections, interviews }): Feature<LineString> => ({
      type: 'Feature', geometry: { type: 'LineString', coordinates: arc(middles.get(a!)!, middles.get(b!)!) },
      // Rounded, and without the counts: one person more is no reason to draw the map anew.
      properties: { from: a, to: b, wide: Math.round(Math.sqrt((detections + interviews) / most) * 20) / 20 },
    })).reverse(),
  };
}

export interface Look { parties: string[]; largest: number; measure: Measure }

/** The layers in today's colours; `parties` are tinted, `largest` is the most of the measure that any post has. */
function layers({ parties, largest, measure }: Look): LayerSpecification[] {
  const root = Math.max(1, Math.sqrt(largest));
  const radius = (extra: number) => ['interpolate', ['linear'], ['get', 'size'], 0, 3 + extra, root, 15 + extra] as never;
  const colour = token(colourOf(measure));
  const flow = token('flow');
  const order = { 'circle-sort-key': ['get', 'order'] } as never;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': token('ground') } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': ['case', ['in', ['get', 'code'], ['literal', parties]], token('land-part'), token('land')], 'fill-antialias': false } },
    { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': token('ground'), 'line-width': 0.8 } },
    { id: 'routes', type: 'line', source: 'routes', layout: { 'line-cap': 'round' }, paint: { 'line-width': ['interpolate', ['linear'], ['get', 'wide'], 0, 1.2, 1, 7], 'line-gradient': ['interpolate', ['linear'], ['line-progress'], 0, faded(flow), 1, flow], 'line-opacity': 0.85 } },
    { id: 'ways', type: 'symbol', source: 'routes', layout: { 'symbol-placement': 'line', 'symbol-spacing': 90, 'text-field': '▸', 'text-font': ['Inter Variable'], 'text-size': 13, 'text-keep-upright': false, 'text-rotation-alignment': 'map', 'text-padding': 0, 'text-allow-overlap': false }, paint: { 'text-color': token('ink'), 'text-halo-color': token('ground'), 'text-halo-width': 1 } },
    { id: 'halo', type: 'circle', source: 'posts', layout: order, paint: { 'circle-radius': radius(4), 'circle-color': ['case', ['>', ['get', 'waiting'], 0], token('lead'), colour] as never, 'circle-opacity': 0.2 } },
    { id: 'posts', type: 'circle', source: 'posts', layout: order, paint: { 'circle-radius': radius(0), 'circle-color': colour, 'circle-opacity': 0.9, 'circle-stroke-color': ['case', ['get', 'chosen'], token('ink'), token('lead')] as never, 'circle-stroke-width': ['case', ['get', 'chosen'], 2.5, ['>', ['get', 'waiting'], 0], 2.5, 0] as never } },
    {
      id: 'names', type: 'symbol', source: 'posts',
      layout: { 'text-field': ['get', 'label'], 'text-font': ['Inter Variable'], 'text-size': 12, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 1.2, 'text-justify': 'auto', 'symbol-sort-key': ['*', -1, ['get', 'order']], 'text-padding': 6 },
      paint: { 'text-color': token('ink'), 'text-halo-color': token('ground'), 'text-halo-width': 1.4 },
    },
  ];
}

/** The colour at a tenth of its strength; tokens are written as #rrggbb. */
const faded = (colour: string): string => `${colour}1a`;

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
/** The whole style, for a new map. */
export function mapStyle(look: Look, posts: FeatureCollection<Point>): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: learn(lands()), maxzoom: 8 },
      borders: { type: 'geojson', data: mesh(world, world.objects.countries, (a, b) => a !== b), maxzoom: 8 },
      routes: { type: 'geojson', data: EMPTY, lineMetrics: true },
      posts: { type: 'geojson', data: posts },
    },
    layers: layers(look),
  };
}

/** Give a drawn map today's colours and sizes. */
export function repaint(map: MapLibre, look: Look): void {
  for (const layer of layers(look)) for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
}
