// What can be done to a text, as ProseMirror commands: (state, dispatch, view) => whether it can be done here.
import { NodeSelection, TextSelection } from "prosemirror-state"
import { Fragment } from "prosemirror-model"
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands"
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list"
import { redo, undo } from "prosemirror-history"
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells,
  selectedRect, splitCell,
} from "prosemirror-tables"
import { schema } from "./schema.js"
import { freshId, notesStart } from "./notes.js"

const N = schema.nodes
const M = schema.marks

export function within(state, type) {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return { node: $from.node(depth), pos: $from.before(depth), depth }
  if (state.selection instanceof NodeSelection && state.selection.node.type === type) return { node: state.selection.node, pos: state.selection.from, depth: $from.depth + 1 }
  return null
}

const inHeading = (state) => state.selection.$from.depth > 0 && state.selection.$from.node(1).type === N.heading
const inNotes = (state) => state.selection.$from.depth > 0 && state.selection.$from.node(1).type === N.notes

export function markActive(state, type) {
  const { from, to, empty, $from } = state.selection
  return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type)
}

// A list of this kind: made, changed from the other kind, or taken off where it stands already.
function list(ordered) {
  return (state, dispatch, view) => {
    const around = within(state, N.list)
    if (!around) return wrapInList(N.list, { ordered })(state, dispatch)
    if (Boolean(around.node.attrs.ordered) === ordered) return liftListItem(N.item)(state, dispatch, view)
    if (dispatch) dispatch(state.tr.setNodeMarkup(around.pos, null, { ...around.node.attrs, ordered }))
    return true
  }
}

// Sets items in. Where they are the first of the list in the item before, that one is of the kind of the list around.
export function setIn(state, dispatch) {
  const { $from, $to } = state.selection
  const range = $from.blockRange($to, (node) => node.childCount > 0 && node.firstChild.type === N.item)
  const before = range && range.startIndex > 0 ? range.parent.child(range.startIndex - 1) : null
  const joins = before && before.lastChild && before.lastChild.type === N.list
  return sinkListItem(N.item)(state, dispatch && ((tr) => {
    const $at = tr.selection.$from
    const inner = joins ? null : $at.node(range.depth + 2)
    if (inner && inner.type === N.list) tr.setNodeMarkup($at.before(range.depth + 2), null, { ...inner.attrs, ordered: range.parent.attrs.ordered })
    dispatch(tr)
  }))
}

// Takes out the picture where the cursor stands, with its caption.
function deletePicture(state, dispatch) {
  const around = within(state, N.figure)
  if (!around) return false
  if (dispatch) dispatch(state.tr.delete(around.pos, around.pos + around.node.nodeSize).scrollIntoView())
  return true
}

// Puts a block at the cursor: in place of an empty paragraph, else after the block where the cursor stands.
function insertBlock(make, inside) {
  return (state, dispatch) => {
    const { $from } = state.selection
    if (inHeading(state)) return false
    let depth = $from.depth
    while (depth > 0 && !$from.node(depth).isBlock) depth--
    const at = $from.node(depth)
    if (!at || depth < 2) return false
    if (!$from.node(depth - 1).type.contentMatch.matchType(make().type)) return false
    if (dispatch) {
      const node = make()
      const replaces = at.type === N.paragraph && at.childCount === 0
      const start = replaces ? $from.before(depth) : $from.after(depth)
      const tr = replaces ? state.tr.replaceWith(start, $from.after(depth), node) : state.tr.insert(start, node)
      const spot = inside === undefined ? start + 1 : start + inside
      tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(spot, tr.doc.content.size))))
      dispatch(tr.scrollIntoView())
    }
    return true
  }
}

const paragraph = () => N.paragraph.create()

export function insertTable(rows, columns, header) {
  const cells = (head) => Array.from({ length: columns }, () => N.cell.create({ header: head }, paragraph()))
  const made = () => N.table.create(null, Array.from({ length: rows }, (_, at) => N.row.create(null, cells(header && !at))))
  return insertBlock(made, 4)
}

// A frame (step, callout) round the blocks that are selected.
function frame(type, attrs) {
  return (state, dispatch, view) => {
    if (inHeading(state) || inNotes(state)) return false
    const { $from, empty } = state.selection
    if (empty && $from.parent.type === N.paragraph && $from.parent.childCount === 0) return insertBlock(() => type.create(attrs, paragraph()), 2)(state, dispatch)
    return wrapIn(type, attrs)(state, dispatch, view)
  }
}

// Takes a frame off and leaves its blocks where they are.
function unframe(type) {
  return (state, dispatch) => {
    const found = within(state, type)
    if (!found) return false
    if (dispatch) {
      const named = type === N.step ? ["title", "who", "limit"].map((key) => found.node.attrs[key]).filter(Boolean) : []
      // A step's own words become paragraphs: nothing that was written goes.
      const kept = named.map((text) => N.paragraph.create(null, schema.text(text)))
      dispatch(state.tr.replaceWith(found.pos, found.pos + found.node.nodeSize, Fragment.from(kept).append(found.node.content)).scrollIntoView())
    }
    return true
  }
}

function style(name) {
  return (state, dispatch, view) => {
    const { $from } = state.selection
    if ($from.parent.type !== N.paragraph) return false
    const value = $from.parent.attrs.style === name ? null : name
    const tr = state.tr
    state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
      if (node.type === N.paragraph) tr.setNodeMarkup(pos, null, { ...node.attrs, style: value })
    })
    if (dispatch) dispatch(tr)
    return true
  }
}

