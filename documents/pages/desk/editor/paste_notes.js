// Footnotes of a pasted page: its mark links to the note, the note links back to its mark. Word, LibreOffice and other programs all
// write them so; only the names differ.
import { DOMParser as Reader } from "prosemirror-model"
import { schema } from "./schema.js"
import { expectNotes, freshNumber } from "./notes.js"

const N = schema.nodes
// Marks that Word and LibreOffice leave where the notes themselves were not copied.
const LONE = /^#(_ftn|_edn)\d+$|^#sd(foot|end)note\d+sym$/

const nameOf = (node) => node.getAttribute("name") || node.id
const target = (anchor) => decodeURIComponent(anchor.getAttribute("href").slice(1))

// The link in a note that leads back to the mark.
function backLink(note, mark) {
  const leadsBack = (node) => node.localName === "a" && node.getAttribute("href") === "#" + nameOf(mark)
  return leadsBack(note) ? note : Array.from(note.querySelectorAll("a")).find(leadsBack)
}

function bodyOf(note, mark) {
  const around = note.closest("div[id],li[id],aside[id],p[id]")
  return around && !around.contains(mark) ? around : note.closest("p,li") || note
}

function trim(body) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/^[\s\u00a0]+/, "")
    if (texts.currentNode.data) return
  }
}

// Puts our marks in place of the page's, and the notes aside in an element at its end. Gives that element.
function setAside(page, number) {
  const named = new Map()
  for (const node of page.querySelectorAll("a[name],[id]")) named.set(nameOf(node), node)
  const aside = page.createElement("section")
  for (const mark of Array.from(page.querySelectorAll("a[href^='#']"))) {
    if (!mark.isConnected) continue
    const note = named.get(target(mark))
    const back = note && nameOf(mark) && mark.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING ? backLink(note, mark) : null
    if (!back && !LONE.test(mark.getAttribute("href"))) continue
    const body = page.createElement("div")
    if (back) {
      const found = bodyOf(note, mark)
      back.remove()
      trim(found)
      // A paragraph stays one; of what holds paragraphs, these.
      body.append(...(found.localName === "p" ? [found] : Array.from(found.childNodes)))
      if (found.localName !== "p") found.remove()
    }
    body.dataset.footnote = "n" + number++
    aside.append(body)
    const own = page.createElement("sup")
    own.dataset.note = body.dataset.footnote
    mark.replaceWith(own)
  }
  page.body.append(aside)
  return aside
}

// Reads the notes of a paste, so that they stand below the text when their marks come in. `clean` brings the page to plain HTML before the notes are read; `missing` is called where
// the text of some was not copied.
export function withNotes(page, view, clean, missing) {
  const aside = setAside(page, freshNumber(view.state.doc))
  clean()
  aside.remove()
  const reader = Reader.fromSchema(schema)
  const notes = Array.from(aside.children, (body) => reader.parse(body, { topNode: N.footnote.create({ id: body.dataset.footnote }) }))
  const whole = notes.filter((note) => note.textContent.trim())
  expectNotes(whole)
  if (whole.length < notes.length) missing()
}
