// The toolbar: its buttons come from the page, in the page's language; here they get to work. One stop for the Tab key, arrows
// within it (the pattern of the ARIA toolbar).
import { COMMANDS, within } from "./commands.js"
import { isInTable } from "prosemirror-tables"
import { schema } from "./schema.js"

const N = schema.nodes
// Buttons that are only shown where they make sense: <div data-when="table">.
const WHEN = {
  table: (state) => isInTable(state),
  list: (state) => Boolean(within(state, N.list)),
  step: (state) => Boolean(within(state, N.step)),
  figure: (state) => Boolean(within(state, N.figure)),
  callout: (state) => Boolean(within(state, N.callout)),
  footnote: (state) => Boolean(within(state, N.footnote)),
}

export class Toolbar {
  constructor(root, view, dialogs) {
    this.root = root
    this.view = view
    this.dialogs = dialogs
    this.buttons = Array.from(root.querySelectorAll("button[data-command],button[data-dialog],button[data-toggle]"))
    this.groups = Array.from(root.querySelectorAll("[data-when]"))
    this.rows = Array.from(root.querySelectorAll(".pm-tools,.pm-context"))
    new ResizeObserver(() => this.fit()).observe(root)
    // The press must not take the cursor out of the text.
    root.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault())
    root.addEventListener("click", (event) => this.press(event.target.closest("button")))
    root.addEventListener("keydown", (event) => this.keydown(event))
    this.update()
  }

  press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return
    this.current = button
    if (button.dataset.toggle) {
      const more = document.getElementById(button.dataset.toggle)
      more.hidden = !more.hidden
      this.fit()
      button.setAttribute("aria-expanded", String(!more.hidden))
      return
    }
    if (button.dataset.dialog) {
      this.dialogs[button.dataset.dialog].open()
      return
    }
    COMMANDS[button.dataset.command].run(this.view.state, this.view.dispatch, this.view)
    this.view.focus()
  }

  // Names beside the icons where the row has room for them in this language.
  fit() {
    for (const row of this.rows) {
      if (row.hidden) continue
      for (const words of ["all", "some", "none"]) {
        row.dataset.words = words
        if (row.scrollWidth <= row.clientWidth) break
      }
      // A name that is not shown appears when its button is pointed at.
      for (const word of row.querySelectorAll(".pm-word")) word.classList.toggle("pm-tip", getComputedStyle(word).position === "absolute")
    }
  }

  shown() {
    return this.buttons.filter((button) => !button.closest("[hidden]"))
  }

  keydown(event) {
    const buttons = this.shown()
    const at = buttons.indexOf(document.activeElement)
    const forward = getComputedStyle(this.root).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"
    let next = null
    if (event.key === forward) next = buttons[(at + 1) % buttons.length]
    else if (event.key === backward) next = buttons[(at - 1 + buttons.length) % buttons.length]
    else if (event.key === "Home") next = buttons[0]
    else if (event.key === "End") next = buttons[buttons.length - 1]
    else if (event.key === "Escape") {
      event.preventDefault()
      this.view.focus()
    }
    if (next) {
      event.preventDefault()
      this.current = next
      this.rove()
      next.focus()
    }
  }

  focus() {
    this.rove()
    const button = this.shown().find((one) => one.tabIndex === 0)
    if (button) button.focus()
    return true
  }

  rove() {
    const buttons = this.shown()
    if (!buttons.includes(this.current)) this.current = buttons[0]
    for (const button of this.buttons) button.tabIndex = button === this.current ? 0 : -1
  }

  update() {
    const state = this.view.state
    for (const group of this.groups) {
      const hidden = !WHEN[group.dataset.when](state)
      if (group.hidden === hidden) continue
      group.hidden = hidden
      this.fit()
    }
    for (const button of this.buttons) {
      const command = COMMANDS[button.dataset.command || button.dataset.dialog]
      if (!command) continue
      const can = command.run(state)
      if (can) button.removeAttribute("aria-disabled")
      else button.setAttribute("aria-disabled", "true")
      if (command.on) button.setAttribute("aria-pressed", String(Boolean(command.on(state))))
    }
    this.rove()
  }
}
