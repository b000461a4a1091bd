/* Editor of a route: rows of dial patterns without a round trip, and the notes beside them. Without this script the
   buttons ask the server. Contract: form#route, ol#rows whose li hold inputs labelled "h-NAME nN" and a note "tN". */
(function () {
  'use strict';
  var form = document.getElementById('route');
  if (!form) return;
  var rows = function () { return Array.prototype.slice.call(document.getElementById('rows').children); };
  var inputs = function (row) { return Array.prototype.slice.call(row.querySelectorAll('input')); };
  function number(row, n) {
    var spot = row.querySelector('.pat-n'), note = row.querySelector('.pat-note'), b = row.querySelector('button');
    if (spot.id === 'n' + n) return;
    b.setAttribute('aria-label', b.getAttribute('aria-label').replace(/\d+$/, n)); b.value = n;
    spot.textContent = n; spot.id = 'n' + n; note.id = 't' + n;
    inputs(row).forEach(function (i) {
      i.setAttribute('aria-labelledby', i.getAttribute('aria-labelledby').replace(/ n\d+$/, ' n' + n));
      if (i.hasAttribute('aria-describedby')) i.setAttribute('aria-describedby', 't' + n);
    });
  }
  function note(row, tone, text) {
    row.className = 'pat-row' + (tone ? ' pat-row--' + tone : ''); row.querySelector('.pat-note').textContent = text;
    var match = row.querySelector('[name=match]'); if (tone === 'stop') match.setAttribute('aria-invalid', 'true'); else match.removeAttribute('aria-invalid');
  }
  function empty(row) { inputs(row).forEach(function (i) { i.value = ''; }); note(row, '', ''); }
  function changed() { form.dispatchEvent(new Event('change', { bubbles: true })); }
  function add() {
    var all = rows(), row = all[all.length - 1].cloneNode(true); empty(row);
    all[0].parentNode.append(row); number(row, all.length + 1); row.querySelector('[name=match]').focus();
  }
  function remove(row) {
    var all = rows(), at = all.indexOf(row);
    if (all.length === 1) { empty(row); row.querySelector('[name=match]').focus(); } else {
      row.remove(); all.splice(at, 1); all.slice(at).forEach(function (r, i) { number(r, at + i + 1); });
      all[Math.min(at, all.length - 1)].querySelector('button').focus();
    }
    changed();
  }
  form.addEventListener('click', function (e) {
    if (e.target.closest('[data-add-row]')) { e.preventDefault(); add(); }
    var b = e.target.closest('#rows button'); if (b) { e.preventDefault(); remove(b.closest('li')); }
  });
  document.addEventListener('htmx:afterSettle', function () {
    var notes = document.getElementById('row-notes'), all = rows();
    if (!notes || notes.children.length !== all.length) return;
    all.forEach(function (row, i) { var n = notes.children[i]; note(row, n.dataset.tone || '', n.textContent); });
    notes.remove();
  });
})();
