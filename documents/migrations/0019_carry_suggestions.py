from typing import Any

from django.db import migrations

from documents.word.review.normalise import block_hash, whole_blocks, whole_heading

KINDS = {
    "new": "section_added",
    "gone": "section_removed",
    "moved": "section_moved",
    "joined": "section_removed",
    "level": "section_moved",
    "shifted": "moved",
}
NOTE = "An older Kodeks kept this suggestion. Bring the file back again to decide about it."


def carry(apps: Any, editor: Any) -> None:
    """Decided suggestions stay as history; open ones stay open where the draft's section has just one block like the one that they
    speak of, else they are closed with the reason."""
    suggestions = apps.get_model("documents", "Suggestion").objects
    files = {one.pk: one for one in apps.get_model("documents", "ReturnedFile").objects.all()}
    sections = apps.get_model("documents", "Section").objects
    changed = set()
    for one in suggestions.order_by("pk").iterator(100):
        kind, one.kind = one.kind, KINDS.get(one.kind, one.kind)
        if one.state == "open" and not _carried(one, kind, files[one.returned_id], sections):
            one.state, one.note = "closed", NOTE
        changed.add(one.returned_id)
        one.save()
    for pk in changed:
        files[pk].save()


def _carried(one: Any, kind: str, file: Any, sections: Any) -> bool:
    row = sections.filter(edition_id=one.edition_id, uid=one.uid).values(f"body_{one.language}").first()
    body = row and row[f"body_{one.language}"]
    if not body or kind not in ("changed", "removed", "heading"):
        return False
    if kind == "heading":
        one.block_hash, one.position = block_hash(whole_heading(one.before)), -1
        return one.block_hash == block_hash(whole_heading(body))
    before, after = whole_blocks(one.before), whole_blocks(one.after)
    hashes = file.blocks.setdefault(str(one.uid), [block_hash(block) for block in whole_blocks(body)])
    if len(before) != 1 or len(after) > 1 or hashes.count(block_hash(before[0])) != 1:
        return False
    one.block_hash = block_hash(before[0])
    one.position = hashes.index(one.block_hash)
    one.kind = "changed" if after else "removed"
    return True


class Migration(migrations.Migration):
    dependencies = [("documents", "0018_cards_of_returned_files")]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
