// Draws Plotly over the server's SVG once a chart comes into view. The SVG stays in the
// page: it holds the height and the links, and CSS brings it back for the keyboard, for
// narrow screens, for print and for forced colours. Where anything fails, it just stays.
const dark = matchMedia('(prefers-color-scheme: dark)');
let plotly;

// Loads the bundle once for all charts; it defines window.Plotly.
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
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, coloured(item, style)]),
    );
  }
  if (typeof value !== 'string') return value;
  return value.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
}

function draw(Plotly, plot, spec) {
  const style = getComputedStyle(plot);
  const { data, layout } = coloured(spec, style);
  const ours = {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: style.fontFamily, size: 15, color: style.color },
  };
  const fitted = { ...ours, ...layout, autosize: true, dragmode: false };
  return Plotly.react(plot, data, fitted, { displayModeBar: false, responsive: true });
}

// The first item of a point's customdata is the address of its provenance.
function follow({ points, event }) {
  const address = [points[0].customdata].flat()[0];
  if (typeof address !== 'string') return;
  const url = new URL(address, location);
  if (url.origin !== location.origin) return;
  if (event.ctrlKey || event.metaKey) window.open(url, '_blank', 'noopener');
  else location.assign(url);
}

async function enliven(figure) {
  const [Plotly, spec] = await Promise.all([
    loadPlotly(),
    fetch(figure.dataset.plotly).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer))),
  ]);
  const drawing = figure.querySelector('.chart-drawing');
  const plot = document.createElement('div');
  plot.className = 'plot';
  plot.setAttribute('aria-hidden', 'true');
  drawing.append(plot);
  await draw(Plotly, plot, spec);
  plot.on('plotly_click', follow);
  plot.on('plotly_hover', () => plot.classList.add('over-mark'));
  plot.on('plotly_unhover', () => plot.classList.remove('over-mark'));
  dark.addEventListener('change', () => draw(Plotly, plot, spec));
  drawing.classList.add('is-live');
}

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const wide = target.querySelector('.chart-wide');
    if (!isIntersecting || innerWidth < 640 || !wide?.clientWidth) continue;
    watch.unobserve(target);
    enliven(target).catch(() => target.querySelector('.plot')?.remove());
  }
}, { rootMargin: '200px' });
document.querySelectorAll('figure.chart[data-plotly]').forEach((figure) => watch.observe(figure));
