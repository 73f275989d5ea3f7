// Passkeys: ties allauth's functions to the form with data-passkey. Without JavaScript that form stays hidden.
'use strict'
document.querySelectorAll('form[data-passkey]').forEach((form) => {
  if (!window.PublicKeyCredential) return
  form.hidden = false
  const ids = { credential: 'credential', data: 'passkey-options' }
  const kind = form.dataset.passkey
  const forms = window.allauth.webauthn.forms
  if (kind === 'login') forms.loginForm({ ids: { ...ids, login: 'passkey' } })
  if (kind === 'authenticate') forms.authenticateForm({ ids: { ...ids, authenticate: 'passkey' } })
  if (kind === 'add') forms.addForm({ ids: { ...ids, add: 'passkey', passwordless: 'passwordless' } })
})
