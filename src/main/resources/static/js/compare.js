// Two versions of a model beside each other, with what was added, removed, changed and moved marked.
(function () {
  'use strict';

  async function draw(canvas, changes) {
    var viewer = new BpmnJS({container: canvas});
    await viewer.importXML(await (await fetch(canvas.dataset.model)).text());
    var elements = viewer.get('elementRegistry'), view = viewer.get('canvas');
    changes.forEach(function (change) {
      if (elements.get(change.element)) { view.addMarker(change.element, 'change-' + change.kind); }
    });
    view.zoom('fit-viewport', 'auto');
    canvas.dataset.drawn = 'true';
  }

  document.addEventListener('DOMContentLoaded', function () {
    var changes = Array.from(document.querySelectorAll('.changes li[data-element]')).map(function (line) {
      return {kind: line.dataset.kind, element: line.dataset.element};
    });
    document.querySelectorAll('.diagram.compared').forEach(function (canvas) {
      draw(canvas, changes).catch(function () { canvas.textContent = canvas.dataset.failed; });
    });
  });
})();
