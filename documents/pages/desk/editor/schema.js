// The editor's schema is the tree's schema (documents/text/blocks.py), with three nodes around it: a document is a heading,
// a body of blocks, and the notes that the text refers to.
import { Schema } from "prosemirror-model"

export const SHA256 = /^[0-9a-f]{64}$/
export const UID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const NOTE_ID = /^[A-Za-z0-9_-]{1,40}$/
const STYLES = ["quote", "caption", "lead", "centred"]
const SCHEMES = /^(https?|mailto|tel):/i

// Whether a link may be kept; the server asks the same again.
export function safeHref(href) {
  if (typeof href !== "string" || href.length > 4000) return false
  const text = href.trim()
  return text.startsWith("#") || SCHEMES.test(text)
}

const kept = { ooxml: { default: null } }
const data = (attrs) => {
  const found = {}
  for (const key of Object.keys(attrs)) {
    if (attrs[key] !== null && attrs[key] !== "" && attrs[key] !== false) found["data-" + key] = String(attrs[key])
  }
  return found
}
const sha = (dom, key) => {
  const value = dom.getAttribute("data-" + key)
  return SHA256.test(value || "") ? value : null
}
const ooxml = (dom) => sha(dom, "ooxml")
const span = (dom, key) => {
  const value = Number(dom.getAttribute(key) || 1)
  return Number.isInteger(value) && value >= 1 && value <= 1000 ? value : 1
}
const words = (dom, key, limit) => (dom.getAttribute("data-" + key) || "").slice(0, limit)

function cellAttrs(header) {
  return (dom) => ({
    colspan: span(dom, "colspan"),
    rowspan: span(dom, "rowspan"),
    header: header || dom.hasAttribute("data-header"),
    colwidth: null,
  })
}

