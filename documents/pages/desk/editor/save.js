// Saving: one request with the text and the mark of the text that it was made from. Whatever goes wrong, what was typed stays on
// the page.
import { canonical, forgetChangedXml, toBody } from "./body.js"
import { Keeper } from "./keep.js"
import { csrf, post } from "./requests.js"
import { schema } from "./schema.js"

const N = schema.nodes

export class Saver {
  constructor(form, view, words, opened) {
    this.form = form
    this.view = view
    this.words = words
    this.opened = opened
    this.saved = form.hasAttribute("data-unsaved") ? "" : canonical(opened)
    this.status = form.querySelector("[data-status]")
    this.keeper = new Keeper(form, this)
    this.busy = false
    this.leaving = false
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.save()
    })
    // Wherever the cursor is, in a step's field too.
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
        event.preventDefault()
        this.save()
      }
    })
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.changed() && !this.keeper.safe()) event.preventDefault()
    })
    this.update()
  }

  body() {
    return forgetChangedXml(toBody(this.view.state.doc), this.opened)
  }

  // What the text was made from. Of a translation, the original that the page shows: it stays that one however often one saves.
  base() {
    const { expected, source } = this.form.elements
    return { expected: expected.value, source: source ? source.value : "" }
  }

  changed() {
    return canonical(this.body()) !== this.saved
  }

  say(words, kind) {
    this.status.textContent = words
    this.status.dataset.kind = kind
  }

  // After each change of the text; says once that there is something to save.
  update() {
    const changed = this.changed()
    if (changed && this.status.dataset.kind !== "unsaved") this.say(this.words.unsaved, "unsaved")
    else if (!changed && this.status.dataset.kind === "unsaved") this.say("", "")
  }

  later() {
    this.keeper.later()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.update(), 400)
  }

  // Hands the text over as a plain form, for the answers that are a page of their own.
  post() {
    this.form.elements.body.value = JSON.stringify(this.body())
    const token = this.form.elements.csrfmiddlewaretoken
    if (token) token.value = csrf(this.form)
    this.leaving = true
    this.form.submit()
  }

  async save() {
    if (this.busy) return
    this.busy = true
    clearTimeout(this.timer)
    this.say(this.words.saving, "saving")
    const body = this.body()
    const sent = this.view.state.doc
    try {
      await this.keeper.settled()
      const answer = await post(this.form, this.form.action, { body, ...this.base() })
      await this.answered(answer, body, sent)
    } catch (error) {
      this.say(this.words.offline, "bad")
    }
    this.busy = false
  }

  // Shows the numbers that the items of lists have now, and which lists are numbered. Where somebody has typed on meanwhile, the next
  // save brings them.
  relabel(labels, kinds) {
    const { doc, tr } = this.view.state
    const places = []
    const lists = []
    const start = doc.child(0).nodeSize
    doc.child(1).descendants((node, pos) => {
      if (node.type === N.item) places.push({ node, pos: start + 1 + pos })
      if (node.type === N.list) lists.push({ node, pos: start + 1 + pos })
    })
    if (places.length !== labels.length || lists.length !== kinds.length) return
    lists.forEach(({ node, pos }, index) => {
      if (Boolean(node.attrs.ordered) !== kinds[index]) tr.setNodeMarkup(pos, null, { ...node.attrs, ordered: kinds[index] })
    })
    places.forEach(({ node, pos }, index) => {
      if (node.attrs.label !== labels[index]) tr.setNodeMarkup(pos, null, { ...node.attrs, label: labels[index] })
    })
    this.view.dispatch(tr.setMeta("addToHistory", false))
  }

  async answered(answer, body, sent) {
    if (answer.type === "opaqueredirect") return this.say(this.words.signedOut, "bad")
    if (answer.status === 409) {
      const told = await answer.json()
      // Somebody else was quicker: the server draws both texts. A locked text: the words, and what was typed stays here.
      if (told.conflict) return this.post()
      return this.say(told.message, "bad")
    }
    if (answer.status === 403) return this.say(this.words.signedOut, "bad")
    if (answer.status === 404) return this.say(this.words.gone, "bad")
    const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {}
    if (!answer.ok) return this.say(told.message || this.words.failed, "bad")
    this.form.elements.expected.value = told.hash
    this.opened = body
    this.saved = canonical(body)
    if (told.labels && sent.eq(this.view.state.doc)) {
      this.relabel(told.labels, told.kinds)
      this.opened = this.body()
      this.saved = canonical(this.opened)
    }
    this.form.removeAttribute("data-unsaved")
    this.keeper.saved()
    this.say(told.message, told.older ? "warn" : "good")
    this.form.dispatchEvent(new CustomEvent("desk:saved", { bubbles: true, detail: told }))
    if (this.changed()) this.update()
  }
}
