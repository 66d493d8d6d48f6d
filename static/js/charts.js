// Draws Plotly over the server's SVG once a chart comes into view. The SVG stays in the
// page: it holds the height and the links, and CSS brings it back for the keyboard, for
// narrow screens, for print and for forced colours. Where anything fails, it just stays.
const dark = matchMedia('(prefers-color-scheme: dark)');
let plotly;

// Loads the bundle, which defines window.Plotly, once for all charts.
function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = document.body.dataset.plotlyJs;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return plotly;
}

// A copy of the spec in which each "var(--token)" is the colour that it stands for now.
function coloured(value, style) {
  if (Array.isArray(value)) return value.map((item) => coloured(item, style));
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => [key, coloured(item, style)]);
    return Object.fromEntries(entries);
  }
  if (typeof value !== 'string') return value;
  return value.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
}

// Text is as large as in the drawing that it replaces.
function draw(Plotly, plot, spec) {
  const style = getComputedStyle(plot);
  const svg = plot.parentElement.querySelector('.chart-wide');
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const size = scale * parseFloat(getComputedStyle(svg.querySelector('text')).fontSize);
  const font = { family: style.fontFamily, size, color: style.color };
  const ours = coloured({
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    hoverlabel: { bgcolor: 'var(--ink)', bordercolor: 'var(--ink)', font: { ...font, color: 'var(--paper)' } },
  }, style);
  const { data, layout } = coloured(spec, style);
  const fitted = { ...ours, ...layout, font, autosize: true, dragmode: false };
  return Plotly.react(plot, data, fitted, { displayModeBar: false });
}

// The first item of a point's customdata is the address of its provenance.
function follow({ points, event }) {
  const address = [points[0].customdata].flat()[0];
  if (!/^\/[^/]/.test(address)) return;
  if (event.ctrlKey || event.metaKey) window.open(address, '_blank', 'noopener');
  else location.assign(address);
}

async function enliven(figure) {
  const [Plotly, answer] = await Promise.all([loadPlotly(), fetch(figure.dataset.plotly)]);
  if (!answer.ok) return;
  const spec = await answer.json();
  const plot = document.createElement('div');
  plot.className = 'plot';
  plot.setAttribute('aria-hidden', 'true');
  figure.querySelector('.chart-drawing').append(plot);
  let width = plot.clientWidth;
  await draw(Plotly, plot, spec);
  plot.on('plotly_click', follow);
  plot.on('plotly_hover', () => plot.classList.add('over-mark'));
  plot.on('plotly_unhover', () => plot.classList.remove('over-mark'));
  const redraw = () => plot.clientWidth && draw(Plotly, plot, spec);
  dark.addEventListener('change', redraw);
  // Plotly's own "responsive" would keep the size of the text. An observer reports at the
  // start too, when nothing has changed.
  new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    redraw();
  }).observe(plot);
  plot.parentElement.classList.add('is-live');
}

// Narrow screens show .chart-narrow and never pay for the bundle.
const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const wide = target.querySelector('.chart-wide');
    if (!isIntersecting || !wide?.getBoundingClientRect().width) continue;
    watch.unobserve(target);
    enliven(target).catch(() => target.querySelector('.plot')?.remove());
  }
}, { rootMargin: '200px' });
document.querySelectorAll('figure.chart[data-plotly]').forEach((figure) => watch.observe(figure));

// A link to a table that is folded away, to a row of it or to its section, unfolds it.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest('details') ?? target?.querySelector(':scope > details.fold');
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();
