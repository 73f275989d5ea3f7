"""Whether a PDF does something besides being read: scripts, programs, forms that are sent, files within it.

Every object is read: those of each revision, those in packed streams, and those that no table of the file
lists, which a program that repairs files would find. What cannot be read, or is not at its place, makes the
file unreadable: programs repair such files, each in its own way. Run it in a confined process
(:mod:`documents.signatures.files`): the file is foreign.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef


class Look(StrEnum):
    STILL = "still"
    ACTIVE = "active"
    UNREADABLE = "unreadable"


NAMES = frozenset(
    f"/{name}"
    for name in (
        "EmbeddedFile",
        "EmbeddedFiles",
        "GoToE",
        "GoToR",
        "ImportData",
        "JavaScript",
        "Launch",
        "OnInstantiate",
        "Rendition",
        "RichMedia",
        "SubmitForm",
    )
)
"""Active wherever they stand."""
KEYS = frozenset(("/JS", "/XFA"))
"""Active as the name of an entry."""
STRINGS = (generic.TextStringObject, generic.ByteStringObject)
JUDGED = FILES, BY_ITSELF, AT_EVENTS = "/EF", "/OpenAction", "/AA"
"""Entries with files, and with what happens without a click: it may only lead to a place in the file."""
ELSEWHERE = re.compile(r"\s*+(?!(?:https?|mailto|tel):)(?:[a-z][a-z0-9+.-]*+:|[\\\\/]{2})", re.IGNORECASE)
"""An address that a click does not open in a browser: a script, a file, a share of the network."""
GAP = rb"(?:[\0\s]|%[^\r\n]*+[\r\n])"
"""White space, or a comment."""
OBJECT = re.compile(rb"(?<!\d)(\d++)%b++\d++%b*+obj\b%b*+" % (GAP, GAP, GAP))
BEFORE = re.compile(rb"%b*+" % GAP)


def look(data: bytes) -> Look:
    """Raises nothing for what a file is like, but MemoryError."""
    try:
        return Look.ACTIVE if _File(data).is_active() else Look.STILL
    except MemoryError:
        raise
    except Exception:  # whatever a damaged or hostile file makes the reader raise
        return Look.UNREADABLE


class _File:
    def __init__(self, data: bytes) -> None:
        self.data, self.stream = data, BytesIO(data)
        self.reader = PdfFileReader(self.stream, strict=False)
        if self.reader.encrypted:
            self._open()
        self.reader.strict = True  # of two entries of one name, programs read one or the other
        self.objects: dict[int, list[Any]] = defaultdict(list)
        """By their number: one for each revision that has another."""
        self.entries: list[tuple[str, Any]] = []
        """What must be judged once all objects are known."""

    def _open(self) -> None:
        is_standard = isinstance(self.reader.security_handler, StandardSecurityHandler)
        if not is_standard or self.reader.decrypt("").status == AuthStatus.FAILED:
            raise PdfReadError("locked")

    def is_active(self) -> bool:
        trailers = [self.reader.trailer.flatten(number) for number in range(self.reader.total_revisions)]
        if any(map(self._names_active, trailers)):
            return True
        for number, found in self._read():
            self.objects[number].append(None if isinstance(found, generic.StreamObject) else found)
            if self._names_active(found):
                return True
        return any(self._acts(name, value) for name, value in self.entries)

    def _read(self) -> Iterator[tuple[int, Any]]:
        listed, packed = self._listed()
        found = {at.start(): at for at in OBJECT.finditer(self.data)}
        for number, place in listed:
            before = BEFORE.match(self.data, place)
            at = OBJECT.match(self.data, before.end()) if before else None
            if at is None or int(at[1]) != number:
                raise PdfReadError("not at its place")
            found[at.start()] = at
        for _place, at in sorted(found.items()):
            number, one = int(at[1]), self._read_at(at)
            yield number, one
            is_stream = isinstance(one, generic.StreamObject)
            if is_stream and (number in packed or one.get("/Type") == "/ObjStm"):
                yield from self._unpack(one)

    def _listed(self) -> tuple[set[tuple[int, int]], set[int]]:
        """The objects in all revisions with their places, and the numbers of streams in which others are
        packed."""
        xrefs, listed, packed = self.reader.xrefs, set(), set()
        for revision in range(xrefs.total_revisions):
            for ref in xrefs.explicit_refs_in_revision(revision):
                at = xrefs.get_historical_ref(ref, revision)
                if isinstance(at, ObjStreamRef):
                    packed.add(at.obj_stream_id)
                elif at is not None:
                    listed.add((ref.idnum, at))
        return listed, packed

    def _read_at(self, header: re.Match[bytes]) -> Any:
        self.stream.seek(header.end())
        return generic.read_object(self.stream, generic.Reference(int(header[1]), 0, self.reader))

    def _unpack(self, packed: Any) -> Iterator[tuple[int, Any]]:
        if self.reader.encrypted:
            packed = generic.DecryptedObjectProxy(packed, self.reader.security_handler).decrypted
        data, first = packed.data, int(packed["/First"])
        numbers = [int(one) for one in data[:first].split()[: 2 * int(packed["/N"])]]
        stream = BytesIO(data)
        for number, place in zip(numbers[::2], numbers[1::2], strict=True):
            stream.seek(first + place)
            yield number, generic.read_object(stream, generic.Reference(number, 0, self.reader))

    def _names_active(self, found: Any) -> bool:
        """Whether an object names something active; what takes a look at others is stored."""
        left = [found]
        while left:
            one = left.pop()
            if isinstance(one, generic.NameObject) and one in NAMES:
                return True
            if isinstance(one, generic.ArrayObject):
                left += list.__iter__(one)
            elif isinstance(one, generic.DictionaryObject):
                if not KEYS.isdisjoint(one) or not NAMES.isdisjoint(one):
                    return True
                if isinstance(one, generic.StreamObject) and "/F" in one:  # its bytes are in another file
                    return True
                if _leads_elsewhere(one):
                    return True
                self.entries += [
                    (name, one.raw_get(name)) for name in (FILES, BY_ITSELF, AT_EVENTS) if name in one
                ]
                left += dict.values(one)
        return False

    def _acts(self, name: str, value: Any) -> bool:
        """Whether an entry has a file or does more than lead to a place in this one."""
        found = self._resolve(value)
        if name == BY_ITSELF:
            return not all(map(self._leads_within, found))
        entries = [one for one in found if isinstance(one, generic.DictionaryObject)]
        if name == FILES:
            return bool(entries)
        actions = [one for entry in entries for value in dict.values(entry) for one in self._resolve(value)]
        return not all(map(self._leads_within, actions))

    def _leads_within(self, action: Any) -> bool:
        if not isinstance(action, generic.DictionaryObject):
            return True  # a place: its page, or its name
        kinds = self._resolve(action.raw_get("/S")) if "/S" in action else []
        return bool(kinds) and all(kind == "/GoTo" for kind in kinds) and "/Next" not in action

    def _resolve(self, value: Any) -> list[Any]:
        """What a value is in any revision; None for a stream. Raises PdfReadError for what is nowhere."""
        seen: set[int] = set()
        left, found = [value], []
        while left:
            one = left.pop()
            if not isinstance(one, generic.IndirectObject):
                found.append(one)
            elif one.idnum not in seen:
                seen.add(one.idnum)
                if one.idnum not in self.objects:
                    raise PdfReadError("leads to nothing")
                left += self.objects[one.idnum]
        return found


def _leads_elsewhere(entries: Any) -> bool:
    """Whether a dictionary names another file, or an address that is no page and no mail."""
    if any(isinstance(dict.get(entries, name), STRINGS) for name in ("/F", "/UF")):
        return True
    address = dict.get(entries, "/URI")
    if not isinstance(address, STRINGS):
        return False
    return bool(ELSEWHERE.match(address.decode("latin-1") if isinstance(address, bytes) else address))
