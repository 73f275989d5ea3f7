"""A section in which like words stand at many places, and what a drafter may do to its structure, as chance has it.

Paragraphs have an ``mine`` here, which no text has: by it a test knows where the words went, and whose they are by now.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from documents.comments.proof import PutIn
from documents.text import body_text, inline_text, normalise_body

Json = dict[str, Any]
LIMIT = "2 часа"
ALIKE = "Одговара на пријавата во рок од 2 часа од моментот кога ја примило дежурното лице."
ITEM = "известува во рок од 2 часа од приемот на пријавата кај дежурниот"
LEAD, NOT = "Надлежните органи ги презема овие мерки", "Следново не важи"
NOTE = "Рокот е 2 часа од приемот, освен во случаите што ги одредува законот."


def line(ident: str, words: str, *marks: str, note: bool = False) -> Json:
    text: Json = {"type": "text", "text": words}
    if marks:
        text["marks"] = [{"type": mark} for mark in marks]
    content = [text] if words else []
    if note:
        content.append({"type": "note", "attrs": {"id": "n1"}})
    return {"type": "paragraph", "content": content, "mine": ident}


def _cell(ident: str, words: str) -> Json:
    return {"type": "cell", "content": [line(ident, words)]}


def _item(ident: str, words: str, *inside: Json) -> Json:
    more = [{"type": "list", "content": list(inside)}] if inside else []
    return {"type": "item", "content": [line(ident, words), *more]}


def section(chance: Random) -> Json:
    """One with a pair of alike paragraphs, a list, a table, a step and a note, in an order as chance has it."""
    rows = [["Орган", "Итни случаи", "Обични случаи"], ["Полиција", LIMIT, ""], ["Центар", "", LIMIT]]
    table = {
        "type": "table",
        "content": [
            {"type": "row", "content": [_cell(f"t{r}{c}", words) for c, words in enumerate(row)]}
            for r, row in enumerate(rows)
        ],
    }
    step = {
        "type": "step",
        "attrs": {"title": "Прием на пријавата", "who": "Полиција", "limit": LIMIT},
        "content": [line("s", "Дежурното лице ја запишува пријавата и го известува центарот.")],
        "mine": "step",
    }
    listed = {
        "type": "list",
        "content": [
            _item("l1", "Полицијата"),
            _item("l2", "Болницата", _item("l3", ITEM)),
            _item("l4", "Судот"),
        ],
    }
    groups = [
        [
            line("b1", "Полиција", "bold"),
            line("p1", ALIKE, note=True),
            line("q1", "Води и евиденција за тоа."),
        ],
        [line("b2", "Болница", "bold"), line("p2", ALIKE), line("q2", "Издава потврда за приемот.")],
        [line("c1", LEAD), listed],
        [line("c2", "Роковите се вака утврдени:"), table],
        [step],
    ]
    chance.shuffle(groups)
    return {
        "heading": [{"type": "text", "text": "Обврски на полицијата"}],
        "blocks": [block for group in groups for block in group],
        "notes": {"n1": [line("n", NOTE)]},
    }


def plain(made: Json) -> Json:
    """The section as Kodeks keeps it."""

    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [bare(one) for one in value]
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key != "mine"}
        return value

    return normalise_body(bare(made))


def nodes(value: Any, kind: str) -> Iterator[Json]:
    if isinstance(value, list):
        for one in value:
            yield from nodes(one, kind)
    elif isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        for key in ("blocks", "notes", "content", "n1"):
            yield from nodes(value.get(key), kind)


def _by(made: Json, ident: str) -> Json | None:
    return next((one for one in nodes(made, "paragraph") if one["mine"] == ident), None)


def places(made: Json) -> dict[str, tuple[int, int]]:
    """Where the like words stand in the text, by whose paragraph it is; those of the step's limit by "limit"."""
    marked = deepcopy(made)
    found: dict[str, tuple[int, int]] = {}
    for one in nodes(marked, "paragraph"):
        words = inline_text(one["content"])
        if LIMIT in words:
            sign = "\x01" * len(words)
            holder = next(node for node in one["content"] if LIMIT in node.get("text", ""))
            kept, holder["text"] = holder["text"], sign[: len(holder["text"])]
            start = body_text(marked, heading=True).index("\x01") + kept.index(LIMIT)
            found[one["mine"]], holder["text"] = (start, start + len(LIMIT)), kept
    for one in nodes(marked, "step"):
        if one["attrs"].get("limit") == LIMIT:
            one["attrs"]["limit"] = "\x01" * len(LIMIT)
            start = body_text(marked, heading=True).index("\x01")
            found["limit"], one["attrs"]["limit"] = (start, start + len(LIMIT)), LIMIT
    return found


