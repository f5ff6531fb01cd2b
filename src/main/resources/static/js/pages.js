// What pages can do only with a script. Everything works without it.
(function () {
  'use strict';

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
