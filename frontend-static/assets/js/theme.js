/* Blocking, in <head>: before the first paint, the theme of a first visit. Afterwards the server sets it from the cookie. */
(function () {
  var root = document.documentElement;
  root.classList.add('js');
  if (!root.dataset.theme) root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
})();
