/* A file that is too large is refused before it is sent: the server would hang up on it.
   Contract: input[type=file][data-most-bytes], data-too-large holds the words. */
(function () {
  'use strict';
  document.addEventListener('change', function (e) {
    var t = e.target;
    if (!t.matches('input[type=file][data-most-bytes]')) return;
    var large = Array.prototype.some.call(t.files, function (f) { return f.size > Number(t.dataset.mostBytes); });
    t.setCustomValidity(large ? t.dataset.tooLarge : '');
    if (large) t.reportValidity();
  });
})();
