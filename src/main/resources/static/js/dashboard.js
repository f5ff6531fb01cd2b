// Draws the charts of the dashboard from the data that stands beside them, in the page's colours; the tables say the same without.
(function () {
  'use strict';

  function colours() {
    var style = getComputedStyle(document.documentElement);
    var probe = document.createElement('span');
    document.body.appendChild(probe);
    function of(name) { probe.style.color = style.getPropertyValue('--' + name); return getComputedStyle(probe).color; }
    var found = {ink: of('ink'), faint: of('faint'), line: of('line'), accent: of('accent'), good: of('good'), bad: of('bad'), warm: of('warm'), paper: of('paper')};
    probe.remove();
    return found;
  }

  function unit(data) { return data.unit ? ' ' + data.unit : ''; }
  function rounded(value) { return value === null || value === undefined ? null : Math.round(value * 100) / 100; }

  // names beside the bars need as much room as the longest
  function room(names) {
    var longest = Math.max.apply(null, names.map(function (each) { return each.length; }));
    return Math.min(16 + 7 * longest, 220);
  }

  function axes(data, colour) {
    return {
      grid: {left: 64, right: 24, top: 40, bottom: 32},
      legend: {top: 0, textStyle: {color: colour.ink}, inactiveColor: colour.faint},
      xAxis: {type: 'category', data: data.x, axisLabel: {color: colour.faint, hideOverlap: true}, axisLine: {lineStyle: {color: colour.line}}},
      yAxis: {type: 'value', axisLabel: {color: colour.faint, formatter: '{value}' + unit(data)}, splitLine: {lineStyle: {color: colour.line}}}
    };
  }

  // where a version of the model began
  function marks(data, colour) {
    return data.marks && data.marks.length ? {
      silent: true, symbol: 'none', lineStyle: {color: colour.warm, type: 'solid', width: 2},
      label: {color: colour.warm, formatter: function (mark) { return mark.name; }},
      data: data.marks.map(function (each) { return {xAxis: each.x, name: each.name}; })
    } : undefined;
  }

  function series(data, colour, type, more) {
    var palette = [colour.accent, colour.warm, colour.good, colour.bad];
    return data.series.map(function (each, place) {
      return Object.assign({
        name: each.name, type: type, data: each.values.map(rounded), color: each.isLimit ? colour.faint : palette[place % palette.length],
        markLine: place === 0 ? marks(data, colour) : undefined, connectNulls: true
      }, more ? more(each, place) : {});
    });
  }

  var options = {
    bars: function (data, colour) { return Object.assign(axes(data, colour), {series: series(data, colour, 'bar')}); },
    lines: function (data, colour) { return Object.assign(axes(data, colour), {series: series(data, colour, 'line', function (each, place) { return {lineStyle: {type: ['solid', 'dashed', 'dotted'][place % 3]}}; })}); },
    stacked: function (data, colour) {
      var option = axes(data, colour), across = option.xAxis;
      across.inverse = true;
      across.axisLabel.color = colour.ink;
      option.grid.left = room(data.x);
      option.xAxis = option.yAxis;
      option.yAxis = across;
      option.series = series(data, colour, 'bar', function () { return {stack: 'all', barMaxWidth: 36}; });
      return option;
    },
    control: function (data, colour) {
      var option = axes(data, colour);
      // limits are counted on logarithms
      option.yAxis.type = 'log';
      return Object.assign(option, {series: series(data, colour, 'line', function (each, place) {
        return each.isLimit ? {lineStyle: {type: place === 2 ? 'solid' : 'dashed', width: 1}, symbol: 'none'} : {symbolSize: 8};
      })});
    },
    pareto: function (data, colour) {
      var option = axes(data, colour);
      option.yAxis = [Object.assign({}, option.yAxis, {axisLabel: {color: colour.faint}}), Object.assign({}, option.yAxis, {splitLine: {show: false}})];
      option.grid.right = 64;
      option.series = series(data, colour, 'bar', function (each, place) { return {yAxisIndex: place}; });
      return option;
    },
    intervals: function (data, colour) {
      var option = axes(data, colour), across = option.xAxis;
      across.inverse = true;
      across.axisLabel.color = colour.ink;
      option.grid.left = room(data.x);
      option.xAxis = Object.assign(option.yAxis, {min: 0, max: 100});
      option.yAxis = across;
      option.legend = {show: false};
      option.series = [
        {type: 'custom', data: data.points.map(function (each, place) { return [place, each[1], each[2]]; }), encode: {x: [1, 2], y: 0}, renderItem: function (params, api) {
          var from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0)]);
          return {type: 'line', shape: {x1: from[0], y1: from[1], x2: to[0], y2: to[1]}, style: {stroke: colour.accent, lineWidth: 4, opacity: .45}};
        }},
        {type: 'scatter', symbolSize: 12, color: colour.accent, data: data.points.map(function (each, place) { return [rounded(each[0]), place]; }), label: {show: true, position: 'top', color: colour.ink, formatter: function (point) { return Math.round(point.value[0]) + ' %'; }}}
      ];
      return option;
    },
    heat: function (data, colour) {
      var most = Math.max.apply(null, data.values.map(function (each) { return each[2]; }));
      var option = axes(data, colour);
      option.legend = {show: false};
      option.grid.left = room(data.y);
      option.yAxis = {type: 'category', data: data.y, axisLabel: {color: colour.ink}};
      option.visualMap = {min: 0, max: most, show: false, inRange: {color: ['#fff3c4', '#ffb066', '#f98458']}};
      option.series = [{type: 'heatmap', data: data.values, label: {show: true, color: '#1b1f24'}}];
      return option;
    },
    sankey: function (data, colour) {
      var palette = [colour.accent, colour.warm, colour.good, colour.bad];
      return {series: [{
        type: 'sankey', left: 8, right: 120, top: 8, bottom: 8, nodeGap: 14,
        data: data.nodes.map(function (each) { return {name: each.id, label: {formatter: each.name, color: colour.ink}, itemStyle: {color: /^\d/.test(each.id) ? palette[Number(each.id[0]) % 2] : each.id === 'solved' || each.id === 'closed' ? colour.good : colour.bad}}; }),
        links: data.flows.map(function (each) { return {source: each.from, target: each.to, value: each.value, reason: each.name}; }),
        lineStyle: {color: 'source', opacity: .35}, emphasis: {focus: 'adjacency'}
      }]};
    }
  };

  function tip(data) {
    return {renderMode: 'richText', trigger: data.kind === 'sankey' || data.kind === 'heat' || data.kind === 'intervals' ? 'item' : 'axis', confine: true,
      valueFormatter: function (value) { return value === null || value === undefined ? '–' : value + unit(data); },
      formatter: data.kind === 'sankey' ? function (item) { return item.dataType === 'edge' ? item.data.value + (item.data.reason === '–' ? '' : ' · ' + item.data.reason) : String(item.value); }
        : data.kind === 'intervals' ? function (item) { var of = data.points[item.dataIndex]; return data.x[item.dataIndex] + ': ' + Math.round(of[0]) + ' % (' + Math.round(of[1]) + ' – ' + Math.round(of[2]) + ')'; } : undefined};
  }

  function draw(canvas) {
    var data = JSON.parse(canvas.dataset.chart), colour = colours();
    var known = echarts.getInstanceByDom(canvas);
    if (known) { known.dispose(); }
    var chart = echarts.init(canvas, null, {renderer: 'canvas'});
    chart.on('finished', function () { canvas.dataset.drawn = 'true'; });
    chart.setOption(Object.assign({
      backgroundColor: 'transparent', textStyle: {fontFamily: 'system-ui, sans-serif', color: colour.ink},
      animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches, animationDuration: 300, tooltip: tip(data)
    }, options[data.kind](data, colour)));
  }

  function drawAll() { document.querySelectorAll('.canvas[data-chart]').forEach(draw); }

  document.addEventListener('DOMContentLoaded', function () {
    drawAll();
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
    window.addEventListener('resize', function () {
      document.querySelectorAll('.canvas').forEach(function (canvas) { var chart = echarts.getInstanceByDom(canvas); if (chart) { chart.resize(); } });
    });

    var print = document.getElementById('print');
    print.hidden = false;
    print.addEventListener('click', function () { window.print(); });

    // the strip of now is asked for again when facts have changed
    var live = document.getElementById('live'), source = null;
    function listen() {
      if (!live || source || document.hidden || !window.EventSource) { return; }
      source = new EventSource(live.dataset.live);
      source.addEventListener('changed', function () { htmx.trigger(live, 'changed'); });
    }
    function stop() { if (source) { source.close(); source = null; } }
    document.addEventListener('visibilitychange', function () {
      if (document.hidden) { stop(); } else { listen(); if (live) { htmx.trigger(live, 'changed'); } }
    });
    window.addEventListener('pagehide', stop);
    listen();
  });
})();
