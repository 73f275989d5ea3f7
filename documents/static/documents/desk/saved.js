// After a save, what stands next to the text is true again: the state of the translation, its notes, what may be case data, and the
// changes from the edition in force.
function put(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes)
}

document.addEventListener("desk:saved", async (event) => {
  if (!event.detail.older) {
    const current = document.querySelector("[data-state-current]")
    if (current) {
      document.querySelector("[data-state]").replaceChildren(current.content.cloneNode(true))
      document.querySelectorAll("[data-stale]").forEach((note) => note.remove())
    }
  }
  put(document.querySelector("[data-case-data]"), event.detail.case_data)
  const changes = document.querySelector("[data-changes]")
  if (!changes) return
  try {
    const answer = await fetch(changes.dataset.changes, { redirect: "manual" })
    if (!answer.ok) return
    const open = changes.querySelector("details[open]")
    put(changes, await answer.text())
    if (open) changes.querySelector("details")?.setAttribute("open", "")
  } catch {
    // No connection: the text is saved, and the next save asks again.
  }
})
