// Bundles plotly-entry.js into OUTDIR/plotly.min.js, with the licences of all it holds.
// Usage: node plotly-build.mjs OUTDIR
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = process.argv[2];
const read = (path) => readFileSync(path, 'utf8');
const { version } = JSON.parse(read('node_modules/plotly.js/package.json'));

// plotly.js documents every attribute in its code; the bundle needs none of that prose.
const TEXT = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
const PROSE = new RegExp(
  String.raw`\b(description|hrName): ?(?:(?:${TEXT})|\[(?:\s|,|${TEXT})*\]\.join\((?:${TEXT})\))(?=\s*[,}\n])(?!\s*\+)`,
  'g',
);
const dropProse = {
  name: 'drop-prose',
  setup: (builder) =>
    builder.onLoad({ filter: /plotly\.js[/\\]src[/\\].*attr.*\.js$/ }, ({ path }) => ({
      contents: read(path).replace(PROSE, "$1: ''"),
    })),
};

const { metafile } = await build({
  entryPoints: ['plotly-entry.js'],
  outfile: `${outdir}/plotly.min.js`,
  bundle: true,
  minify: true,
  metafile: true,
  format: 'iife',
  globalName: 'Plotly',
  target: 'es2020',
  legalComments: 'none',
  alias: { culori: './plotly-colours.mjs' },
  define: { global: 'window', 'define.amd': 'false' },
  loader: { '.css': 'empty' }, // the map library's, which is not in the bundle
  banner: {
    js: `/*! plotly.js v${version} (scatter and bar), MIT licence; see plotly.LICENSE.txt */`,
  },
  plugins: [dropProse],
  logLevel: 'warning',
});

const bundled = Object.values(metafile.outputs)[0].inputs;
const packages = new Set(
  Object.keys(bundled).flatMap((path) => {
    const found = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    return found && bundled[path].bytesInOutput ? [found[1]] : [];
  }),
);
packages.delete('plotly.js');
packages.delete('maplibre-gl'); // only its empty style sheet
const licences = ['plotly.js', ...[...packages].sort()].map((name) => {
  const folder = `node_modules/${name}`;
  const about = JSON.parse(read(`${folder}/package.json`));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? read(`${folder}/${file}`).trim() : `Licence: ${about.license}`;
  return `${name} ${about.version}\n\n${text}\n`;
});
writeFileSync(`${outdir}/plotly.LICENSE.txt`, licences.join(`\n${'-'.repeat(72)}\n\n`));
