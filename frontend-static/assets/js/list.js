/* Selectable lists: selection bar, row keys. Listens on the document, so that rows swapped by htmx work too.
   Contract: table.data-table, .check__box[data-row] in the rows, [data-select-all], [data-select-bar] with
   [data-select-count] whose data-one and data-many hold the words ("{0}" is the number), [data-bulk-clear]. */
(function () {
  'use strict';
  var $ = function (s, r) { return (r || document).querySelector(s); };
  var $$ = function (s, r) { return Array.prototype.slice.call((r || document).querySelectorAll(s)); };
  function boxes() { return $$('.data-table .check__box[data-row]:not(:disabled)').filter(function (x) { return !x.closest('tr').hidden; }); }
  function sync() {
    var b = boxes(), sel = b.filter(function (x) { return x.checked; }), bar = $('[data-select-bar]'), all = $('[data-select-all]');
    if (bar) {
      bar.hidden = !sel.length;
      var c = $('[data-select-count]', bar); if (c) c.textContent = (sel.length === 1 ? c.dataset.one : c.dataset.many).replace('{0}', sel.length);
    }
    if (all) { all.checked = sel.length > 0 && sel.length === b.length; all.indeterminate = sel.length > 0 && sel.length < b.length; }
    document.dispatchEvent(new CustomEvent('tollgate:selection', { detail: { selected: sel.length, shown: b.length } }));
  }
  document.addEventListener('change', function (e) {
    if (e.target.matches('[data-select-all]')) { boxes().forEach(function (x) { x.checked = e.target.checked; }); sync(); }
    else if (e.target.matches('.check__box[data-row]')) sync();
  });
  document.addEventListener('click', function (e) {
    if (e.target.closest('[data-bulk-clear]')) { boxes().forEach(function (x) { x.checked = false; }); sync(); }
  });
  document.addEventListener('htmx:afterSettle', function () { if ($('[data-select-bar], [data-select-all]')) sync(); });

  /* arrow keys move between rows in the same column, X selects the row */
  document.addEventListener('keydown', function (e) {
    var t = e.target; if (!t.matches || !t.matches('.data-table tbody input[type=checkbox]')) return;
    var kind = t.matches('[data-switch]') ? '[data-switch]' : '[data-row]';
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      var l = $$('.data-table tbody ' + kind).filter(function (x) { return !x.disabled && !x.closest('tr').hidden; }), i = l.indexOf(t) + (e.key === 'ArrowDown' ? 1 : -1);
      if (l[i]) l[i].focus();
    }
    if (e.key === 'x' && !e.ctrlKey && !e.metaKey && !e.altKey && window.tollgate.keysOn()) { var b = $('[data-row]', t.closest('tr')); if (b && !b.disabled) { b.checked = !b.checked; sync(); } }
  });
  /* a browser that restores ticks on going back */
  if ($('[data-select-bar]')) sync();
  window.addEventListener('pageshow', function () { if ($('[data-select-bar]')) sync(); });
})();
