// After a save, what stands next to the text is true again: the state of the translation, its notes, and the changes from the
// edition in force.
document.addEventListener("desk:saved", async (event) => {
  if (!event.detail.older) {
    const current = document.querySelector("[data-state-current]")
    if (current) {
      document.querySelector("[data-state]").replaceChildren(current.content.cloneNode(true))
      document.querySelectorAll("[data-stale]").forEach((note) => note.remove())
    }
  }
  const changes = document.querySelector("[data-changes]")
  if (!changes) return
  try {
    const answer = await fetch(changes.dataset.changes, { redirect: "manual" })
    if (!answer.ok) return
    const open = changes.querySelector("details[open]")
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body
    changes.replaceChildren(...fresh.childNodes)
    if (open) changes.querySelector("details")?.setAttribute("open", "")
  } catch {
    // No connection: the text is saved, and the next save asks again.
  }
})
