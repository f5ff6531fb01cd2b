// The diagram of a process with the way that it took, and its replay.
(function () {
  'use strict';

  var MARKS = ['was-there', 'is-there', 'was-cancelled'];

  function length(ms) {
    var minutes = Math.floor(ms / 60000), seconds = Math.round(ms / 1000);
    if (seconds < 60) { return seconds + ' s'; }
    if (minutes < 60) { return minutes + ' min'; }
    var hours = Math.floor(minutes / 60);
    if (hours < 48) { return hours + ' h ' + (minutes % 60) + ' min'; }
    return Math.floor(hours / 24) + ' d ' + (hours % 24) + ' h';
  }

  // each moment at which something began or ended, in order
  function moments(steps) {
    var all = {};
    steps.forEach(function (step) {
      all[step.from] = true;
      if (step.to) { all[step.to] = true; }
    });
    return Object.keys(all).map(Number).sort(function (one, other) { return one - other; });
  }

  function fill(template, values) {
    return template.replace(/\{(\d)\}/g, function (all, index) { return values[index]; });
  }

  function Way(viewer, way, place) {
    var canvas = viewer.get('canvas'), overlays = viewer.get('overlays'), elements = viewer.get('elementRegistry');
    var times = moments(way.steps);
    var marked = [];

    function mark(id, name) {
      if (elements.get(id)) { canvas.addMarker(id, name); marked.push([id, name]); }
    }

    // a flow was taken where what it leads to began after what it comes from had ended, and nothing else before it ended later
    function flows(until) {
      way.steps.forEach(function (step) {
        var target = elements.get(step.element);
        if (!target || step.from > until) { return; }
        var best = null;
        (target.incoming || []).forEach(function (flow) {
          if (flow.type !== 'bpmn:SequenceFlow') { return; }
          way.steps.forEach(function (before) {
            if (before.element === flow.source.id && before.to && before.to <= step.from && (!best || before.to >= best.at)) {
              best = {at: before.to, flow: flow.id};
            }
          });
        });
        if (best) { mark(best.flow, 'was-taken'); }
      });
    }

    this.times = times;
    this.show = function (index) {
      var until = times[index];
      marked.forEach(function (each) { canvas.removeMarker(each[0], each[1]); });
      marked = [];
      overlays.clear();
      var visits = {}, now = [];
      way.steps.forEach(function (step) {
        if (step.from > until) { return; }
        var visit = visits[step.element] = visits[step.element] || {count: 0, time: 0, name: step.name, state: 0};
        var lasts = !step.to || step.to > until;
        visit.count++;
        visit.time += new Date(lasts ? until : step.to) - new Date(step.from);
        visit.state = lasts ? 1 : visit.state === 1 ? 1 : step.cancelled ? 2 : 0;
        if (step.from === until || step.to === until) { now.push(step.name); }
      });
      flows(until);
      Object.keys(visits).forEach(function (id) {
        var shape = elements.get(id), visit = visits[id];
        if (!shape) { return; }
        mark(id, shape.children && shape.children.length ? 'was-in' : MARKS[visit.state]);
        if (visit.count > 1 || visit.time >= 1000) {
          var badge = document.createElement('div');
          badge.className = 'badge';
          badge.textContent = visit.count + ' ×' + (visit.time >= 1000 ? ' ' + length(visit.time) : '');
          overlays.add(id, {position: {bottom: 8, left: 4}, html: badge});
        }
      });
      var date = new Date(until);
      place.step(fill(place.text, [index + 1, times.length, date.toLocaleString(place.lang, {timeZone: place.zone}), now.filter(function (name, at) { return now.indexOf(name) === at; }).join(', ')]));
    };
    // what was reached fills the place; a whole model may be too large to be read
    this.fit = function () {
      var box = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
      way.steps.forEach(function (step) {
        var shape = elements.get(step.element);
        if (!shape || (shape.children && shape.children.length)) { return; }
        box.left = Math.min(box.left, shape.x);
        box.top = Math.min(box.top, shape.y);
        box.right = Math.max(box.right, shape.x + shape.width);
        box.bottom = Math.max(box.bottom, shape.y + shape.height);
      });
      if (box.right < box.left) { canvas.zoom('fit-viewport'); return; }
      var outer = canvas.viewbox().outer, width = box.right - box.left + 120, height = box.bottom - box.top + 110;
      var more = height * outer.width / outer.height - width;
      if (more > 0) { box.left -= more / 2; width += more; }
      canvas.viewbox({x: box.left - 60, y: box.top - 50, width: width, height: height});
    };
    this.point = function (id) {
      if (elements.get(id)) {
        canvas.scrollToElement(id, 80);
        elements.forEach(function (each) { canvas.removeMarker(each.id, 'pointed-at'); });
        canvas.addMarker(id, 'pointed-at');
      }
    };
  }

  function replay(way) {
    var bar = document.querySelector('.replay'), slider = document.getElementById('replay');
    slider.max = way.times.length - 1;
    slider.value = slider.max;
    bar.hidden = way.times.length < 2;
    function go(to) {
      slider.value = Math.max(0, Math.min(slider.max, to));
      way.show(+slider.value);
    }
    slider.addEventListener('input', function () { go(+slider.value); });
    bar.querySelectorAll('button').forEach(function (button) {
      button.addEventListener('click', function () {
        var at = +slider.value;
        go({first: 0, back: at - 1, on: at + 1, last: +slider.max}[button.dataset.step]);
      });
    });
    go(+slider.max);
  }

  async function draw(canvas) {
    var answer = await fetch(canvas.dataset.way);
    if (!answer.ok) { throw new Error(answer.status); }
    var way = await answer.json();
    way.steps.forEach(function (step) {
      step.from = Date.parse(step.from);
      step.to = step.to && Date.parse(step.to);
    });
    var model = await (await fetch(way.model)).text();
    var viewer = new BpmnJS({container: canvas});
    await viewer.importXML(model);
    var output = document.querySelector('.replay output');
    var shown = new Way(viewer, way, {text: canvas.dataset.step, lang: canvas.dataset.lang, zone: canvas.dataset.zone, step: function (text) { output.textContent = text; }});
    shown.fit();
    if (shown.times.length) { replay(shown); }
    document.querySelectorAll('tr[data-element]').forEach(function (row) {
      var what = row.querySelector('td span'), button = document.createElement('button');
      button.type = 'button';
      button.className = 'pointer';
      button.title = canvas.dataset.point;
      button.textContent = what.textContent;
      button.addEventListener('click', function () {
        shown.point(row.dataset.element);
        canvas.scrollIntoView({block: 'nearest'});
      });
      what.replaceChildren(button);
    });
    canvas.dataset.drawn = 'true';
  }

  document.addEventListener('DOMContentLoaded', function () {
    var canvas = document.getElementById('path');
    if (!canvas || !window.BpmnJS) { return; }
    draw(canvas).catch(function () { canvas.textContent = canvas.dataset.failed; });
  });
})();