def role(made: Json, ident: str) -> tuple[Any, ...]:
    """What the words of a paragraph are said of."""
    said: list[Any] = [inline_text(made["heading"])]
    bold = short = ""
    for number, block in enumerate(made["blocks"]):
        before: Json = made["blocks"][number - 1] if number else {"content": [], "type": ""}
        words = inline_text(before["content"]) if before["type"] == "paragraph" else ""
        if words and {"type": "bold"} in before["content"][0].get("marks", []):
            bold, short = words, ""
        elif words in (LEAD, NOT) and block["type"] not in ("list", "table"):
            short = words
        lead = bold, short, words if block["type"] in ("list", "table") else ""
        own = [one for one in nodes(block, "paragraph") if one["mine"] == ident]
        refers = ident == "n" and any(nodes(block, "note"))
        if not own and not refers and not (ident == "limit" and block["type"] == "step"):
            continue
        said += [lead, block["type"], block.get("attrs")]
        if refers:
            said += [body_text({"blocks": [block]}), [one["type"] for one in block["content"]]]
        if block["type"] == "table":
            rows = block["content"]
            for row in rows:
                for number, cell in enumerate(row["content"]):
                    if any(one["mine"] == ident for one in nodes(cell, "paragraph")):
                        said += [
                            body_text({"blocks": cells["content"]})
                            for cells in (row["content"][0], rows[0]["content"][number])
                        ]
        if block["type"] == "list":
            said += [tuple(_chain(block, ident))]
    found = _by(made, ident)
    return (*said, str(found["content"]) if found else "")


def _chain(block: Json, ident: str) -> Iterator[str]:
    for item in block["content"]:
        if any(one["mine"] == ident for one in nodes(item, "paragraph")):
            yield inline_text(item["content"][0]["content"])
            for inner in item["content"][1:]:
                yield from _chain(inner, ident)


# ---- what a drafter does


def move_cell(made: Json, chance: Random) -> None:
    """The words of a cell into an empty one."""
    cells = [cell for row in next(nodes(made, "table"))["content"][1:] for cell in row["content"]]
    full = [cell for cell in cells if inline_text(cell["content"][0]["content"]) == LIMIT]
    empty = [cell for cell in cells if not cell["content"][0]["content"]]
    if full and empty:
        one, other = chance.choice(full), chance.choice(empty)
        one["content"], other["content"] = other["content"], one["content"]


def move_row(made: Json, chance: Random) -> None:
    """The heads of two rows change places, or the rows do."""
    rows = next(nodes(made, "table"))["content"]
    if chance.random() < 0.5:
        rows[1], rows[2] = rows[2], rows[1]
    else:
        one, other = rows[1]["content"], rows[2]["content"]
        one[0], other[0] = other[0], one[0]


def swap_columns(made: Json, chance: Random) -> None:
    """The heads of two columns change places, or the columns do."""
    rows = next(nodes(made, "table"))["content"]
    for row in rows if chance.random() < 0.5 else rows[:1]:
        row["content"][1], row["content"][2] = row["content"][2], row["content"][1]


