// The working copy: what was typed goes to the desk every few seconds, for its author alone. The same request says that the section
// is open, and learns who else has it open.
import { canonical } from "./body.js"
import { post } from "./requests.js"

const PAUSE = 2000
const AT_MOST = 8000
const BEAT = 25000
// What a browser still sends when its page is gone.
const KEEPALIVE = 60000

export class Keeper {
  constructor(form, saver) {
    this.form = form
    this.saver = saver
    this.status = form.querySelector("[data-copy-status]")
    this.others = document.querySelector("[data-present]")
    // The window that stored the copy this page began with; and this one.
    this.known = form.dataset.copyWindow
    this.window = Date.now().toString(36) + Math.random().toString(36).slice(2)
    this.kept = form.hasAttribute("data-unsaved") && !this.known ? "" : canonical(saver.opened)
    this.stopped = false
    this.waiting = Promise.resolve()
    document.addEventListener("visibilitychange", () => (document.hidden && this.safe()) || this.beat())
    window.addEventListener("pagehide", () => this.leave())
    setInterval(() => document.hidden || this.beat(), BEAT)
    const notice = document.querySelector("[data-copy]")
    if (notice) {
      notice.querySelector("[data-continue]").addEventListener("click", () => {
        notice.remove()
        saver.view.focus()
      })
    }
    setTimeout(() => document.hidden || this.beat(), 500)
  }

  // Whether the desk has the text as it is here, so that closing the tab loses nothing.
  safe() {
    return canonical(this.saver.body()) === this.kept
  }

  later() {
    if (this.stopped) return
    if (!this.since) this.since = Date.now()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.beat(), Math.max(0, Math.min(PAUSE, this.since + AT_MOST - Date.now())))
  }

  // One request at a time, so that an older text never comes after a newer one.
  beat() {
    clearTimeout(this.timer)
    this.since = 0
    this.waiting = this.waiting.then(() => this.send())
    return this.waiting
  }

  settled() {
    clearTimeout(this.timer)
    this.since = 0
    return this.waiting
  }

  saved() {
    this.kept = this.saver.saved
    this.status.textContent = ""
    const notice = document.querySelector("[data-copy]")
    if (notice) notice.remove()
  }

  request(here) {
    const body = this.saver.body()
    const written = canonical(body)
    const data = { here, window: this.window, known: this.known, ...this.saver.base() }
    return { written, data: written === this.kept ? data : { ...data, body } }
  }

  // Nothing can wait for the answer any more.
  leave() {
    if (this.stopped || this.saver.leaving) return
    const { data } = this.request(false)
    post(this.form, this.form.dataset.copyUrl, data, { keepalive: JSON.stringify(data).length < KEEPALIVE }).catch(() => {})
  }

  async send() {
    if (this.stopped) return
    const { written, data } = this.request(true)
    try {
      const answer = await post(this.form, this.form.dataset.copyUrl, data)
      await this.answered(answer, data, written)
    } catch (error) {
      // No alarm: the next beat tries again.
      this.say(data.body ? this.saver.words.offline : "")
    }
  }

  say(words) {
    if (words || this.safe()) this.status.textContent = words
  }

  async answered(answer, data, written) {
    if (answer.type === "opaqueredirect" || answer.status === 403) return this.say(data.body ? this.saver.words.signedOut : "")
    if (answer.status === 404) {
      this.stopped = true
      return this.say(this.saver.words.gone)
    }
    const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {}
    if (told.stop) this.stopped = true
    if (answer.ok && data.body) this.kept = written
    if (told.message !== undefined) this.status.textContent = told.message
    // A save may have come between: then the text that it put in is not somebody else's.
    const moved = told.moved && data.expected === this.saver.base().expected ? told.moved : ""
    // The notice of unsaved changes says it already.
    const notice = document.querySelector("[data-copy]")
    this.show([told.others, notice ? "" : moved].filter(Boolean).join("\n"))
  }

  show(words) {
    if (this.others.textContent === words) return
    this.others.textContent = words
    this.others.hidden = !words
  }
}
