"""Everything that the source writes into the trail has words on its page."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from audit.details import HIDDEN, KEYS
from audit.verbs import VERBS
from documents.trail.refusals import CODES
from public.actions.change_hotline import SIMPLE


def test_every_verb_of_the_source_has_words() -> None:
    root = Path(__file__).resolve().parents[3]
    found = set()
    for room in ("documents", "workflows", "search", "site"):
        for path in (root / room).rglob("*.py"):
            found |= set(re.findall(r"audit\.(?:record|refused)\(\s*\"([a-z_]+)\"", path.read_text("utf-8")))
    assert len(found) > 50
    assert sorted(found - set(VERBS)) == []


def test_every_refusal_of_the_source_has_words() -> None:
    root, found = Path(__file__).resolve().parents[3], set()
    told = re.compile(
        r"Problem\(\s*_\([^()]*\)|"  # its second word is a field of the page
        r'(?:Refused\(\s*|why=|\bcode=|^    code = |\bwhy="[a-z_]+" if [a-z.]+ else '
        r')"([a-z_]+)"|(?:_\([^()]*\)|% names),\s*"([a-z_]+)"\s*\)',
        re.M,
    )
    for room in (
        "documents/actions",
        "documents/comments",
        "workflows",
        "site/people/actions",
        "site/proposals",
        "site/public/actions",
        "site/directory/actions",
    ):
        for path in (root / room).rglob("*.py"):
            found |= {one or other for one, other in told.findall(path.read_text("utf-8"))}
    assert {"answered", "decided", "locked", "running", "changed_meanwhile"} <= found
    assert sorted(found - {"", *CODES}) == []


ROOT = Path(__file__).resolve().parents[3]
SPREAD = {
    "more": {"follow", "until", "antedated"},
    "noted": "manifest_payload",
    "why": {"behind", "reason"},
    "stored": {"kept"},
    "counts": {"suggestions", "untracked", "comments"},
    "payload": "start_payload",
    "detail": set(),  # audit.refused itself
    "told": {"before", "country", "checked", "until"},
    "details": {
        *("before", "after", "contact", "number", "tel", "proposal", "suggested_by", "to", "sha256", "uid"),
        *("valid_from", "acts_sha256", "edition", "revision", "role", "institution", "until", "moment"),
    },
    "about": {"proposal_number", "proposal_sha256", "revision", "sha256"},
    "facts": {"replaced"},
    "hashes": {"before_sha256", "sha256"},
    "values": {"number", "tel", "sms", "chat", "free", "anonymous", "languages", "is_shown"},
}
"""What is spread into an entry by a name: the details, or the function of a room's audit_payloads.py that
gives them."""


def told_in_the_source() -> tuple[set[str], set[str]]:
    """Every detail with which the source writes into the trail, and the beginnings of verbs that are put
    together."""
    calls: list[ast.Call] = []
    gives: dict[str, set[str]] = {
        "hotline_payload": {*SIMPLE, "texts_sha256"} - {"position"},
        "_of": {"seat"},
        "_details": {
            *("country", "is_shown", "fields", "values_sha256", "sealed_sha256", "readers_sha256"),
            *("revision", "sha256"),
        },
    }
    for room in ("documents", "workflows", "search", "site"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            calls += [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
            for one in tree.body:
                if isinstance(one, ast.FunctionDef) and one.name not in ("hotline_payload", "_of"):
                    last = one.body[-1]
                    made = last.value if isinstance(last, ast.Return) else None
                    if isinstance(made, ast.Dict):
                        names = {str(key.value) for key in made.keys if isinstance(key, ast.Constant)}
                        gives[one.name] = gives.get(one.name, set()) | names
    details, begun = set(), set()
    for call in calls:
        name = call.func
        into = (
            isinstance(name, ast.Attribute)
            and name.attr in ("record", "refused")
            and isinstance(name.value, ast.Name)
            and name.value.id == "audit"
        ) or (isinstance(name, ast.Name) and name.id in ("record", "refused") and len(call.args) > 1)
        if not into:
            continue
        if isinstance(call.args[0], ast.JoinedStr):
            begun.add(ast.literal_eval(call.args[0].values[0]))
        for keyword in call.keywords:
            if keyword.arg is not None:
                details.add(keyword.arg)
                continue
            spread: Any = SPREAD.get(ast.unparse(keyword.value))
            if spread is None:
                assert isinstance(keyword.value, ast.Call), ast.unparse(call)
                spread = ast.unparse(keyword.value.func)
            details |= gives[spread] if isinstance(spread, str) else spread
    return details - {"refused"}, begun


def test_every_detail_of_the_source_has_a_label_or_is_hidden_on_purpose() -> None:
    details, begun = told_in_the_source()
    assert {"signed_sha256", "agrees", "follow", "manifest_sha256"} <= details
    assert sorted(details - set(KEYS) - HIDDEN) == []
    assert not set(KEYS) & HIDDEN
    for beginning in begun:
        assert [verb for verb in VERBS if verb.startswith(beginning)], beginning
    assert begun == {"suggestion_", "save_"}
