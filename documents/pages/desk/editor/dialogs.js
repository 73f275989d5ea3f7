// The questions that a button asks: where a link leads, which section is meant, how large a table is.
import { TextSelection } from "prosemirror-state"
import { insertTable, within } from "./commands.js"
import { csrf } from "./requests.js"
import { safeHref, schema } from "./schema.js"

const M = schema.marks
const N = schema.nodes

// The words that carry the mark where the cursor stands, or what is selected.
function marked(state, type) {
  const { from, to, empty, $from } = state.selection
  if (!empty) return { from, to, mark: null }
  const mark = type.isInSet($from.marks()) || ($from.nodeAfter && type.isInSet($from.nodeAfter.marks))
  if (!mark) return { from, to, mark: null }
  let start = $from.pos
  let end = $from.pos
  $from.parent.forEach((node, offset) => {
    const begin = $from.start() + offset
    if (mark.isInSet(node.marks) && begin <= $from.pos && begin + node.nodeSize >= $from.pos) {
      start = Math.min(start, begin)
      end = Math.max(end, begin + node.nodeSize)
    }
  })
  return { from: start, to: end, mark }
}

class Dialog {
  constructor(root, view, type) {
    this.root = root
    this.view = view
    this.type = type
    this.error = root.querySelector("[data-error]")
    root.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault()
      const value = event.submitter ? event.submitter.value : "ok"
      if (value === "cancel") this.close()
      else if (value === "remove") this.apply(null)
      else this.accept()
    })
    root.addEventListener("close", () => this.view.focus())
  }
  open() {
    const state = this.view.state
    if (!state.selection.$from.parent.inlineContent) return
    this.range = marked(state, this.type)
    this.error.hidden = true
    const remove = this.root.querySelector("button[value=remove]")
    if (remove) remove.hidden = !(this.range.mark || state.doc.rangeHasMark(this.range.from, this.range.to, this.type))
    this.show(this.range.mark)
    this.root.showModal()
  }
  close() {
    this.root.close()
  }
  complain() {
    this.error.hidden = false
  }
  apply(mark, words) {
    const { from, to } = this.range
    const tr = this.view.state.tr
    if (from === to) {
      if (mark) tr.insert(from, schema.text(words, mark.addToSet(tr.doc.resolve(from).marks()))).removeStoredMark(this.type)
    } else {
      tr.removeMark(from, to, this.type)
      if (mark) tr.addMark(from, to, mark)
      tr.setSelection(TextSelection.near(tr.doc.resolve(to), -1)).removeStoredMark(this.type)
    }
    this.close()
    this.view.dispatch(tr.scrollIntoView())
    this.view.focus()
  }
}

export class LinkDialog extends Dialog {
  constructor(root, view) {
    super(root, view, M.link)
    this.field = root.querySelector("input[name=href]")
  }
  show(mark) {
    this.field.value = mark ? mark.attrs.href : ""
  }
  accept() {
    let href = this.field.value.trim()
    if (/^[^\s@:/]+@[^\s@/]+\.[^\s@/]+$/.test(href)) href = "mailto:" + href
    else if (/^[\w-]+(\.[\w-]+)+([/?#:].*)?$/.test(href)) href = "https://" + href
    if (!href || !safeHref(href)) return this.complain()
    this.apply(M.link.create({ href }), href.replace(/^(mailto|tel):/, ""))
  }
}

export class SectionDialog extends Dialog {
  constructor(root, view) {
    super(root, view, M.xref)
    this.filter = root.querySelector("input[name=filter]")
    this.list = root.querySelector("select")
    this.options = Array.from(this.list.options)
    this.filter.addEventListener("input", () => this.narrow())
    this.filter.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault()
        this.list.focus()
        if (this.list.selectedIndex < 0 && this.list.options.length) this.list.selectedIndex = 0
      }
    })
    this.list.addEventListener("dblclick", () => this.accept())
    this.list.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.accept()))
  }
  narrow() {
    const wanted = this.filter.value.trim().toLocaleLowerCase()
    this.list.replaceChildren(...this.options.filter((option) => option.text.toLocaleLowerCase().includes(wanted)))
    if (this.list.options.length === 1) this.list.selectedIndex = 0
  }
  show(mark) {
    this.filter.value = ""
    this.narrow()
    this.list.value = mark ? mark.attrs.uid : ""
  }
  accept() {
    const option = this.list.selectedOptions[0]
    if (!option) return this.complain()
    this.apply(M.xref.create({ uid: option.value }), option.dataset.words || option.text.trim())
  }
}

// A picture: sent to the desk at once, put into the text as a figure with its description; or in place of the one where the
// cursor stands.
export class PictureDialog {
  constructor(root, view) {
    this.root = root
    this.view = view
    this.form = root.querySelector("form")
    this.error = root.querySelector("[data-error]")
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      if (event.submitter && event.submitter.value === "cancel") this.root.close()
      else this.send()
    })
    root.addEventListener("close", () => this.view.focus())
  }
  open() {
    const around = within(this.view.state, N.figure)
    this.form.reset()
    this.form.elements.alt.value = around ? around.node.attrs.alt : ""
    this.error.hidden = true
    this.root.showModal()
  }
  complain(words) {
    this.error.textContent = words
    this.error.hidden = false
  }
  async send() {
    const data = new FormData(this.form)
    try {
      const answer = await fetch(this.form.dataset.url, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": csrf(this.form) },
        body: data,
      })
      const told = await answer.json()
      if (!answer.ok) return this.complain(told.message)
      this.put(told.sha256, this.form.elements.alt.value.trim())
    } catch (error) {
      this.complain(this.form.dataset.failed)
    }
  }
  put(sha256, alt) {
    const state = this.view.state
    const around = within(state, N.figure)
    let tr = state.tr
    if (around) tr = tr.setNodeMarkup(around.pos, null, { ...around.node.attrs, sha256, alt, ooxml: null })
    else {
      const { $from } = state.selection
      let depth = $from.depth
      while (depth > 1 && !$from.node(depth - 1).type.contentMatch.matchType(N.figure)) depth--
      const at = $from.depth && $from.node(1).type === N.heading ? $from.after(1) + 1 : $from.after(depth)
      tr = tr.insert(at, N.figure.create({ sha256, alt }))
      tr = tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)))
    }
    this.root.close()
    this.view.dispatch(tr.scrollIntoView())
    this.view.focus()
  }
}

export class TableDialog {
  constructor(root, view) {
    this.root = root
    this.view = view
    this.form = root.querySelector("form")
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.root.close()
      if (event.submitter && event.submitter.value === "cancel") return
      const { rows, columns, header } = this.form.elements
      insertTable(Number(rows.value), Number(columns.value), header.checked)(view.state, view.dispatch)
    })
    root.addEventListener("close", () => this.view.focus())
  }
  open() {
    this.form.reset()
    this.root.showModal()
    this.form.elements.rows.select()
  }
}