const nodes = {
  doc: { content: "heading body notes" },
  heading: {
    content: "inline*",
    isolating: true,
    defining: true,
    // Only our own heading: a pasted <h2> is a paragraph of the text.
    parseDOM: [{ tag: "h2[data-heading]" }],
    toDOM: () => ["h2", { "data-heading": "1" }, 0],
  },
  body: { content: "block+", isolating: true, parseDOM: [{ tag: "div[data-body]" }], toDOM: () => ["div", { "data-body": "1" }, 0] },
  notes: { content: "footnote*", isolating: true, selectable: false, parseDOM: [{ tag: "section[data-notes]" }], toDOM: () => ["section", { "data-notes": "1", class: "pm-notes" }, 0] },
  footnote: {
    content: "block+",
    isolating: true,
    selectable: false,
    attrs: { id: {} },
    parseDOM: [{ tag: "div[data-footnote]", getAttrs: (dom) => NOTE_ID.test(dom.getAttribute("data-footnote")) && { id: dom.getAttribute("data-footnote") } }],
    toDOM: (node) => ["div", { "data-footnote": node.attrs.id, class: "pm-footnote" }, 0],
  },

  paragraph: {
    group: "block",
    content: "inline*",
    // `filler`: put by the editor into what has no block, so that one can type there; not kept while it is empty.
    attrs: { style: { default: null }, filler: { default: false }, ...kept },
    parseDOM: [
      {
        tag: "p",
        getAttrs: (dom) => ({
          style: STYLES.includes(dom.getAttribute("data-style")) ? dom.getAttribute("data-style") : null,
          ooxml: ooxml(dom),
        }),
      },
      { tag: "h1,h2,h3,h4,h5,h6,pre,dt,dd,address" },
      { tag: "blockquote > div" },
    ],
    toDOM: (node) => ["p", data({ style: node.attrs.style, ooxml: node.attrs.ooxml }), 0],
  },
  list: {
    group: "block",
    content: "item+",
    attrs: { ordered: { default: false }, ...kept },
    parseDOM: [
      { tag: "ol", getAttrs: (dom) => ({ ordered: true, ooxml: ooxml(dom) }) },
      { tag: "ul", getAttrs: (dom) => ({ ordered: false, ooxml: ooxml(dom) }) },
    ],
    // A list and a table stand on the side of their first letter; a paragraph's own is a matter of style (desk.css).
    toDOM: (node) => [node.attrs.ordered ? "ol" : "ul", { dir: "auto", ...data({ ooxml: node.attrs.ooxml }) }, 0],
  },
  item: {
    content: "block+",
    defining: true,
    attrs: { label: { default: "" } },
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ label: words(dom, "label", 200) }) }],
    toDOM: (node) => ["li", data({ label: node.attrs.label }), 0],
  },
  table: {
    group: "block",
    content: "row+",
    tableRole: "table",
    isolating: true,
    attrs: { ...kept },
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ ooxml: ooxml(dom) }) }],
    toDOM: (node) => ["div", { class: "tablewrap", dir: "auto" }, ["table", { class: "tbl", ...data(node.attrs) }, ["tbody", 0]]],
  },
  row: { content: "cell*", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  cell: {
    content: "block+",
    tableRole: "cell",
    isolating: true,
    // `colwidth` is asked for by prosemirror-tables; widths are not part of a text.
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, header: { default: false }, colwidth: { default: null } },
    parseDOM: [
      { tag: "td", getAttrs: cellAttrs(false) },
      { tag: "th", getAttrs: cellAttrs(true) },
    ],
    toDOM: ({ attrs }) => [
      attrs.header ? "th" : "td",
      { ...(attrs.colspan > 1 ? { colspan: attrs.colspan } : {}), ...(attrs.rowspan > 1 ? { rowspan: attrs.rowspan } : {}) },
      0,
    ],
  },
  figure: {
    group: "block",
    content: "inline*",
    isolating: true,
    attrs: { sha256: {}, alt: { default: "" }, ...kept },
    parseDOM: [
      {
        tag: "figure[data-sha256]",
        contentElement: "figcaption",
        getAttrs: (dom) => sha(dom, "sha256") && { sha256: sha(dom, "sha256"), alt: words(dom, "alt", 4000), ooxml: ooxml(dom) },
      },
    ],
    toDOM: (node) => ["figure", data(node.attrs), ["figcaption", 0]],
  },
  callout: {
    group: "block",
    content: "block+",
    defining: true,
    attrs: { tone: { default: "info" }, ...kept },
    parseDOM: [
      { tag: "aside[data-callout]", getAttrs: (dom) => ({ tone: dom.getAttribute("data-tone") === "warn" ? "warn" : "info", ooxml: ooxml(dom) }) },
    ],
    toDOM: (node) => ["aside", { "data-callout": "1", class: "callout callout-" + node.attrs.tone, ...data(node.attrs) }, 0],
  },
  step: {
    group: "block",
    content: "block+",
    defining: true,
    attrs: { title: { default: "" }, who: { default: "" }, limit: { default: "" }, ...kept },
    parseDOM: [
      {
        tag: "section[data-step]",
        getAttrs: (dom) => ({ title: words(dom, "title", 1000), who: words(dom, "who", 1000), limit: words(dom, "limit", 1000), ooxml: ooxml(dom) }),
      },
    ],
    toDOM: (node) => ["section", { "data-step": "1", ...data(node.attrs) }, 0],
  },
  opaque: {
    group: "block",
    atom: true,
    attrs: { sha256: { default: null }, text: { default: "" }, kind: { default: "" }, ...kept },
    parseDOM: [
      {
        tag: "div[data-opaque]",
        getAttrs: (dom) => ({ sha256: sha(dom, "sha256"), text: dom.getAttribute("data-text") || "", kind: words(dom, "kind", 60), ooxml: ooxml(dom) }),
      },
    ],
    toDOM: (node) => ["div", { "data-opaque": "1", ...data(node.attrs) }],
  },

  text: { group: "inline" },
  break: {
    group: "inline",
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },
  note: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { id: {} },
    parseDOM: [{ tag: "sup[data-note]", priority: 60, getAttrs: (dom) => NOTE_ID.test(dom.getAttribute("data-note")) && { id: dom.getAttribute("data-note") } }],
    toDOM: (node) => ["sup", { "data-note": node.attrs.id, class: "pm-note" }],
  },
  image: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { sha256: {}, alt: { default: "" } },
    parseDOM: [{ tag: "span[data-image]", getAttrs: (dom) => SHA256.test(dom.getAttribute("data-image")) && { sha256: dom.getAttribute("data-image"), alt: words(dom, "alt", 4000) } }],
    toDOM: (node) => ["span", { "data-image": node.attrs.sha256, "data-alt": node.attrs.alt }],
  },
}

const plain = (...tags) => ({ parseDOM: tags.map((tag) => ({ tag })), toDOM: () => [tags[0], 0] })

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => safeHref(dom.getAttribute("href")) && { href: dom.getAttribute("href") } }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noreferrer" }, 0],
  },
  xref: {
    attrs: { uid: {} },
    inclusive: false,
    parseDOM: [{ tag: "span[data-xref]", getAttrs: (dom) => UID.test(dom.getAttribute("data-xref")) && { uid: dom.getAttribute("data-xref") } }],
    toDOM: (mark) => ["span", { "data-xref": mark.attrs.uid, class: "pm-xref" }, 0],
  },
  bold: plain("strong", "b"),
  italic: plain("em", "i"),
  underline: plain("u", "ins"),
  strike: plain("s", "del", "strike"),
  superscript: plain("sup"),
  subscript: plain("sub"),
}

export const schema = new Schema({ nodes, marks })