export function addNote(state, dispatch) {
  if (inNotes(state) || !state.selection.$from.parent.inlineContent) return false
  if (!state.selection.$from.parent.type.contentMatch.matchType(N.note)) return false
  if (dispatch) {
    const id = freshId(state.doc)
    const tr = state.tr.insert(state.selection.to, N.note.create({ id }))
    const start = notesStart(tr.doc)
    let before = 0
    tr.doc.nodesBetween(0, state.selection.to, (node, pos) => {
      if (node.type === N.note && pos < state.selection.to) before++
    })
    let spot = start + 1
    for (let index = 0; index < Math.min(before, tr.doc.child(2).childCount); index++) spot += tr.doc.child(2).child(index).nodeSize
    tr.insert(spot, N.footnote.create({ id }, N.paragraph.create({ filler: true })))
    tr.setSelection(TextSelection.near(tr.doc.resolve(spot + 1)))
    dispatch(tr.scrollIntoView())
  }
  return true
}

// From a note back to its mark in the text.
export function leaveNote(state, dispatch) {
  const note = within(state, N.footnote)
  if (!note) return false
  let target = null
  state.doc.nodesBetween(0, notesStart(state.doc), (node, pos) => {
    if (node.type === N.note && node.attrs.id === note.node.attrs.id) target = pos + 1
  })
  if (target === null) return false
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(target))).scrollIntoView())
  return true
}

// From a mark in the text to its note.
export function gotoNote(view, id) {
  let target = null
  view.state.doc.child(2).forEach((node, offset) => {
    if (node.attrs.id === id) target = notesStart(view.state.doc) + 1 + offset + 1
  })
  if (target === null) return
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(target))).scrollIntoView())
  view.focus()
}

function headerCells(state, dispatch) {
  if (!isInTable(state)) return false
  if (dispatch) {
    const rect = selectedRect(state)
    const cells = rect.map.cellsInRect({ left: 0, right: rect.map.width, top: rect.top, bottom: rect.bottom })
    const header = !cells.every((cell) => rect.table.nodeAt(cell).attrs.header)
    const tr = state.tr
    for (const cell of cells) tr.setNodeMarkup(rect.tableStart + cell, null, { ...rect.table.nodeAt(cell).attrs, header })
    dispatch(tr)
  }
  return true
}

// All of the heading, of the text or of one note, never of all three at once.
export function selectPart(state, dispatch) {
  const { $from } = state.selection
  const note = within(state, N.footnote)
  const start = note ? note.pos : $from.depth ? $from.before(1) : 0
  const node = note ? note.node : state.doc.nodeAt(start)
  if (!node) return false
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.between(state.doc.resolve(start + 1), state.doc.resolve(start + node.nodeSize - 1))))
  return true
}

// Enter in the heading leads into the text.
export function enterHeading(state, dispatch) {
  if (!inHeading(state)) return false
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(state.doc.child(0).nodeSize + 1))).scrollIntoView())
  return true
}

export function insertBreak(state, dispatch) {
  if (!state.selection.$from.parent.inlineContent) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(N.break.create()).scrollIntoView())
  return true
}

const tone = (state, dispatch) => {
  const found = within(state, N.callout)
  if (!found) return false
  if (dispatch) dispatch(state.tr.setNodeMarkup(found.pos, null, { ...found.node.attrs, tone: found.node.attrs.tone === "warn" ? "info" : "warn" }))
  return true
}

// Takes a list, a frame or an indent off, whichever is nearest.
const outdent = (state, dispatch, view) => liftListItem(N.item)(state, dispatch, view) || lift(state, dispatch)

// By the name that stands in the toolbar: what it does, and whether it is on here.
export const COMMANDS = {
  undo: { run: undo },
  redo: { run: redo },
  bold: { run: toggleMark(M.bold), on: (state) => markActive(state, M.bold) },
  italic: { run: toggleMark(M.italic), on: (state) => markActive(state, M.italic) },
  underline: { run: toggleMark(M.underline), on: (state) => markActive(state, M.underline) },
  strike: { run: toggleMark(M.strike), on: (state) => markActive(state, M.strike) },
  superscript: { run: toggleMark(M.superscript), on: (state) => markActive(state, M.superscript) },
  subscript: { run: toggleMark(M.subscript), on: (state) => markActive(state, M.subscript) },
  paragraph: { run: setBlockType(N.paragraph) },
  quote: { run: style("quote"), on: (state) => state.selection.$from.parent.attrs.style === "quote" },
  lead: { run: style("lead"), on: (state) => state.selection.$from.parent.attrs.style === "lead" },
  centred: { run: style("centred"), on: (state) => state.selection.$from.parent.attrs.style === "centred" },
  bullets: { run: list(false), on: (state) => Boolean(within(state, N.list)) && !within(state, N.list).node.attrs.ordered },
  numbers: { run: list(true), on: (state) => Boolean(within(state, N.list)) && Boolean(within(state, N.list).node.attrs.ordered) },
  indent: { run: setIn },
  outdent: { run: outdent },
  note: { run: addNote },
  leaveNote: { run: leaveNote },
  step: { run: frame(N.step, {}) },
  unstep: { run: unframe(N.step) },
  callout: { run: frame(N.callout, {}) },
  uncallout: { run: unframe(N.callout) },
  tone: { run: tone, on: (state) => Boolean(within(state, N.callout)) && within(state, N.callout).node.attrs.tone === "warn" },
  deletePicture: { run: deletePicture },
  table: { run: insertTable(3, 3, true) },
  rowBefore: { run: addRowBefore },
  rowAfter: { run: addRowAfter },
  columnBefore: { run: addColumnBefore },
  columnAfter: { run: addColumnAfter },
  deleteRow: { run: deleteRow },
  deleteColumn: { run: deleteColumn },
  mergeCells: { run: mergeCells },
  splitCell: { run: splitCell },
  headerCells: { run: headerCells },
  deleteTable: { run: deleteTable },
}
