// The editor of one section in one language. Everything it says comes from the page, so that it speaks the page's language.
import { EditorState, TextSelection } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands"
import { keymap } from "prosemirror-keymap"
import { history, redo, undo } from "prosemirror-history"
import { liftListItem, splitListItem } from "prosemirror-schema-list"
import { goToNextCell, tableEditing } from "prosemirror-tables"
import { gapCursor } from "prosemirror-gapcursor"
import { dropCursor } from "prosemirror-dropcursor"
import { inputRules, undoInputRule, wrappingInputRule } from "prosemirror-inputrules"
import { schema } from "./schema.js"
import { toBody, toDoc } from "./body.js"
import { notesPlugin } from "./notes.js"
import { COMMANDS, addNote, enterHeading, insertBreak, leaveNote, selectPart } from "./commands.js"
import { nodeViews } from "./views.js"
import { pastedHtml, pastedText } from "./paste.js"
import { Toolbar } from "./toolbar.js"
import { LinkDialog, PictureDialog, SectionDialog, TableDialog } from "./dialogs.js"
import { Saver } from "./save.js"

const N = schema.nodes
const M = schema.marks

function start(form) {
  const place = form.querySelector("[data-text]")
  const words = JSON.parse(place.dataset.words)
  const opened = JSON.parse(form.elements.body.value)
  const shell = document.querySelector("[data-needs-script]")
  shell.hidden = false
  document.querySelector("[data-without-script]").hidden = true
  let doc
  try {
    doc = toDoc(opened)
  } catch (error) {
    // Better no editor than one that loses something.
    place.textContent = words.unknown
    place.classList.add("note", "note-bad")
    form.querySelector("[type=submit]").disabled = true
    console.error(error)
    return
  }
  const dialogs = {}
  let toolbar
  let saver
  let escaped = false

  const unlessEscaped = (command) => (state, dispatch, view) => {
    if (escaped) return (escaped = false)
    return command(state, dispatch, view)
  }
  const opening = (name) => () => (dialogs[name].open(), true)

  const view = new EditorView(place, {
    state: EditorState.create({
      doc,
      // In the text, unless the heading still has to be written.
      selection: TextSelection.near(doc.resolve(doc.child(0).childCount ? doc.child(0).nodeSize + 1 : 1)),
      plugins: [
        inputRules({
          rules: [
            wrappingInputRule(/^\s*[-*•–]\s$/, N.list, { ordered: false }, (match, list) => !list.attrs.ordered),
            wrappingInputRule(/^\s*1[.)]\s$/, N.list, { ordered: true }, (match, list) => list.attrs.ordered),
          ],
        }),
        keymap({
          "Mod-b": toggleMark(M.bold),
          "Mod-i": toggleMark(M.italic),
          "Mod-u": toggleMark(M.underline),
          "Mod-k": opening("link"),
          "Mod-Shift-k": opening("section"),
          "Mod-Alt-f": addNote,
          "Mod-Shift-7": COMMANDS.numbers.run,
          "Mod-Shift-8": COMMANDS.bullets.run,
          "Mod-]": COMMANDS.indent.run,
          "Mod-[": COMMANDS.outdent.run,
          "Mod-z": undo,
          "Mod-y": redo,
          "Mod-Shift-z": redo,
          "Mod-a": selectPart,
          "Alt-F10": () => toolbar.focus(),
          "Shift-Enter": insertBreak,
          Backspace: undoInputRule,
          Enter: chainCommands(enterHeading, splitListItem(N.item)),
          Tab: unlessEscaped(chainCommands(goToNextCell(1), COMMANDS.indent.run)),
          "Shift-Tab": unlessEscaped(chainCommands(goToNextCell(-1), liftListItem(N.item))),
          // Out of a note back to its mark; else the next Tab leaves the text instead of indenting.
          Escape: (state, dispatch) => {
            if (leaveNote(state, dispatch)) return true
            escaped = true
            return false
          },
        }),
        keymap(baseKeymap),
        history(),
        tableEditing(),
        gapCursor(),
        dropCursor({ class: "pm-drop" }),
        notesPlugin(words),
      ],
    }),
    nodeViews: nodeViews(words, { undo, redo }, place.dataset.pictures),
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": place.dataset.labelledby,
      "aria-describedby": place.dataset.describedby,
      lang: place.dataset.lang,
      spellcheck: "true",
      class: "pm",
    },
    transformPastedHTML: (html, view) => pastedHtml(html, view, () => saver.say(words.notesMissing, "warn")),
    transformPastedText: pastedText,
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr))
      if (tr.docChanged) escaped = false
      if (toolbar) toolbar.update()
      if (saver && tr.docChanged) saver.later()
    },
  })
  dialogs.link = new LinkDialog(document.getElementById("dialog-link"), view)
  dialogs.section = new SectionDialog(document.getElementById("dialog-section"), view)
  dialogs.picture = new PictureDialog(document.getElementById("dialog-picture"), view)
  dialogs.table = new TableDialog(document.getElementById("dialog-table"), view)
  toolbar = new Toolbar(form.querySelector("[role=toolbar]"), view, dialogs)
  saver = new Saver(form, view, words, opened)
  form.editor = { view, body: () => saver.body(), untouched: () => toBody(view.state.doc) }
  if (place.hasAttribute("data-focus")) view.focus()
}

document.querySelectorAll("form[data-editor]").forEach(start)
