// Requests to the desk, as JSON.

// The cookie, not the form: signing in again in another window makes a new one.
export function csrf(form) {
  const found = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="))
  const token = form.elements.csrfmiddlewaretoken
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : token ? token.value : ""
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
