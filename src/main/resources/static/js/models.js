// Models as they are and were: what is different or wrong is marked on their diagrams, and found there from its words.
(function () {
  'use strict';

  var READABLE = .8; // the least scale at which words in a diagram are read

  function text(base64) {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), function (each) { return each.charCodeAt(0); }));
  }

  async function draw(canvas, changes, findings) {
    var viewer = new BpmnJS({container: canvas, canvas: {deferUpdate: false}});
    await viewer.importXML(text(canvas.dataset.content));
    var elements = viewer.get('elementRegistry'), view = viewer.get('canvas');
    changes.forEach(function (line) {
      if (elements.get(line.dataset.element)) { view.addMarker(line.dataset.element, 'change-' + line.dataset.kind); }
    });
    findings.forEach(function (line) {
      var id = line.dataset.element, kind = 'finding-' + line.dataset.kind;
      if (!elements.get(id)) { return; }
      view.addMarker(id, kind);
      if (id === view.getRootElement().id || viewer.get('overlays').get({element: id}).length) { return; }
      var badge = document.createElement('div');
      badge.className = 'badge ' + kind;
      badge.textContent = line.querySelector('.chip').textContent;
      viewer.get('overlays').add(id, {position: {top: -14, left: 4}, html: badge});
    });
    view.zoom('fit-viewport', 'auto');
    view.zoom(view.zoom() * .95, 'auto');
    canvas.dataset.drawn = 'true';
    return viewer;
  }

  // in the middle, and large enough to be read
  function show(view, element) {
    var middle = element.waypoints ? element.waypoints[Math.floor(element.waypoints.length / 2)]
      : {x: element.x + element.width / 2, y: element.y + element.height / 2};
    if (isNaN(middle.x)) { return; } // the process itself is no shape
    view.zoom(Math.max(view.zoom(), READABLE), 'auto');
    var box = view.viewbox();
    view.viewbox({x: middle.x - box.width / 2, y: middle.y - box.height / 2, width: box.width, height: box.height});
  }

  // both show the same part, whichever is moved: they tell at once, or each would answer the other for ever
  function inStep(viewers) {
    var isFollowing = false;
    viewers.forEach(function (viewer) {
      viewer.on('canvas.viewbox.changed', function (event) {
        if (isFollowing) { return; }
        isFollowing = true;
        viewers.forEach(function (other) {
          if (other !== viewer) { other.get('canvas').viewbox(event.viewbox); }
        });
        isFollowing = false;
      });
    });
    if (viewers.length > 1) { viewers[0].get('canvas').viewbox(viewers[1].get('canvas').viewbox()); }
  }

  function Beside(place, findings) {
    var details = place.querySelector('details'), viewers = null;
    var changes = Array.from(place.querySelectorAll('.changes li[data-element]'));

    async function drawn() {
      details.open = true;
      viewers = viewers || Promise.all(Array.from(details.querySelectorAll('.diagram')).map(function (canvas) {
        var isLatest = canvas.dataset.side === 'after';
        return draw(canvas, changes, isLatest ? findings : []).catch(function () {
          canvas.textContent = canvas.dataset.failed;
          return null;
        });
      })).then(function (all) {
        all = all.filter(Boolean);
        inStep(all);
        return all;
      });
      return viewers;
    }

    async function point(id) {
      (await drawn()).forEach(function (viewer) {
        var elements = viewer.get('elementRegistry'), view = viewer.get('canvas');
        elements.forEach(function (each) { view.removeMarker(each.id, 'pointed-at'); });
        if (elements.get(id)) {
          view.setRootElement(view.findRoot(id));
          view.addMarker(id, 'pointed-at');
          show(view, elements.get(id));
        }
      });
      details.querySelectorAll('.sheet .pointed-at').forEach(function (row) { row.classList.remove('pointed-at'); });
      var rows = details.querySelectorAll('.sheet [data-element="' + CSS.escape(id) + '"]');
      rows.forEach(function (row) {
        row.classList.add('pointed-at');
        row.scrollIntoView({block: 'nearest'});
      });
      if (!rows.length) { (details.querySelector('.diagram') || details).scrollIntoView({block: 'nearest'}); }
    }

    // what is said about an element becomes a button that shows it
    changes.concat(findings).forEach(function (line) {
      var what = line.querySelector('.what'), button = document.createElement('button');
      button.type = 'button';
      button.className = 'pointer';
      button.title = details.dataset.point;
      button.append.apply(button, what.childNodes);
      button.addEventListener('click', function () { point(line.dataset.element); });
      what.replaceChildren(button);
    });
    details.addEventListener('toggle', function () {
      if (details.open) { drawn(); }
    });
    if (details.open) { drawn(); }
  }

  document.addEventListener('DOMContentLoaded', function () {
    var findings = Array.from(document.querySelectorAll('.findings tr[data-element]'));
    document.querySelectorAll('.beside').forEach(function (place) {
      new Beside(place, findings.filter(function (line) { return line.dataset.file === place.dataset.file; }));
    });
  });
})();
