// plotly.js with scatter and bar, and of its components only those that our charts use.
// It stands in for plotly.js/lib/core, which also brings sliders, menus, images, range
// selectors and a style element that a strict style-src refuses; the six rules of that
// element that we need are in static/css/site.css.
const { register } = require('plotly.js/src/registry');
const api = require('plotly.js/src/plot_api');

for (const [name, fn] of Object.entries(api)) {
  register({ moduleType: 'apiMethod', name, fn });
}
register([
  require('plotly.js/src/traces/scatter'),
  require('plotly.js/src/traces/bar'),
  require('plotly.js/src/components/annotations'),
  require('plotly.js/src/components/selections'),
  require('plotly.js/src/components/shapes'),
  require('plotly.js/src/components/errorbars'),
  require('plotly.js/src/components/colorscale'),
  require('plotly.js/src/components/colorbar'),
  require('plotly.js/src/components/legend'),
  require('plotly.js/src/components/fx'),
  require('plotly.js/src/components/modebar'),
  require('plotly.js/src/locale-en'),
  require('plotly.js/src/locale-en-us'),
]);

module.exports = {
  version: require('plotly.js/src/version').version,
  newPlot: api.newPlot,
  react: api.react,
  purge: api.purge,
  Plots: { resize: require('plotly.js/src/plots/plots').resize },
};
