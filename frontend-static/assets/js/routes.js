/* Outbound routes: order by drag or by keyboard. The buttons beside need no script; the server says what came of it.
   Contract: [data-flow] holds li[data-name][data-move][data-group], each with a [data-grip]; [data-flow-live] has the words. */
(function () {
  'use strict';
  var $ = function (s, r) { return (r || document).querySelector(s); };
  var list = function () { return $('[data-flow]'); };
  var items = function () { return Array.prototype.slice.call(list().children); };
  var place = function (it) { return items().indexOf(it); };
  var lifted = null, start = 0;
  function say(what, it) {
    var live = $('[data-flow-live]');
    live.textContent = live.dataset[what].replace('{0}', it.dataset.name).replace('{1}', place(it) + 1).replace('{2}', items().length);
  }
  /* emergency routes stay among themselves, above the others */
  function near(it, d) { var o = items()[place(it) + d]; return o && o.dataset.group === it.dataset.group ? o : null; }
  function put(it, at) { var a = items(); a.splice(a.indexOf(it), 1); list().insertBefore(it, a[at] || null); }
  function drop(it) {
    it.classList.remove('is-lifted'); lifted = null;
    if (place(it) === start) return;
    var n = $('#trace-n');
    window.htmx.ajax('POST', it.dataset.move, { source: $('[data-grip]', it), target: '#flow', swap: 'outerHTML', values: { to: place(it), number: n ? n.value : '' } });
  }
  function cancel(it) { put(it, start); it.classList.remove('is-lifted'); lifted = null; say('back', it); }

  document.addEventListener('keydown', function (e) {
    var g = e.target.closest && e.target.closest('[data-grip]'); if (!g) return;
    var it = g.closest('li');
    if (e.key === ' ' || e.key === 'Enter') {
      e.preventDefault();
      if (lifted === it) drop(it); else { lifted = it; start = place(it); it.classList.add('is-lifted'); say('lifted', it); }
    } else if (lifted === it && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
      e.preventDefault();
      var d = e.key === 'ArrowUp' ? -1 : 1; if (near(it, d)) { put(it, place(it) + d); g.focus(); }
      say('at', it);
    } else if (lifted === it && e.key === 'Escape') { e.preventDefault(); cancel(it); g.focus(); }
  });
  /* whoever goes elsewhere has not dropped it; moving it in the page takes the focus for a moment */
  document.addEventListener('focusin', function (e) { if (lifted && e.target !== $('[data-grip]', lifted)) cancel(lifted); });

  document.addEventListener('pointerdown', function (e) {
    var g = e.target.closest('[data-grip]'); if (!g || e.button) return;
    e.preventDefault(); g.focus(); /* no text is selected, and what is moved in the page keeps no pointer: the document listens */
    var it = g.closest('li'); start = place(it); it.classList.add('is-lifted');
    function move(ev) {
      items().forEach(function (o) {
        var r = o.getBoundingClientRect(), half = r.top + r.height / 2;
        if (o === it || o.dataset.group !== it.dataset.group || ev.clientY < r.top || ev.clientY > r.bottom) return;
        if (place(o) < place(it) ? ev.clientY < half : ev.clientY > half) put(it, place(o));
      });
    }
    function end(ev) {
      document.removeEventListener('pointermove', move); document.removeEventListener('pointerup', end); document.removeEventListener('pointercancel', end);
      if (ev.type === 'pointercancel') cancel(it); else drop(it);
    }
    document.addEventListener('pointermove', move); document.addEventListener('pointerup', end); document.addEventListener('pointercancel', end);
  });
})();
