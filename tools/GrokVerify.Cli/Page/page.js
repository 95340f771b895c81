'use strict';
(async () => {
  const byId = id => document.getElementById(id);

  async function unpacked(id) {
    const packed = atob(byId(id).textContent);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  }

  // Each of the two bundles leaves itself in window.Plotly.
  async function library(id) {
    const script = document.createElement('script');
    script.textContent = await unpacked(id);
    document.head.append(script);
    return window.Plotly;
  }

  const text = unpacked('data');
  const forMost = await library('plotly-basic');
  const { checkpoints, phases, charts } = JSON.parse(await text);

  // Heat maps take the whole of plotly.js, which a slow machine reads for a second or two: not before the page can be read.
  let whole;
  const forHeatMaps = () => whole ??= library('plotly');
  const isHeatMap = figure => charts[figure.dataset.chart].traces[0].kind === 'heat';

  const figures = [...document.querySelectorAll('figure[data-chart]')];
  const visible = new Set();
  const drawn = new Set();
  let frame = checkpoints.length - 1;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const faded = (name, alpha) => colour(name) + Math.round(255 * alpha).toString(16).padStart(2, '0');
  const at = (frames, fixed) => frames ? frames[Math.min(Math.max(frame, 0), frames.length - 1)] : fixed;

  // PackedGrid.cs has the other half: 90 steps from '#' on, without the backslash.
  function unpackGrid({ rows, least, largest, cells }) {
    const columns = cells.length / rows;
    return Array.from({ length: rows }, (_, row) => Float64Array.from({ length: columns }, (_, column) => {
      const code = cells.charCodeAt(row * columns + column);
      return least + (largest - least) * (code - (code > 92 ? 36 : 35)) / 89;
    }));
  }

  function drawing(trace, chart) {
    const base = { name: trace.name, x: at(trace.xFrames, trace.x), y: at(trace.yFrames, trace.y) };
    switch (trace.kind) {
      case 'line':
        return { ...base, type: 'scatter', mode: base.x.length > 1 ? 'lines' : 'markers', marker: { color: colour(trace.colour) }, line: { color: colour(trace.colour), width: 2, dash: trace.isDashed ? 'dash' : 'solid' } };
      case 'points':
        return { ...base, type: 'scatter', mode: 'markers', text: trace.labels, marker: { symbol: 'circle-open', size: 9, color: colour(trace.colour), line: { width: 2 } } };
      case 'bars': {
        const isMarked = k => trace.marked.includes(k);
        return {
          ...base, type: 'bar', marker: { color: base.x.map(k => colour(isMarked(k) ? 'vermilion' : trace.colour)) },
          text: base.x.map(k => isMarked(k) ? String(k) : ''), textposition: 'outside', textangle: 0, constraintext: 'none', cliponaxis: false, hovertemplate: 'frequency %{x}: %{y}<extra></extra>',
        };
      }
      case 'tokens':
        return {
          ...base, type: 'scatter', mode: 'markers', text: base.x.map((_, token) => 'token ' + token), hovertemplate: '%{text}: %{x:.3f}, %{y:.3f}<extra></extra>',
          marker: { size: 7, color: base.x.map((_, token) => token), colorscale: 'Viridis', line: { width: .5, color: colour('soft') }, colorbar: { title: { text: 'token' }, thickness: 8, len: .8, outlinewidth: 0 } },
        };
      default: {
        const grid = at(trace.grids);
        const [zmin, zmax] = chart.range ?? [grid.least, grid.largest];
        return {
          type: 'heatmap', name: trace.name, z: unpackGrid(grid), zmin, zmax, colorscale: 'Cividis', colorbar: { thickness: 8, len: .8, outlinewidth: 0 },
          hovertemplate: chart.y.title.split(':')[0] + ' %{y}, ' + chart.x.title.split(':')[0] + ' %{x}: %{z:.3g}<extra></extra>',
        };
      }
    }
  }

  function layout(chart, figure) {
    const axis = (name, of) => {
      const box = figure.querySelector(`input[data-axis=${name}]`);
      const isLogarithmic = box ? box.checked : of.isLogarithmic;
      return {
        title: { text: of.title, standoff: 8, font: { size: 12 } }, type: isLogarithmic ? 'log' : 'linear', exponentformat: isLogarithmic ? 'power' : 'none', automargin: true,
        gridcolor: colour('line'), zerolinecolor: colour('line'), linecolor: colour('line'), separatethousands: true,
      };
    };
    const isHeat = chart.traces[0].kind === 'heat';
    const result = {
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { family: 'system-ui, sans-serif', color: colour('ink'), size: 12 },
      margin: { t: 16, r: 12, b: 40, l: 48 }, showlegend: chart.traces.length > 1, legend: { orientation: 'h', y: -.2, yanchor: 'top', x: 0, font: { size: 11 } }, hovermode: isHeat || chart.isSquare ? 'closest' : 'x unified',
      hoverlabel: { bgcolor: colour('tint'), bordercolor: colour('line'), font: { color: colour('ink') } },
      xaxis: axis('x', chart.x), yaxis: axis('y', chart.y), modebar: { bgcolor: 'rgba(0,0,0,0)', color: colour('soft'), activecolor: colour('ink') },
    };
    if (chart.traces.some(trace => trace.kind === 'points' && trace.labels)) result.hovermode = 'closest';
    if (isHeat) result.yaxis.autorange = 'reversed';
    if (chart.isSquare) result.yaxis.scaleanchor = 'x';
    if (isHeat) result.xaxis.constrain = result.yaxis.constrain = 'domain';
    if (chart.showsPhases) {
      result.shapes = phases.map(({ colour: name, begin, end }) => ({
        type: 'rect', layer: 'below', xref: 'x', yref: 'paper', x0: Math.max(begin, 1), x1: end, y0: 0, y1: 1, line: { width: 0 }, fillcolor: faded(name, .14),
      }));
    }
    return result;
  }

  async function draw(figure) {
    const chart = charts[figure.dataset.chart];
    drawn.add(figure);
    const plotly = isHeatMap(figure) ? await forHeatMaps() : forMost;
    const shown = frame;
    await plotly.react(figure.querySelector('.chart'), chart.traces.map(trace => drawing(trace, chart)), layout(chart, figure), {
      responsive: true, displaylogo: false, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
    });
    figure.dataset.shows = shown;
  }

  const redraw = () => { drawn.clear(); visible.forEach(draw); };
  const moves = figure => charts[figure.dataset.chart].traces.some(trace => trace.xFrames || trace.yFrames || trace.grids);

  // A chart is drawn when it comes near the window: dozens at once would keep the page from opening. The page is open when the curves in sight are there.
  const open = async curves => {
    await Promise.all(curves);
    if (document.documentElement.dataset.ready) return;
    document.documentElement.dataset.ready = 'true';
    if (figures.some(isHeatMap)) requestIdleCallback(forHeatMaps);
  };
  const watcher = new IntersectionObserver(entries => {
    const curves = [];
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) visible.delete(target);
      else if (visible.add(target) && !drawn.has(target)) (isHeatMap(target) ? [] : curves).push(draw(target));
    }
    open(curves);
  }, { rootMargin: '300px' });
  figures.forEach(figure => watcher.observe(figure));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('beforeprint', () => figures.filter(figure => !drawn.has(figure)).forEach(draw));

  // The slider over checkpoints.
  const slider = byId('checkpoint');
  if (slider) {
    let isPending = false;
    const show = () => {
      isPending = false;
      frame = Number(slider.value);
      byId('checkpoint-text').textContent = checkpoints[frame];
      slider.setAttribute('aria-valuetext', checkpoints[frame]);
      figures.filter(moves).forEach(figure => visible.has(figure) ? draw(figure) : drawn.delete(figure));
    };
    const showSoon = () => { if (!isPending) { isPending = true; requestAnimationFrame(show); } };
    slider.addEventListener('input', showSoon);
    let timer = 0;
    const stop = () => { clearInterval(timer); timer = 0; byId('play').textContent = 'Play'; };
    byId('play').addEventListener('click', () => {
      if (timer) return stop();
      if (slider.value === slider.max) slider.value = 0;
      byId('play').textContent = 'Pause';
      showSoon();
      timer = setInterval(() => {
        if (isPending) return; // What is drawn slowly is drawn all the same.
        slider.value = Number(slider.value) + 1;
        showSoon();
        if (slider.value === slider.max) stop();
      }, 400);
    });
  }

  // Claims: the filter, and the evidence of each.
  const claims = [...document.querySelectorAll('#claim-table > tbody')];
  const filter = () => {
    const words = byId('filter').value.toLowerCase().split(/\s+/);
    const verdict = byId('verdict').value;
    claims.forEach(claim => {
      const said = claim.textContent.toLowerCase();
      claim.hidden = !words.every(word => said.includes(word)) || (verdict !== '' && claim.dataset.verdict !== verdict);
    });
    byId('shown').textContent = `${claims.filter(claim => !claim.hidden).length} of ${claims.length} claims`;
  };
  byId('filter').addEventListener('input', filter);
  byId('verdict').addEventListener('change', filter);

  const choice = byId('choice');
  const choose = id => {
    const figure = byId('chosen');
    choice.value = id;
    figure.dataset.chart = id;
    byId('chosen-title').textContent = charts[id].title;
    byId('chosen-text').textContent = choice.selectedOptions[0].dataset.text;
    figure.querySelectorAll('input[data-axis]').forEach(box => { box.checked = charts[id][box.dataset.axis].isLogarithmic; });
    draw(figure);
  };
  choice?.addEventListener('change', () => choose(choice.value));

  const csvCell = value => value === null || value === undefined ? '' : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  function csv(chart) {
    const rows = [];
    for (const trace of chart.traces) {
      if (trace.kind === 'heat') unpackGrid(at(trace.grids)).forEach((line, row) => line.forEach((value, column) => rows.push([trace.name, column, row, Number(value.toPrecision(4))])));
      else at(trace.xFrames, trace.x).forEach((x, i) => rows.push([trace.labels?.[i] ?? (trace.kind === 'tokens' ? 'token ' + i : trace.name), x, at(trace.yFrames, trace.y)[i]]));
    }
    const isHeat = chart.traces[0].kind === 'heat';
    const when = checkpoints.length > 0 && chart.traces.some(trace => trace.xFrames || trace.yFrames || trace.grids) ? checkpoints[frame].split(':')[0] : '';
    const head = ['series', chart.x.title, chart.y.title, ...(isHeat ? ['value, to one part in 90 of the range'] : []), ...(when ? ['checkpoint'] : [])];
    return [head, ...rows.map(row => when ? [...row, when] : row)].map(row => row.map(csvCell).join(',')).join('\n') + '\n';
  }

  document.addEventListener('change', ({ target }) => { if (target.dataset.axis) draw(target.closest('figure')); });
  document.addEventListener('click', ({ target }) => {
    if (target.matches('.csv')) {
      const chart = charts[target.closest('figure').dataset.chart];
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([csv(chart)], { type: 'text/csv' }));
      link.download = chart.id + '.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } else if (target.matches('.opener')) {
      const evidence = byId(target.getAttribute('aria-controls'));
      evidence.hidden = !evidence.hidden;
      target.setAttribute('aria-expanded', String(!evidence.hidden));
    } else if (target.matches('button[data-chart]')) {
      choose(target.dataset.chart);
      byId('seeds').scrollIntoView();
      choice.focus({ preventScroll: true });
    }
  });
})();
