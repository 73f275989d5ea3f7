"""The pictures and fonts of a template, and what in its parts refers to them."""

from __future__ import annotations

from documents.text.inline_schema import without_password
from documents.word.file import ns
from documents.word.file.markup import Parts, Relations
from documents.word.file.ns import Element, w
from documents.word.file.package import Package, Relationship
from documents.word.pictures import Edges, clean_picture
from documents.word.pictures.edges import edges_at, forget_edges
from documents.word.template.read import safe_link

ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}
FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
HOLDERS = (w("drawing"), w("pict"))
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EXTENSION = f"{{{ns.A}}}ext"
FRAMES = (w("headerReference"), w("footerReference"))


class Media:
    """Copies pictures and fonts from the template into the file, each once. Pictures have no data outside of
    what they show, and no cropped parts."""

    def __init__(self, package: Package, parts: Parts) -> None:
        self.package, self.parts = package, parts
        self.names: dict[tuple[str, Edges], str] = {}
        self.cut: set[str] = set()

    def take(self, root: Element, part: str, relations: Relations) -> None:
        """Renames the references of the element; a forbidden target is removed with its element."""
        known = self.package.rels(part)
        for node in list(root.iter()):
            if node.tag in FRAMES:
                continue
            for key in [key for key in node.attrib if str(key).startswith(f"{{{ns.R}}}")]:
                target = self._taken(known.get(str(node.get(key))), relations, node)
                if target:
                    node.set(key, target)
                elif node.tag == w("hyperlink"):
                    ns.unwrap(node)
                    break
                elif (
                    node.tag == SVG_BLIP
                ):  # The same picture once more, beside the one that every program shows.
                    _remove_from(node, EXTENSION)
                    break
                else:
                    _remove(node)
                    break

    def _taken(self, rel: Relationship | None, relations: Relations, node: Element) -> str:
        if rel is None:
            return ""
        if safe_link(rel):
            return relations.add("hyperlink", without_password(rel.target), external=True)
        if rel.external or rel.kind not in ("image", "font") or not self.package.has(rel.target):
            return ""
        edges = edges_at(node)
        name = self._put(rel, edges)
        if name in self.cut:
            forget_edges(node)
        return relations.add(rel.kind, name) if name else ""

    def _put(self, rel: Relationship, edges: Edges) -> str:
        name = self.names.get((rel.target, edges))
        if name is None:
            data, kind, ending = (
                self.package.read(rel.target),
                FONT,
                "." + rel.target.rsplit(".", 1)[-1].lower(),
            )
            if rel.kind == "image":
                try:
                    data, kind = clean_picture(data, edges)
                except ValueError:  # What can't be drawn again goes with the drawing that shows it.
                    return ""
                ending = ENDINGS[kind]
            folder = "fonts" if rel.kind == "font" else "media"
            name = self.names[rel.target, edges] = f"{folder}/template{len(self.names) + 1}{ending}"
            self.cut |= {name} if any(edges) else set()
            self.parts.add(f"word/{name}", data)
            self.parts.extensions[ending[1:]] = kind
        return name


def _remove(node: Element) -> None:
    """Takes out the drawing that something is in, or the node itself."""
    _remove_from(node, *HOLDERS)


def _remove_from(node: Element, *holders: str) -> None:
    ns.remove(next((up for up in node.iterancestors() if up.tag in holders), node))
