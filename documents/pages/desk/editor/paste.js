// What comes from the clipboard: Word's pages brought to plain HTML, which the schema then reads; it drops what it doesn't know.
import { withNotes } from "./paste_notes.js"

const LEVEL = /level(\d+)/i
const CONDITIONAL = /<!--\[if[\s\S]*?<!\[endif\]-->/gi
const WHOLE = /<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi
const ACTIVE = /(\s)(?:style|on[a-z]+)(\s*=)/gi

// The page's content policy holds for what is parsed, too: a style attribute there is reported and ignored. It is read as data.
const inert = (html) => html.replace(CONDITIONAL, "").replace(WHOLE, "").replace(TAG, (tag) => tag.replace(ACTIVE, "$1data-css$2"))
const css = (node) => node.getAttribute("data-css") || ""

// Word marks lists by styles and writes their numbers as text.
function wordLists(body) {
  const stack = []
  for (const node of Array.from(body.querySelectorAll("p"))) {
    const style = css(node)
    const isItem = /mso-list:\s*l\d+/i.test(style) || (/^MsoList(Paragraph|Bullet|Number)/i.test(node.className) && node.querySelector("[data-css*='mso-list']"))
    if (!isItem) {
      stack.length = 0
      continue
    }
    const level = Number((LEVEL.exec(style) || [0, 1])[1])
    const marker = Array.from(node.querySelectorAll("span")).find((span) => /mso-list:\s*ignore/i.test(css(span)))
    const label = marker ? marker.textContent.trim() : ""
    if (marker) marker.remove()
    const ordered = /^[(]?[0-9a-zа-шђјљњћџѓќѕ]{1,5}[.)]/i.test(label)
    const previous = stack.length && stack[0].list.parentNode && node.previousElementSibling === stack[0].list
    if (!previous) stack.length = 0
    while (stack.length && stack[stack.length - 1].level > level) stack.pop()
    let top = stack[stack.length - 1]
    if (!top || top.level < level) {
      const list = node.ownerDocument.createElement(ordered ? "ol" : "ul")
      if (top && top.list.lastElementChild) top.list.lastElementChild.append(list)
      else node.before(list)
      top = { level, list }
      stack.push(top)
    }
    const item = node.ownerDocument.createElement("li")
    node.replaceWith()
    const text = node.ownerDocument.createElement("p")
    text.append(...Array.from(node.childNodes))
    item.append(text)
    top.list.append(item)
  }
}

const LOOKS = [
  [/font-weight:\s*(bold|bolder|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
  [/text-decoration[^;]*underline/i, "u"],
  [/text-decoration[^;]*line-through/i, "s"],
  [/vertical-align:\s*super/i, "sup"],
  [/vertical-align:\s*sub(?!\w)/i, "sub"],
]

// Looks that were told by style become elements, which the schema reads.
function looks(body) {
  for (const node of Array.from(body.querySelectorAll("span[data-css],font[data-css],a[data-css]"))) {
    for (const [pattern, tag] of LOOKS) {
      if (!pattern.test(css(node))) continue
      const around = node.ownerDocument.createElement(tag)
      around.append(...Array.from(node.childNodes))
      node.append(around)
    }
  }
  // Google's documents wrap a whole paste in <b style="font-weight:normal">.
  for (const node of Array.from(body.querySelectorAll("b[data-css]"))) {
    if (/font-weight:\s*(normal|400)/i.test(css(node))) node.replaceWith(...Array.from(node.childNodes))
  }
}

function clean(body) {
  for (const node of Array.from(body.querySelectorAll("script,style,meta,link,title,xml,object,iframe,svg,math,o\\:p"))) {
    if (node.localName === "o:p") node.replaceWith(...Array.from(node.childNodes))
    else node.remove()
  }
  // Cross-marks of Word's notes and comments point into the file that was left behind.
  for (const node of Array.from(body.querySelectorAll("a[name]:not([href])"))) node.replaceWith(...Array.from(node.childNodes))
  for (const node of Array.from(body.querySelectorAll("a[href^='#_ftn'],a[href^='#_edn'],[data-css*='mso-element:comment'],[data-css*='mso-element:footnote-list'],[data-css*='mso-element:endnote-list']"))) node.remove()
  for (const node of Array.from(body.querySelectorAll("p"))) {
    if (!node.textContent.replace(/\u00a0/g, " ").trim() && !node.querySelector("img,br,[data-note],[data-image]") && !node.closest("td,th,li")) node.remove()
  }
  for (const node of Array.from(body.querySelectorAll("blockquote > p"))) node.setAttribute("data-style", "quote")
}

// `missing` is called where a footnote came without its text.
export function pastedHtml(html, view, missing) {
  const page = new DOMParser().parseFromString(inert(html), "text/html")
  // What was copied in this editor is ours already.
  if (page.querySelector("[data-pm-slice]")) return inert(html)
  const plain = () => {
    clean(page.body)
    wordLists(page.body)
    looks(page.body)
  }
  withNotes(page, view, plain, missing)
  return page.body.innerHTML
}

// Soft hyphens and invisible marks of layout; controls that no document may hold (documents.tree.blocks.FORBIDDEN).
export const pastedText = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\ufeff\ufffe\uffff]/g, "")
