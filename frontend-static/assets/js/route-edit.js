/* Editor of a route: rows of dial patterns without a round trip, and the notes beside them. Without this script the
   buttons ask the server. Contract: form#route, #rows with .pat-row, each with its inputs, a button and a .pat-note. */
(function () {
  'use strict';
  var form = document.getElementById('route');
  if (!form) return;
  var rows = function () { return Array.prototype.slice.call(document.getElementById('rows').children); };
  var inputs = function (row) { return Array.prototype.slice.call(row.querySelectorAll('input')); };
  function number(row, n) {
    row.id = 'row-' + n; row.setAttribute('aria-label', row.getAttribute('aria-label').replace(/\d+$/, n));
    row.querySelector('button').value = n; row.querySelector('.pat-note').id = 'note-' + n;
    row.querySelector('[name=match]').setAttribute('aria-describedby', 'note-' + n);
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
    var use = e.target.closest('[data-use]'), at = use && document.getElementById('row-' + use.value);
    if (at) { e.preventDefault(); var match = at.querySelector('[name=match]'); match.value = use.dataset.use; match.focus(); changed(); }
    var b = e.target.closest('#rows button'); if (b) { e.preventDefault(); remove(b.closest('.pat-row')); }
  });
  /* a file, or several lines pasted into a row, become text to look at before it is taken over */
  function preview(text) {
    document.getElementById('import').open = true; document.getElementById('csv').value = text; form.requestSubmit(form.querySelector('[data-csv-preview]'));
  }
  form.addEventListener('change', function (e) { if (e.target.matches('[data-csv-file]') && e.target.files[0]) e.target.files[0].text().then(preview); });
  form.addEventListener('paste', function (e) {
    var text = e.clipboardData.getData('text/plain').trim();
    if (e.target.closest('#rows') && text.indexOf('\n') > 0) { e.preventDefault(); preview(text); }
  });
  document.addEventListener('htmx:afterSettle', function () {
    var box = document.getElementById('row-notes'); if (!box) return;
    var notes = box.textContent.split('\n'), all = rows(); box.remove();
    if (notes.length === all.length) all.forEach(function (row, i) { var n = notes[i].split('\t'); note(row, n[0], n[1]); });
  });
})();
