// After a translation is saved, the state beside its language and the notes on the page are those of the saved text.
document.addEventListener("desk:saved", (event) => {
  if (event.detail.older) return
  const current = document.querySelector("[data-state-current]")
  document.querySelector("[data-state]")?.replaceChildren(current.content.cloneNode(true))
  document.querySelectorAll("[data-stale]").forEach((note) => note.remove())
})
