// What pages can do only with a script. Everything works without it.
(function () {
  'use strict';

  // a page of a case listens while somebody can see it: browsers open only a few connections to one server
  var source = null;

  function watch() { return document.getElementById('watch'); }

  function listen() {
    if (source || document.hidden || !watch() || !window.EventSource) { return; }
    source = new EventSource(watch().dataset.live);
    source.addEventListener('changed', function () { htmx.trigger(watch(), 'changed'); });
  }

  document.addEventListener('visibilitychange', function () {
    if (document.hidden) {
      if (source) { source.close(); source = null; }
    } else if (watch()) {
      listen();
      htmx.trigger(watch(), 'changed');
    }
  });

  window.addEventListener('pagehide', function () { if (source) { source.close(); source = null; } });
  document.addEventListener('DOMContentLoaded', listen);

  // what is asked for again and again is not asked for while nobody looks
  document.addEventListener('htmx:beforeRequest', function (event) {
    if (document.hidden) { event.preventDefault(); }
  });

  // parts of a page that are shown anew keep what was unfolded in them
  document.addEventListener('htmx:oobBeforeSwap', function (event) {
    var fresh = event.detail.fragment;
    event.detail.target.querySelectorAll('details[id]').forEach(function (known) {
      var again = fresh.querySelector('#' + CSS.escape(known.id));
      if (again) { again.open = known.open; }
    });
  });

  // the key / leads to the search
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    var field = event.key === '/' ? document.querySelector('input[type=search]') : null;
    if (field) { event.preventDefault(); field.focus(); }
  });
})();