def nest(made: Json, chance: Random) -> None:
    """An item goes under another one, or comes out to stand beside it."""
    outer = next(nodes(made, "list"))["content"]
    at = next(
        n for n, item in enumerate(outer) if item["content"][0]["mine"] == "l3" or len(item["content"]) > 1
    )
    if len(outer[at]["content"]) > 1:
        outer[at + 1 : at + 1] = outer[at]["content"].pop()["content"]
    elif at:
        item = outer.pop(at)
        outer[chance.randrange(len(outer))]["content"].append({"type": "list", "content": [item]})


def move_note(made: Json, chance: Random) -> None:
    """A note's reference goes to another paragraph."""
    every = [one for one in made["blocks"] if one["type"] == "paragraph" and one["mine"][0] in "pq"]
    if not every:
        return
    for one in made["blocks"]:
        if one["type"] == "paragraph":
            one["content"] = [node for node in one["content"] if node["type"] != "note"]
    chance.choice(every)["content"].append({"type": "note", "attrs": {"id": "n1"}})


def retitle(made: Json, chance: Random) -> None:
    made["heading"][0]["text"] = chance.choice(["Обврски на полицијата", "Обврски на болницата"])


def turn_lead(made: Json, chance: Random) -> None:
    """A line in bold or the lead of the list names another body, or two of them change places."""
    one, other = (_by(made, name) for name in chance.sample(["b1", "b2", "c1"], 2))
    if one and other:
        one["content"], other["content"] = other["content"], one["content"]


def turn_step(made: Json, chance: Random) -> None:
    """A step's time limit becomes its text or the other way round, or the step is another body's."""
    step = next(nodes(made, "step"))
    attrs, how = step["attrs"], chance.random()
    if how < 0.3:
        attrs["who"] = chance.choice(["Полиција", "Болница"])
    elif how < 0.6:
        attrs["title"], attrs["who"] = attrs["who"], attrs["title"]
    elif attrs.get("limit"):
        attrs.pop("limit")
        step["content"].insert(0, line("limit2", LIMIT))
    elif step["content"][0]["mine"] == "limit2":
        step["content"].pop(0)
        attrs["limit"] = LIMIT


def strike(made: Json, chance: Random) -> None:
    every = [one for one in nodes(made, "paragraph") if LIMIT in inline_text(one["content"])]
    text = chance.choice(every)["content"][0]
    if text.pop("marks", None) is None:
        text["marks"] = [{"type": "strike"}]


def move_block(made: Json, chance: Random) -> None:
    """Something goes to another place of the section."""
    made["blocks"].insert(
        chance.randrange(len(made["blocks"])), made["blocks"].pop(chance.randrange(len(made["blocks"])))
    )


def take_out(made: Json, chance: Random) -> None:
    """One of the two that are alike goes."""
    gone = chance.choice(["p1", "p2"])
    one = _by(made, gone)
    if one and not any(nodes(one, "note")):
        made["blocks"] = [block for block in made["blocks"] if block.get("mine") != gone]


def new_line(made: Json, chance: Random) -> None:
    words = chance.choice([NOT, "Ова се применува од почетокот на годината.", ALIKE])
    made["blocks"].insert(chance.randint(0, len(made["blocks"])), line("new", words))


STRUCTURAL = (
    move_cell, move_row, swap_columns, nest, move_note, retitle, turn_lead, turn_step, strike, move_block, take_out, new_line,
)  # fmt: skip


def suggested(made: Json, chance: Random) -> PutIn | None:
    """Other words, as a comment suggests them, put in at one place; None where nothing was."""
    every = [
        one for one in nodes(made, "paragraph") if one["content"] and one["content"][0]["type"] == "text"
    ]
    text = chance.choice(every)["content"][0]
    words = text["text"].split()
    old = LIMIT if LIMIT in text["text"] and chance.random() < 0.3 else chance.choice(words)
    new = chance.choice(["5 часа", "веднаш", "надлежниот центар"])
    before = body_text(plain(made), heading=True)
    text["text"] = text["text"].replace(old, new, 1)
    return PutIn(old, new) if body_text(plain(made), heading=True) != before else None
