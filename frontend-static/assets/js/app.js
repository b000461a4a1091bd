/* Shell behaviour: htmx set-up, navigation drawer, theme, dialogs, jump list, shortcuts, tabs, toasts. */
(function () {
  'use strict';
  var $ = function (s, r) { return (r || document).querySelector(s); };
  var $$ = function (s, r) { return Array.prototype.slice.call((r || document).querySelectorAll(s)); };
  var root = document.documentElement;
  var typing = function (el) { return el && (el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) || (el.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test(el.type))); };
  var meta = function (name) { var m = $('meta[name="' + name + '"]'); return m && m.content; };

  var tollgate = window.tollgate = {
    icon: function (name, cls) {
      var s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), u = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      s.setAttribute('class', 'icon' + (cls ? ' ' + cls : '')); s.setAttribute('aria-hidden', 'true'); u.setAttribute('href', '/assets/icons.svg#i-' + name); s.append(u); return s;
    },
    el: function (tag, cls, text) { var e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; },
    /* A short message at the corner. tone: undefined for done, 'wait' or 'stop'; those stay until dismissed. */
    toast: function (text, small, tone) {
      var box = $('[data-toasts]'); if (!box) return;
      var t = this.el('div', 'toast' + (tone ? ' toast--' + tone : '')), b = this.el('div', 'toast__text', text);
      if (small) b.append(this.el('small', '', small));
      t.append(this.icon(tone ? 'triangle-alert' : 'circle-check'), b); box.append(t); dismissible(t, tone);
    }
  };
  function dismissible(t, tone) {
    var x = tollgate.el('button', 'icon-btn icon-btn--sm'); x.type = 'button'; x.setAttribute('aria-label', $('[data-toasts]').dataset.dismiss); x.append(tollgate.icon('x'));
    x.addEventListener('click', function () { t.remove(); }); t.append(x);
    if (!tone) setTimeout(function gone() { if (t.matches(':hover, :focus-within')) setTimeout(gone, 2000); else t.remove(); }, 8000);
  }
  $$('[data-toast]').forEach(function (t) { dismissible(t, t.classList.contains('toast--stop') ? 'stop' : ''); });

  /* htmx: the CSRF token goes along, failures are said, focus stays where it was */
  document.addEventListener('htmx:configRequest', function (e) {
    var name = meta('_csrf_header'); if (name && e.detail.verb !== 'get') e.detail.headers[name] = meta('_csrf');
    /* what nobody pressed a key for keeps no session alive */
    if (!e.detail.triggeringEvent) e.detail.headers['Tollgate-By-Itself'] = 'true';
  });
  document.addEventListener('htmx:responseError', function (e) {
    var xhr = e.detail.xhr, box = $('[data-toasts]').dataset, plain = /^text\/plain/.test(xhr.getResponseHeader('Content-Type') || '');
    var said = plain ? xhr.responseText : '';
    if (xhr.status === 401) return; /* HX-Redirect leads to sign-in */
    tollgate.toast(said || (xhr.status === 403 ? box.forbidden : box.failed), xhr.status >= 500 ? box.failedMore : '', 'stop');
    undo(e.detail.elt);
  });
  document.addEventListener('htmx:sendError', function (e) {
    var box = $('[data-toasts]').dataset; tollgate.toast(box.unreachable, box.unreachableMore, 'stop'); undo(e.detail.elt);
  });
  document.addEventListener('htmx:timeout', function (e) {
    var box = $('[data-toasts]').dataset; tollgate.toast(box.unreachable, box.unreachableMore, 'stop'); undo(e.detail.elt);
  });
  /* a switch whose change did not reach the server shows again what the server has */
  function undo(el) { if (el && el.matches && el.matches('input[type=checkbox]')) el.checked = el.defaultChecked; }
  /* a swapped control keeps the focus: htmx does so by id; where there is none, data-focus-key names it */
  var focusKey = null;
  document.addEventListener('htmx:beforeSwap', function () { var a = document.activeElement; focusKey = a && a.dataset ? a.dataset.focusKey : null; });
  document.addEventListener('htmx:afterSettle', function () {
    if (focusKey && document.activeElement === document.body) { var n = $('[data-focus-key="' + CSS.escape(focusKey) + '"]'); if (n) n.focus(); }
  });
  /* a press that has begun is not swapped away from under the pointer: what is asked for again and again comes the next time */
  var pressed = null;
  document.addEventListener('pointerdown', function (e) { pressed = e.target; });
  ['pointerup', 'pointercancel'].forEach(function (type) { document.addEventListener(type, function () { pressed = null; }); });
  document.addEventListener('htmx:beforeSwap', function (e) {
    var asked = e.detail.requestConfig && e.detail.requestConfig.elt;
    if (pressed && asked && asked.contains(pressed) && /^every /.test(asked.getAttribute('hx-trigger') || '')) e.detail.shouldSwap = false;
  });

  /* theme */
  document.addEventListener('click', function (e) {
    if (!e.target.closest('[data-theme-toggle]')) return;
    var t = root.dataset.theme === 'dark' ? 'light' : 'dark'; root.dataset.theme = t;
    document.cookie = 'tollgate-theme=' + t + '; path=/; max-age=31536000; samesite=lax' + (location.protocol === 'https:' ? '; secure' : '');
  });

  /* navigation drawer */
  var opener = $('[data-nav-open]'), main = $('.app__main'), side = $('#sidebar');
  function nav(open) {
    if (!opener) return;
    root.classList.toggle('nav-open', open); opener.setAttribute('aria-expanded', open); main.inert = open;
    if (open) $('[data-nav-close]', side).focus(); else opener.focus();
  }
  if (opener) {
    opener.addEventListener('click', function () { nav(true); });
    $$('[data-nav-close]').forEach(function (b) { b.addEventListener('click', function () { nav(false); }); });
    matchMedia('(min-width: 60.0625rem)').addEventListener('change', function (e) { if (e.matches && root.classList.contains('nav-open')) nav(false); });
  }

  /* account menu closes on outside click or Escape */
  document.addEventListener('click', function (e) { $$('details.menu[open]').forEach(function (d) { if (!d.contains(e.target)) d.open = false; }); });

  /* dialogs: an opener may be a link, which works without this script */
  document.addEventListener('click', function (e) {
    var o = e.target.closest('[data-open-dialog]'), c = e.target.closest('[data-close-dialog]');
    if (o) { var d = document.getElementById(o.dataset.openDialog); if (d) { e.preventDefault(); d.showModal(); } }
    if (c) c.closest('dialog').close();
    if (e.target.tagName === 'DIALOG') e.target.close();
    if (e.target.closest('[data-open-palette]')) openPalette();
    if (e.target.closest('[data-open-keys]')) $('#keys-dialog').showModal();
  });

  /* jump list: combobox with a listbox */
  var pal = $('#palette'), pin = pal && $('input', pal), items = pal ? $$('[role=option]', pal) : [];
  function shown() { return items.filter(function (i) { return !i.hidden; }); }
  function mark(i) { items.forEach(function (x) { x.setAttribute('aria-selected', x === i); }); if (i) { pin.setAttribute('aria-activedescendant', i.id); i.scrollIntoView({ block: 'nearest' }); } else pin.removeAttribute('aria-activedescendant'); }
  var plist = pal && $('#palette-list'), pages = plist && plist.innerHTML;
  function relist() { items = $$('[role=option]', pal); mark(items[0]); }
  function openPalette() { if (!pal || pal.open) return; pin.value = ''; plist.innerHTML = pages; relist(); pal.showModal(); pin.focus(); }
  if (pal) {
    /* pages are there at once; the server adds whatever else has that name or number */
    pin.addEventListener('input', function () {
      var q = pin.value.trim().toLowerCase();
      plist.innerHTML = pages; items = $$('[role=option]', pal);
      items.forEach(function (i) { i.hidden = q && i.textContent.toLowerCase().indexOf(q) < 0; }); mark(shown()[0]);
    });
    plist.addEventListener('htmx:afterSwap', relist);
    pin.addEventListener('keydown', function (e) {
      var s = shown(), k = s.findIndex(function (i) { return i.getAttribute('aria-selected') === 'true'; });
      if (e.key === 'ArrowDown') { e.preventDefault(); mark(s[Math.min(k + 1, s.length - 1)]); }
      if (e.key === 'ArrowUp') { e.preventDefault(); mark(s[Math.max(k - 1, 0)]); }
      if (e.key === 'Enter' && (s[k] || pin.value.trim())) location.href = s[k] ? s[k].href : '/search?q=' + encodeURIComponent(pin.value.trim());
    });
  }

  /* single-key shortcuts; can be switched off (WCAG 2.1.4) */
  var on = true; try { on = localStorage.getItem('tollgate-keys') !== 'off'; } catch (e) { /* private mode */ }
  var keyBox = $('[data-keys-toggle]');
  if (keyBox) { keyBox.checked = on; keyBox.addEventListener('change', function () { on = keyBox.checked; try { localStorage.setItem('tollgate-keys', on ? 'on' : 'off'); } catch (e) { /* private mode */ } }); }
  tollgate.keysOn = function () { return on; };
  var go = {}, gAt = 0; $$('[data-go]').forEach(function (a) { go[a.dataset.go] = a.href; });
  document.addEventListener('keydown', function (e) {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k' && pal && !$('dialog[open]')) { e.preventDefault(); openPalette(); return; }
    if (e.key === 'Escape') { if (root.classList.contains('nav-open')) nav(false); $$('details.menu[open]').forEach(function (d) { d.open = false; $('summary', d).focus(); }); }
    if (!on || e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || $('dialog[open]')) return;
    if (e.key === '/') { var s = $('[data-page-search]'); if (s) { e.preventDefault(); s.focus(); if (s.select) s.select(); } else if (pal) { e.preventDefault(); openPalette(); } }
    else if (e.key === '?') { var d = $('#keys-dialog'); if (d) d.showModal(); }
    else if (e.key === 'g') gAt = Date.now();
    else if (Date.now() - gAt < 1200 && go[e.key]) location.href = go[e.key];
  });

  /* tabs (ARIA pattern: arrows move, automatic activation) */
  $$('[data-tabs]').forEach(function (list) {
    var tabs = $$('[role=tab]', list);
    function pick(t) { tabs.forEach(function (x) { var sel = x === t; x.setAttribute('aria-selected', sel); x.tabIndex = sel ? 0 : -1; document.getElementById(x.getAttribute('aria-controls')).hidden = !sel; }); t.focus(); }
    tabs.forEach(function (t, i) {
      t.addEventListener('click', function () { pick(t); });
      t.addEventListener('keydown', function (e) { if (e.key === 'ArrowRight') pick(tabs[(i + 1) % tabs.length]); if (e.key === 'ArrowLeft') pick(tabs[(i + tabs.length - 1) % tabs.length]); });
    });
  });

  /* expandable rows: open in the page as served, so that they can be read without this script */
  function expand(b, open) { b.setAttribute('aria-expanded', open); var d = document.getElementById(b.getAttribute('aria-controls')); if (d) d.hidden = !open; }
  $$('[data-expand]').forEach(function (b) { expand(b, false); });
  document.addEventListener('click', function (e) { var b = e.target.closest('[data-expand]'); if (b) expand(b, b.getAttribute('aria-expanded') !== 'true'); });

  /* copy buttons: data-copy="id of the element whose text is meant", data-copied="what to say" */
  document.addEventListener('click', function (e) {
    var b = e.target.closest('[data-copy]'); if (!b) return;
    var src = document.getElementById(b.dataset.copy), say = function () { tollgate.toast(b.dataset.copied); };
    function select() { var r = document.createRange(); r.selectNodeContents(src); var s = getSelection(); s.removeAllRanges(); s.addRange(r); }
    /* navigator.clipboard exists only on https and localhost: elsewhere the text is selected, ready for Ctrl C */
    if (navigator.clipboard) navigator.clipboard.writeText(src.textContent).then(say, select); else { select(); if (document.execCommand('copy')) say(); }
  });

  /* selects and dates of a filter form apply at once; without this script its button does */
  document.addEventListener('change', function (e) { var f = e.target.closest('form[data-auto-submit]'); if (f && !typing(e.target) || f && e.target.matches('select, input[type=date]')) f.requestSubmit(); });

  /* live hints of a new password: data-rule on each, data-rule-of on the field */
  $$('[data-password-rules]').forEach(function (box) {
    var p = document.getElementById(box.dataset.passwordRules), c = document.getElementById(box.dataset.confirm);
    function show() {
      var n = Array.from(p.value).length, met = { min: n >= +p.dataset.min, max: n > 0 && n <= +p.dataset.max, same: n > 0 && p.value === c.value };
      $$('[data-rule]', box).forEach(function (r) { r.classList.toggle('is-met', !!met[r.dataset.rule]); });
    }
    p.addEventListener('input', show); c.addEventListener('input', show); show();
  });

  /* a form that came back with errors: to the first field that is wrong */
  var wrong = $('[aria-invalid="true"]'); if (wrong) wrong.focus();
})();
