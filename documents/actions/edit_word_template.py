"""Add the Word template of an institution or a country, set what its styles mean, end it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.import_word import WORD, FileRefused
from documents.editions import blobs
from documents.models import Blob, FileTask, WordTemplate
from documents.text import plain_line
from documents.text.types import Json
from documents.word import Refused
from documents.word.template.files import facts_of_template
from documents.word.template.looks import ROLES
from documents.word.template.read import Facts
from people.access import require
from people.models import Country, Institution, User
from people.roles import Verb


def read_file(_task: FileTask, data: bytes) -> Facts:
    """What is found in a template. Raises FileRefused."""
    try:
        return facts_of_template(data)
    except Refused as refusal:
        raise FileRefused(refusal) from refusal


def take_file(task: FileTask, data: bytes, facts: Facts) -> Json:
    """Takes an uploaded template into use; for the page its number."""
    institution = Institution.objects.filter(pk=task.given["institution"]).first()
    country = Country.objects.get(pk=task.given["country"])
    return {"template": put_template(task.by, institution, country, data, task.name, facts).pk}


def read_stored(task: FileTask, _data: bytes) -> Facts:
    """What is found in a template that is in use. Raises FileRefused."""
    return read_file(task, blobs.read(WordTemplate.objects.get(pk=task.given["template"]).blob))


def keep_facts(task: FileTask, _data: bytes, facts: Facts) -> Json:
    """Stores what an earlier release did not."""
    WordTemplate.objects.filter(pk=task.given["template"]).update(facts=asdict(facts))
    return {}


def put_template(
    by: User, institution: Institution | None, country: Country, data: bytes, filename: str, facts: Facts
) -> WordTemplate:
    """Takes a template into use, in place of the one before it."""
    template = WordTemplate(
        country=institution.country if institution else country,
        institution=institution,
        name=plain_line(Path(filename.replace("\\", "/")).name)[:200] or "template.docx",
        by=by,
    )
    require(by, Verb.TEMPLATES, template)
    template.styles, template.facts = facts.proposal.styles, asdict(facts)
    with transaction.atomic():
        before = WordTemplate.objects.select_for_update(no_key=True).filter(
            institution=institution, country=template.country, ended=None
        )
        before.update(ended=timezone.now())
        template.blob = blobs.put(data, Blob.Kind.TEMPLATE, WORD)
        template.save()
        audit.record(
            "put_template",
            template,
            by,
            institution=institution.key if institution else "",
            sha256=hashlib.sha256(data).hexdigest(),
        )
    return template


def set_styles(by: User, template: WordTemplate, chosen: Mapping[str, str]) -> None:
    """Says which style stands for which of ours ("": none). Raises ActionError for an unknown style."""
    require(by, Verb.TEMPLATES, template)
    facts = Facts.from_json(template.facts)
    kinds = {style.id: style.kind for style in facts.styles}
    styles = dict(facts.proposal.styles)
    for role in ROLES:
        wanted = chosen.get(role, "")
        if wanted and kinds.get(wanted) != ("table" if role == "TableGrid" else "paragraph"):
            raise ActionError(_("The template does not have this style."))
        styles.pop(role, None)
        if wanted:
            styles[role] = wanted
    with transaction.atomic():
        locked = WordTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
        if locked.ended is not None:
            raise ActionError(_("This template is no longer in use."))
        locked.styles = styles
        locked.save(update_fields=["styles"])
        audit.record("set_template_styles", locked, by)


def end_template(by: User, template: WordTemplate) -> None:
    """Files are no longer written on it."""
    require(by, Verb.TEMPLATES, template)
    with transaction.atomic():
        locked = WordTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
        if locked.ended is None:
            locked.ended = timezone.now()
            locked.save(update_fields=["ended"])
            audit.record("end_template", locked, by)
