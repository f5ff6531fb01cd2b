// Diagrams of versions of a model, warm where cases stay long.
(function () {
  'use strict';

  function length(seconds) {
    if (seconds < 60) { return seconds + ' s'; }
    if (seconds < 3600) { return Math.round(seconds / 60) + ' min'; }
    if (seconds < 172800) { return Math.round(seconds / 360) / 10 + ' h'; }
    return Math.round(seconds / 8640) / 10 + ' d';
  }

  // four steps between an instant and the longest, each four times the one before
  function warmth(seconds, longest) {
    if (!seconds) { return 0; }
    return Math.max(1, 4 - Math.floor(Math.log(longest / seconds) / Math.log(4)));
  }

  async function draw(canvas) {
    var heat = JSON.parse(canvas.dataset.heat);
    var viewer = new BpmnJS({container: canvas});
    await viewer.importXML(await (await fetch(canvas.dataset.model)).text());
    var elements = viewer.get('elementRegistry'), overlays = viewer.get('overlays');
    var places = heat.filter(function (each) {
      var shape = elements.get(each.element);
      return shape && !(shape.children && shape.children.length);
    });
    var longest = Math.max.apply(null, places.map(function (each) { return each.medianSeconds || 0; }));
    places.forEach(function (each) {
      viewer.get('canvas').addMarker(each.element, 'heat-' + warmth(each.medianSeconds, longest));
      var badge = document.createElement('div');
      badge.className = 'badge';
      badge.textContent = each.visits + ' ×' + (each.medianSeconds ? ' ' + length(each.medianSeconds) : '')
        + (each.timerExits === null ? '' : ' · ' + canvas.dataset.timer + ' ' + Math.round(each.timerExits * 100) + ' %');
      overlays.add(each.element, {position: {bottom: 8, left: 4}, html: badge});
    });
    viewer.get('canvas').zoom('fit-viewport', 'auto');
    canvas.dataset.drawn = 'true';
  }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('.diagram.heat').forEach(function (canvas) {
      draw(canvas).catch(function () { canvas.textContent = canvas.dataset.failed; });
    });
  });
})();
