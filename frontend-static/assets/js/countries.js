/* Country codes: notices of changes, and the map as a pointer shortcut. The list decides; without this script it has buttons. */
(function () {
  'use strict';
  document.addEventListener('tollgate:notice', function (e) { window.tollgate.toast(e.detail.value); });

  /* a click on a country switches all its codes over, by the same address that the list's switch posts to */
  document.addEventListener('click', function (e) {
    var area = e.target.closest('[data-map] [data-codes]'); if (!area || !area.dataset.codes || area.dataset.asked) return;
    var verb = area.matches('.is-open, .is-opening') ? 'block' : 'allow';
    /* a second click before the answer would send the same again */
    function answered() { delete area.dataset.asked; }
    area.dataset.asked = 'true';
    window.htmx.ajax('POST', area.closest('[data-map]').dataset.map + '/' + area.dataset.codes + '/' + verb, {
      target: '#found', swap: 'innerHTML', values: Object.fromEntries(new FormData(document.getElementById('filter')))
    }).then(answered, answered);
  });
})();
