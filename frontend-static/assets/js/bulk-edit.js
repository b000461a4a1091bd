/* Bulk edit: the row's own Bulk Edit box enables its control. Contract: [data-bulk-row] holds [data-bulk-enable] and
   a fieldset [data-bulk-control]; [data-bulk-summary] has data-none, data-one and data-many ("{0}" is the number). */
(function () {
  'use strict';
  var rows = Array.prototype.slice.call(document.querySelectorAll('[data-bulk-row]')); if (!rows.length) return;
  var sum = document.querySelector('[data-bulk-summary]');
  function sync(row) { var on = row.querySelector('[data-bulk-enable]').checked; row.classList.toggle('is-on', on); row.querySelector('[data-bulk-control]').disabled = !on; }
  function total() {
    var n = rows.filter(function (r) { return r.classList.contains('is-on'); }).length;
    if (sum) sum.textContent = (n === 0 ? sum.dataset.none : n === 1 ? sum.dataset.one : sum.dataset.many).replace('{0}', n);
  }
  rows.forEach(function (r) {
    sync(r);
    r.querySelector('[data-bulk-enable]').addEventListener('change', function () {
      sync(r); total();
      if (r.classList.contains('is-on')) { var f = r.querySelector('[data-bulk-control] :is(input, select)'); if (f) f.focus(); }
    });
  });
  total();
})();
