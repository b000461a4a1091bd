/* Passkeys. A button [data-passkey-use] signs in or confirms with one; a form [data-passkey-add], whose field "label"
   holds its name, makes one. Both go on to their data-next (a sign-in: to where the server says) and say in the next
   [data-passkey-failed] what did not work. */
(function () {
  'use strict';
  var meta = function (name) { var m = document.querySelector('meta[name="' + name + '"]'); return m && m.content; };
  function bytes(text) {
    var s = atob(text.replace(/-/g, '+').replace(/_/g, '/')), b = new Uint8Array(s.length);
    for (var i = 0; i < s.length; i++) b[i] = s.charCodeAt(i);
    return b.buffer;
  }
  function text(buffer) {
    var s = ''; new Uint8Array(buffer).forEach(function (b) { s += String.fromCharCode(b); });
    return btoa(s).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');
  }
  function ids(list) { return (list || []).map(function (c) { return Object.assign({}, c, { id: bytes(c.id) }); }); }
  async function post(path, body) {
    var headers = { 'Content-Type': 'application/json', 'HX-Request': 'true' }; headers[meta('_csrf_header')] = meta('_csrf');
    var answer = await fetch(path, { method: 'POST', headers: headers, body: body ? JSON.stringify(body) : undefined });
    if (answer.headers.get('HX-Redirect')) { location.assign(answer.headers.get('HX-Redirect')); return new Promise(function () {}); }
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.json();
  }
  function common(c) {
    return { id: c.id, rawId: text(c.rawId), type: c.type, clientExtensionResults: c.getClientExtensionResults(), authenticatorAttachment: c.authenticatorAttachment };
  }
  async function use() {
    var options = await post('/webauthn/authenticate/options');
    options.challenge = bytes(options.challenge); options.allowCredentials = ids(options.allowCredentials);
    var found = await navigator.credentials.get({ publicKey: options }), r = found.response, sent = common(found);
    delete sent.type; sent.credType = found.type;
    sent.response = { authenticatorData: text(r.authenticatorData), clientDataJSON: text(r.clientDataJSON), signature: text(r.signature), userHandle: r.userHandle ? text(r.userHandle) : undefined };
    return (await post('/login/webauthn', sent)).redirectUrl;
  }
  async function add(label) {
    var options = await post('/webauthn/register/options');
    options.challenge = bytes(options.challenge); options.user.id = bytes(options.user.id); options.excludeCredentials = ids(options.excludeCredentials);
    var made = await navigator.credentials.create({ publicKey: options }), r = made.response, sent = common(made);
    sent.response = { attestationObject: text(r.attestationObject), clientDataJSON: text(r.clientDataJSON), transports: r.getTransports ? r.getTransports() : [] };
    await post('/webauthn/register', { publicKey: { credential: sent, label: label } });
  }
  function run(owner, button, what) {
    var failed = document.querySelector('[data-passkey-failed]');
    failed.hidden = true; button.disabled = true;
    what().then(function (next) { location.assign(owner.dataset.next || next); }, function () {
      button.disabled = false; failed.hidden = false; button.focus();
    });
  }
  document.addEventListener('click', function (e) {
    var b = e.target.closest('[data-passkey-use]'); if (b) run(b, b, use);
  });
  document.addEventListener('submit', function (e) {
    var f = e.target; if (!f.matches('[data-passkey-add]')) return;
    e.preventDefault(); run(f, f.querySelector('[type=submit]'), function () { return add(f.elements.label.value); });
  });
})();
