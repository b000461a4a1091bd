/* Extension list: a selection that survives paging, and "select all that match" as the filter itself, not as ids.
   Builds on list.js, which keeps the ticks of the rows on screen and says so by tollgate:selection. */
(function () {
  'use strict';
  var KEY = 'tollgate-extensions';
  function read() { try { return JSON.parse(sessionStorage.getItem(KEY)) || {}; } catch (e) { return {}; } }
  function write(s) { try { sessionStorage.setItem(KEY, JSON.stringify(s)); } catch (e) { /* private mode: per page */ } }
  var bulk = document.getElementById('bulk');
  if (bulk) { bulk.addEventListener('submit', function () { try { sessionStorage.removeItem(KEY); } catch (e) { /* private mode */ } }); return; }
  var bar = document.querySelector('[data-select-bar]'); if (!bar) return;
  var s = read(); s.ids = s.ids || []; s.except = s.except || [];
  function form() { return document.getElementById('pick'); }
  function boxes() { var f = form(); return f ? Array.prototype.slice.call(f.querySelectorAll('.check__box[data-row]')) : []; }
  function put(name, value) {
    var f = form(), i = f.querySelector('input[type=hidden][name=' + name + ']');
    if (!i) { i = document.createElement('input'); i.type = 'hidden'; i.name = name; f.append(i); }
    i.value = value;
  }
  function set(list, id, on) { var i = list.indexOf(id); if (on && i < 0) list.push(id); if (!on && i >= 0) list.splice(i, 1); }

  /* ticks of other pages and searches go along */
  function restore() {
    var f = form(); if (!f) return;
    if (s.all && s.filter !== f.dataset.filter) { s.all = false; s.except = []; }
    boxes().forEach(function (b) { b.checked = s.all ? s.except.indexOf(b.value) < 0 : s.ids.indexOf(b.value) >= 0; });
  }
  function paint() {
    var f = form(), b = boxes(), on = b.filter(function (x) { return x.checked; }).length;
    var n = s.all ? (f ? +f.dataset.total : 0) - s.except.length : s.ids.length;
    var count = bar.querySelector('[data-select-count]'), pick = bar.querySelector('[data-pick-all]'), all = document.querySelector('[data-select-all]');
    bar.hidden = n === 0 || !f;
    count.textContent = (s.all && !s.except.length ? count.dataset.all : n === 1 ? count.dataset.one : count.dataset.many).replace('{0}', n);
    if (all) { all.checked = on > 0 && on === b.length; all.indeterminate = on > 0 && on < b.length; }
    if (!f) return;
    pick.hidden = s.all || on < b.length || +f.dataset.total <= b.length;
    pick.textContent = pick.dataset.text.replace('{0}', f.dataset.total);
    put('all', s.all ? 'true' : 'false'); put('except', s.all ? s.except.join(',') : ''); put('more', s.all ? '' : s.ids.join(','));
    write(s);
  }
  document.addEventListener('tollgate:selection', function () {
    boxes().forEach(function (b) { if (s.all) set(s.except, b.value, !b.checked); else set(s.ids, b.value, b.checked); });
    var f = form(); if (s.all && f && s.except.length >= +f.dataset.total) { s.all = false; s.except = []; }
    paint();
  });
  /* before list.js counts what htmx brought */
  document.addEventListener('htmx:afterSwap', restore);
  document.addEventListener('click', function (e) {
    if (e.target.closest('[data-bulk-clear]')) { s.all = false; s.ids = []; s.except = []; }
    if (e.target.closest('[data-pick-all]')) { s.all = true; s.except = []; s.ids = []; s.filter = form().dataset.filter; restore(); paint(); }
  }, true);
  restore(); paint();
})();
