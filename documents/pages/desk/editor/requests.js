// Requests to the desk, as JSON.

// The cookie, not the form: signing in again in another window makes a new one.
export function csrf(form) {
  const found = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)
  const token = form.elements.csrfmiddlewaretoken
  return found ? decodeURIComponent(found[1]) : token ? token.value : ""
}

export function post(form, address, data, options) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf(form) },
    body: JSON.stringify(data),
    redirect: "manual",
    ...options,
  })
}
