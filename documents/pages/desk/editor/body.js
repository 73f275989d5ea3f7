// From a section's body to the editor's document and back. What was not touched comes back exactly as it was, key by key;
// the server brings what was typed to its canonical form (documents.tree.normalise_body).
import { schema } from "./schema.js"

const N = schema.nodes
const filler = () => N.paragraph.create({ filler: true })
const orFiller = (made) => (made.length ? made : [filler()])

function inlineNodes(content) {
  return (content || []).map((node) => {
    if (node.type === "text") return schema.text(node.text, (node.marks || []).map((mark) => schema.mark(mark.type, mark.attrs)))
    return N[node.type].create(node.attrs || null)
  })
}

function blockNode(block) {
  const attrs = block.attrs || {}
  const content = block.content || []
  switch (block.type) {
    case "paragraph":
    case "figure":
      return N[block.type].create(attrs, inlineNodes(content))
    case "list":
      return N.list.create(attrs, content.map((item) => N.item.create(item.attrs || null, orFiller(item.content.map(blockNode)))))
    case "table":
      return N.table.create(
        attrs,
        content.map((row) => N.row.create(null, (row.content || []).map((cell) => N.cell.create(cell.attrs || null, orFiller(cell.content.map(blockNode)))))),
      )
    case "callout":
    case "step":
      return N[block.type].create(attrs, orFiller(content.map(blockNode)))
    case "opaque":
      return N.opaque.create(attrs)
    default:
      // Never drop what is not known: the editor then refuses to open, and the text stays as it is.
      throw new RangeError("unknown block " + block.type)
  }
}

// The document for a body. RangeError for one that the schema doesn't know.
export function toDoc(body) {
  const notes = Object.keys(body.notes || {}).map((id) => N.footnote.create({ id }, orFiller(body.notes[id].map(blockNode))))
  const doc = N.doc.create(null, [
    N.heading.create(null, inlineNodes(body.heading)),
    N.body.create(null, orFiller((body.blocks || []).map(blockNode))),
    N.notes.create(null, notes),
  ])
  doc.check()
  return doc
}

const children = (node) => {
  const found = []
  node.forEach((child) => found.push(child))
  return found
}

function inlineJson(parent) {
  const found = []
  for (const node of children(parent)) {
    if (node.isText) {
      const marks = node.marks
        .map((mark) => (Object.keys(mark.attrs).length ? { type: mark.type.name, attrs: { ...mark.attrs } } : { type: mark.type.name }))
        .sort((a, b) => (a.type < b.type ? -1 : 1))
      found.push(marks.length ? { type: "text", text: node.text, marks } : { type: "text", text: node.text })
    } else if (node.type === N.break) {
      found.push({ type: "break" })
    } else if (node.type === N.note) {
      found.push({ type: "note", attrs: { id: node.attrs.id } })
    } else {
      found.push({ type: "image", attrs: node.attrs.alt ? { sha256: node.attrs.sha256, alt: node.attrs.alt } : { sha256: node.attrs.sha256 } })
    }
  }
  return found
}

const isFiller = (node) => node.type === N.paragraph && node.attrs.filler && node.childCount === 0

function blocksJson(parent) {
  const found = children(parent)
  return found.length === 1 && isFiller(found[0]) ? [] : found.map(blockJson)
}

function pick(attrs, keys) {
  const found = {}
  for (const key of keys) if (attrs[key]) found[key] = attrs[key]
  return found
}

function blockJson(node) {
  const attrs = node.attrs
  let made
  switch (node.type) {
    case N.paragraph:
      made = { attrs: pick(attrs, ["style", "ooxml"]), content: inlineJson(node) }
      break
    case N.figure:
      made = { attrs: pick(attrs, ["sha256", "alt", "ooxml"]), content: inlineJson(node) }
      break
    case N.list:
      made = { attrs: pick(attrs, ["ordered", "ooxml"]), content: children(node).map(itemJson) }
      break
    case N.table:
      made = { attrs: pick(attrs, ["ooxml"]), content: children(node).map((row) => ({ type: "row", content: children(row).map(cellJson) })) }
      break
    case N.callout:
      made = { attrs: { ...(attrs.tone === "warn" ? { tone: "warn" } : {}), ...pick(attrs, ["ooxml"]) }, content: blocksJson(node) }
      break
    case N.step:
      made = { attrs: pick(attrs, ["title", "who", "limit", "ooxml"]), content: blocksJson(node) }
      break
    default:
      made = { attrs: pick(attrs, ["text", "sha256", "kind", "ooxml"]) }
  }
  const result = { type: node.type.name, ...made }
  if (!Object.keys(result.attrs).length) delete result.attrs
  return result
}

function itemJson(node) {
  const made = { type: "item", content: blocksJson(node) }
  return node.attrs.label ? { ...made, attrs: { label: node.attrs.label } } : made
}

function cellJson(node) {
  const attrs = {}
  if (node.attrs.colspan > 1) attrs.colspan = node.attrs.colspan
  if (node.attrs.rowspan > 1) attrs.rowspan = node.attrs.rowspan
  if (node.attrs.header) attrs.header = true
  const made = { type: "cell", content: blocksJson(node) }
  return Object.keys(attrs).length ? { ...made, attrs } : made
}

// The body of a document; notes in the order in which the text refers to them.
export function toBody(doc) {
  const notes = {}
  doc.child(2).forEach((note) => {
    notes[note.attrs.id] = blocksJson(note)
  })
  return { heading: inlineJson(doc.child(0)), blocks: blocksJson(doc.child(1)), notes }
}

// Plain data written with sorted keys: equal strings mean equal texts.
export function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]"
  if (value && typeof value === "object") {
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}"
  }
  return JSON.stringify(value)
}

function eachBlock(value, visit) {
  if (Array.isArray(value)) value.forEach((part) => eachBlock(part, visit))
  else if (value && typeof value === "object") {
    if (value.attrs && value.attrs.ooxml) visit(value)
    for (const key of Object.keys(value)) if (key !== "attrs") eachBlock(value[key], visit)
  }
}

// A block that is no longer what it was read from must not name its piece of Word's XML: it would go out to Word with the
// words that it had before. Compares with the body that was opened; undoing a change brings the name back.
export function forgetChangedXml(body, opened) {
  const known = new Map()
  eachBlock(opened, (block) => {
    const seen = known.get(block.attrs.ooxml) || new Set()
    known.set(block.attrs.ooxml, seen.add(canonical(block)))
  })
  const changed = []
  eachBlock(body, (block) => {
    const seen = known.get(block.attrs.ooxml)
    if (!seen || !seen.has(canonical(block))) changed.push(block)
  })
  for (const block of changed) {
    delete block.attrs.ooxml
    if (!Object.keys(block.attrs).length) delete block.attrs
  }
  return body
}
