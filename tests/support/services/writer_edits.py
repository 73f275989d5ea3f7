"""Edits a document in LibreOffice Writer as a person does. Runs in the system's Python, which has
LibreOffice's bridge, and imports nothing of ours: `python3 writer_edits.py PIPE EDITS.json`.

EDITS.json: {"source": URL, "target": URL, "filter": name, "edits": [[verb, argument …] …]}. Each edit must
find its place: one that finds none ends the run with its name.
"""

from __future__ import annotations

import json
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

WAIT = 60


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + WAIT
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Writer:
    def __init__(self, context, source):
        self.context = context
        self.make = context.ServiceManager.createInstanceWithContext
        self.desktop = self.make("com.sun.star.frame.Desktop", context)
        self.dispatcher = self.make("com.sun.star.frame.DispatchHelper", context)
        self.document = self.desktop.loadComponentFromURL(source, "_blank", 0, (prop("Hidden", True),))
        self.controller = self.document.CurrentController
        self.cursor = self.controller.ViewCursor

    def send(self, command, **arguments):
        made = tuple(prop(name, value) for name, value in arguments.items())
        self.dispatcher.executeDispatch(self.controller.Frame, f".uno:{command}", "", 0, made)

    def find(self, words):
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = words, True
        found = self.document.findFirst(search)
        if found is None:
            raise LookupError(f"not in the document: {words}")
        return found

    def paragraph(self, words):
        """A cursor over the whole paragraph that holds the words."""
        found = self.find(words)
        cursor = found.Text.createTextCursorByRange(found.Start)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        return cursor

    # The verbs

    def author(self, name):
        provider = self.make("com.sun.star.configuration.ConfigurationProvider", self.context)
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (prop("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        first, _space, last = name.partition(" ")
        access.givenname, access.sn = first, last
        access.commitChanges()

    def tracking(self, on):
        self.document.RecordChanges = on

    def refresh(self):
        """Makes fields anew."""
        self.document.getTextFields().refresh()
        self.send("UpdateFields")

    def replace(self, old, new):
        self.find(old).String = new

    def insert(self, before, words):
        """Types words behind others."""
        found = self.find(before)
        found.Text.insertString(found.End, words, False)

    def retitle(self, old, new):
        """A heading; not the same words in a list of contents."""
        search = self.document.createSearchDescriptor()
        search.SearchString, search.SearchCaseSensitive = old, True
        found = self.document.findFirst(search)
        while found is not None and not found.OutlineLevel:
            found = self.document.findNext(found.End, search)
        if found is None:
            raise LookupError(f"no such heading: {old}")
        found.String = new

    def new_paragraph(self, after, words):
        cursor = self.paragraph(after)
        cursor.collapseToEnd()
        cursor.Text.insertControlCharacter(cursor, 0, False)
        cursor.Text.insertString(cursor, words, False)

    def styled(self, words, style):
        """The paragraph with the words in another style, by its name, as one picks it from the list."""
        self.controller.select(self.paragraph(words))
        self.send("StyleApply", Style=style, FamilyName="ParagraphStyles")

    def remove_paragraph(self, words):
        """The paragraph with its end, as one selects and deletes it."""
        cursor = self.paragraph(words)
        cursor.goRight(1, True)
        self.controller.select(cursor)
        self.send("Delete")

    def join(self, words):
        """The paragraph with the one behind it: its end is deleted."""
        cursor = self.paragraph(words)
        cursor.collapseToEnd()
        cursor.goRight(1, True)
        self.controller.select(cursor)
        self.send("Delete")

    def item_level(self, words, level):
        self.paragraph(words).NumberingLevel = level

    def move_paragraph(self, words, steps):
        """Down by so many paragraphs, up where negative: Alt, Ctrl and the arrow keys."""
        self.controller.select(self.paragraph(words))
        for _ in range(abs(steps)):
            self.send("MoveDown" if steps > 0 else "MoveUp")

    def bold(self, words):
        found = self.find(words)
        self.controller.select(found)
        self.send("Bold")

    def remove_row(self, words):
        self.controller.select(self.find(words))
        self.cursor.collapseToStart()
        self.send("DeleteRows")

    def new_row(self, after, *cells):
        """A row below the one with the words, its cells filled."""
        self.controller.select(self.find(after))
        self.cursor.collapseToStart()
        table, name = self.cursor.TextTable, self.cursor.Cell.CellName
        self.send("InsertRowsAfter", Amount=1)
        row = int("".join(c for c in name if c.isdigit())) + 1
        for index, words in enumerate(cells):
            cell = table.getCellByName(f"{chr(65 + index)}{row}")
            cell.insertString(cell.createTextCursor(), words, False)

    def footnote(self, behind, words):
        found = self.find(behind)
        note = self.document.createInstance("com.sun.star.text.Footnote")
        found.Text.insertTextContent(found.End, note, False)
        note.insertString(note.createTextCursor(), words, False)


def main(pipe, path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    writer = Writer(connect(pipe), job["source"])
    try:
        for number, (verb, *arguments) in enumerate(job["edits"], 1):
            try:
                getattr(writer, verb)(*arguments)
            except Exception as problem:
                raise SystemExit(f"edit {number}, {verb} {arguments}: {problem!r}") from problem
        writer.document.storeToURL(job["target"], (prop("FilterName", job["filter"]),))
    finally:
        writer.document.close(False)


if __name__ == "__main__":
    main(*sys.argv[1:])
