// How the nodes look that are more than their text: a step's fields, pictures, locked blocks, marks of notes.
import { NodeSelection } from "prosemirror-state"
import { gotoNote } from "./commands.js"

function element(tag, attrs, ...children) {
  const made = document.createElement(tag)
  for (const key of Object.keys(attrs)) if (attrs[key] !== null) made.setAttribute(key, attrs[key])
  made.append(...children)
  return made
}

let counter = 0

// A field that edits one attribute of a node.
class Field {
  constructor(label, name, owner, limit) {
    this.name = name
    const id = "pm-field-" + ++counter
    // Grows with its words; Enter makes no line in it.
    this.input = element("textarea", { rows: "1", id, maxlength: String(limit), autocomplete: "off", dir: "auto" })
    this.dom = element("div", { class: "pm-field pm-field-" + name }, element("label", { for: id }, label), this.input)
    this.input.value = owner.node.attrs[name]
    this.input.addEventListener("input", () => {
      owner.set(name, this.input.value)
      this.fit()
    })
    requestAnimationFrame(() => this.fit())
    this.input.addEventListener("keydown", (event) => {
      const key = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase()
      if (key === "z" || key === "y") {
        // One history for all: the fields' own would know nothing of the text's.
        event.preventDefault()
        owner.undo(key === "y" || event.shiftKey)
      } else if (event.key === "Enter") event.preventDefault()
    })
  }
  show(node) {
    if (this.input.value === node.attrs[this.name]) return
    this.input.value = node.attrs[this.name]
    this.fit()
  }
  fit() {
    this.input.style.blockSize = "auto"
    this.input.style.blockSize = this.input.scrollHeight + this.input.offsetHeight - this.input.clientHeight + "px"
  }
}

class Fielded {
  constructor(node, view, getPos, history) {
    this.node = node
    this.view = view
    this.getPos = getPos
    this.history = history
    this.fields = []
  }
  set(name, value) {
    const pos = this.getPos()
    if (pos === undefined) return
    this.view.dispatch(this.view.state.tr.setNodeAttribute(pos, name, value))
  }
  undo(again) {
    ;(again ? this.history.redo : this.history.undo)(this.view.state, this.view.dispatch)
  }
  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    this.fields.forEach((field) => field.show(node))
    return true
  }
  stopEvent(event) {
    return event.target instanceof HTMLTextAreaElement
  }
  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !(this.contentDOM && this.contentDOM.contains(mutation.target))
  }
}

class StepView extends Fielded {
  constructor(node, view, getPos, words, history) {
    super(node, view, getPos, history)
    this.fields = [
      new Field(words.stepTitle, "title", this, 1000),
      new Field(words.stepWho, "who", this, 1000),
      new Field(words.stepLimit, "limit", this, 1000),
    ]
    this.contentDOM = element("div", { class: "pm-step-text" })
    const head = element("div", { class: "pm-step-head", contenteditable: "false" }, ...this.fields.map((field) => field.dom))
    this.dom = element("section", { class: "pm-step", "aria-label": words.step }, head, this.contentDOM)
  }
}

function picture(sha256, alt, address) {
  return element("img", { src: address.replace("SHA256", sha256), alt: alt || "", loading: "lazy" })
}

class FigureView extends Fielded {
  constructor(node, view, getPos, words, history, address) {
    super(node, view, getPos, history)
    this.address = address
    this.fields = [new Field(words.alt, "alt", this, 4000)]
    this.image = picture(node.attrs.sha256, node.attrs.alt, address)
    this.contentDOM = element("figcaption", { "data-placeholder": words.caption })
    const head = element("div", { class: "pm-picture", contenteditable: "false" }, this.image, this.fields[0].dom)
    this.dom = element("figure", { class: "pm-figure" }, head, this.contentDOM)
  }
  update(node) {
    if (!super.update(node)) return false
    this.image.alt = node.attrs.alt
    this.image.src = this.address.replace("SHA256", node.attrs.sha256)
    return true
  }
}

class OpaqueView {
  constructor(node, words) {
    const said = element("p", { class: "pm-locked-word" }, words.locked)
    const text = element("div", { class: "pm-locked-text" }, node.attrs.text || node.attrs.kind || "–")
    this.dom = element("div", { class: "pm-locked", contenteditable: "false", role: "group", "aria-label": words.locked }, said, text)
  }
  ignoreMutation() {
    return true
  }
}

export function nodeViews(words, history, address) {
  return {
    step: (node, view, getPos) => new StepView(node, view, getPos, words, history),
    figure: (node, view, getPos) => new FigureView(node, view, getPos, words, history, address),
    opaque: (node) => new OpaqueView(node, words),
    image: (node) => ({ dom: element("span", { class: "pm-image" }, picture(node.attrs.sha256, node.attrs.alt, address)) }),
    note: (node, view, getPos) => {
      const dom = element("sup", { class: "pm-note", contenteditable: "false" })
      dom.addEventListener("mousedown", (event) => {
        if (event.button) return
        event.preventDefault()
        if (event.detail > 1) gotoNote(view, node.attrs.id)
        else view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos())))
        view.focus()
      })
      return { dom, ignoreMutation: () => true, stopEvent: (event) => event.type === "mousedown" }
    },
  }
}

export { element }
