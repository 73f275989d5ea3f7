// Notes: each mark in the text has one note below it, in the same order. Numbers are shown, never kept.
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { Fragment } from "prosemirror-model"
import { schema } from "./schema.js"

const N = schema.nodes
const key = new PluginKey("notes")

const emptyNote = (id) => N.footnote.create({ id }, N.paragraph.create({ filler: true }))

function scan(doc) {
  const refs = []
  const inNotes = []
  const start = notesStart(doc)
  doc.descendants((node, pos) => {
    if (node.type === N.note) (pos < start ? refs : inNotes).push({ pos, id: node.attrs.id })
    return !node.isTextblock || node.childCount > 0
  })
  const notes = []
  doc.child(2).forEach((node) => notes.push(node))
  return { refs, inNotes, notes }
}

// Where the notes stand in the document.
export const notesStart = (doc) => doc.child(0).nodeSize + doc.child(1).nodeSize

export const freshId = (doc) => "n" + freshNumber(doc)

export function freshNumber(doc) {
  let highest = 0
  doc.descendants((node) => {
    const match = (node.type === N.note || node.type === N.footnote) && /^n(\d+)$/.exec(node.attrs.id)
    if (match) highest = Math.max(highest, Number(match[1]))
  })
  return highest + 1
}

// Notes that a paste brings: each stands below the text as soon as its mark is in it.
const expected = new Map()

export function expectNotes(notes) {
  expected.clear()
  for (const note of notes) expected.set(note.attrs.id, note)
}

// Makes marks and notes fit each other: a pasted second mark gets a copy of the note, a removed mark takes its note along.
function reconcile(state) {
  const { refs, inNotes, notes } = scan(state.doc)
  const tr = state.tr
  for (const { pos } of inNotes.reverse()) tr.delete(pos, pos + 1) // no note in a note
  const byId = new Map(notes.map((node) => [node.attrs.id, node]))
  const seen = new Set()
  const wanted = []
  for (const { pos, id } of refs) {
    let own = id
    if (seen.has(id)) {
      own = freshId(tr.doc)
      while (seen.has(own) || byId.has(own)) own += "x"
      tr.setNodeMarkup(pos, null, { id: own })
    }
    seen.add(own)
    const found = byId.get(id) || expected.get(id)
    wanted.push(found ? (own === id ? found : N.footnote.create({ id: own }, found.content)) : emptyNote(own))
  }
  const fits = wanted.length === notes.length && wanted.every((node, index) => node === notes[index])
  if (!fits && !inNotes.length) {
    const start = notesStart(tr.doc)
    tr.replaceWith(start + 1, start + tr.doc.child(2).nodeSize - 1, Fragment.from(wanted))
  }
  return tr.docChanged ? tr : null
}

function number(doc, words) {
  const found = []
  const numbers = new Map()
  doc.descendants((node, pos) => {
    if (node.type === N.note) {
      if (!numbers.has(node.attrs.id)) numbers.set(node.attrs.id, numbers.size + 1)
      const count = String(numbers.get(node.attrs.id))
      found.push(Decoration.node(pos, pos + node.nodeSize, { "data-number": count, "aria-label": words.note.replace("%s", count) }))
    } else if (node.type === N.footnote) {
      const count = String(numbers.get(node.attrs.id) || "?")
      found.push(Decoration.node(pos, pos + node.nodeSize, { "data-number": count, role: "group", "aria-label": words.note.replace("%s", count) }))
    }
  })
  return DecorationSet.create(doc, found)
}

export function notesPlugin(words) {
  return new Plugin({
    key,
    state: {
      init: (_, state) => number(state.doc, words),
      apply: (tr, old) => (tr.docChanged ? number(tr.doc, words) : old),
    },
    appendTransaction: (transactions, _, state) => (transactions.some((tr) => tr.docChanged) ? reconcile(state) : null),
    props: { decorations: (state) => key.getState(state) },
  })
}
