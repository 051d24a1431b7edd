/** The map's own style: land from Natural Earth, posts as circles, colours from the tokens. No tiles, no fonts from outside. */
import type { Feature, FeatureCollection, Point, Position } from 'geojson';
import type { LayerSpecification, Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import topology from 'world-atlas/countries-50m.json';
import type { PostFigures } from '../shared/contract';
import { codeOfArea } from './mapCodes';

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

/** A token's colour as the page shows it now. */
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const postFeatures = (posts: PostFigures[], chosen: string | null, label: (post: PostFigures) => string): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: posts.map((post): Feature<Point> => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [post.longitude, post.latitude] },
    properties: { id: post.id, label: label(post), size: Math.round(Math.sqrt(post.checks)), waiting: post.waiting, chosen: post.id === chosen, order: post.waiting * 1e5 + Math.round(Math.sqrt(post.checks)) },
  })),
});

/** The layers in today's colours; `parties` are tinted, `largest` is the most checks of any post. */
function layers(parties: string[], largest: number): LayerSpecification[] {
  const root = Math.max(1, Math.sqrt(largest));
  const radius = (extra: number) => ['interpolate', ['linear'], ['get', 'size'], 0, 4.5 + extra, root, 13 + extra] as never;
  const colour = ['case', ['>', ['get', 'waiting'], 0], token('lead'), token('turquoise')] as never;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': token('ground') } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': ['case', ['in', ['get', 'code'], ['literal', parties]], token('land-part'), token('land')], 'fill-antialias': false } },
    { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': token('ground'), 'line-width': 0.8 } },
    { id: 'halo', type: 'circle', source: 'posts', layout: { 'circle-sort-key': ['get', 'order'] }, paint: { 'circle-radius': radius(5), 'circle-color': colour, 'circle-opacity': 0.18 } },
    { id: 'posts', type: 'circle', source: 'posts', layout: { 'circle-sort-key': ['get', 'order'] }, paint: { 'circle-radius': radius(0), 'circle-color': colour, 'circle-stroke-color': token('ink'), 'circle-stroke-width': ['case', ['get', 'chosen'], 2.5, 0] } },
    {
      id: 'names', type: 'symbol', source: 'posts',
      layout: { 'text-field': ['get', 'label'], 'text-font': ['Inter Variable'], 'text-size': 12.5, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 1.3, 'text-justify': 'auto', 'symbol-sort-key': ['*', -1, ['get', 'order']] },
      paint: { 'text-color': token('ink'), 'text-halo-color': token('ground'), 'text-halo-width': 1.4 },
    },
  ];
}

/** The whole style, for a new map. */
export function mapStyle(parties: string[], largest: number, posts: FeatureCollection<Point>): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: lands(), maxzoom: 8 },
      borders: { type: 'geojson', data: mesh(world, world.objects.countries, (a, b) => a !== b), maxzoom: 8 },
      posts: { type: 'geojson', data: posts },
    },
    layers: layers(parties, largest),
  };
}

/** Give a drawn map today's colours and sizes. */
export function repaint(map: MapLibre, parties: string[], largest: number): void {
  for (const layer of layers(parties, largest)) for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
}
