"""What changed since a person last read a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.choices import State
from documents.display import links
from documents.display.language import content_language
from documents.editions.language_versions import hashes_read
from documents.models import Corrigendum, Edition, LastRead, Section
from documents.pages import lookup
from people.decorators import post_or
from people.requests import OfficeRequest
from theme.dates import of_date
from theme.home_panels import Line, Panel, Rank

MOST = 6


@dataclass(frozen=True, slots=True)
class Since:
    """The edition that the reader knows, when they read it, and where the changes are. ``same``: whether this
    page's section is unchanged (None: no section, or one of them lacks it). ``is_new``: it is new."""

    number: int
    day: date | None
    compare_url: str
    same: bool | None
    is_new: bool


def since(
    request: HttpRequest, edition: Edition, editions: Sequence[Edition], uid: str, language: str
) -> Since | None:
    """Notes that a signed-in reader reads ``edition``, and gives what to tell them. Only the edition in force
    is noted; on the public host, where nobody is signed in, nothing is."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or edition.state != State.IN_FORCE:
        return None
    found = LastRead.objects.filter(user=user, instrument=edition.instrument_id).first()
    if found is None:
        if request.method == "GET":
            LastRead.objects.get_or_create(
                user=user, instrument=edition.instrument, defaults={"edition": edition}
            )
        return None
    if _read_now(found, edition) and request.method == "GET":
        found.save()
    former = next((one for one in editions if one.pk == found.former_id and one.pk != edition.pk), None)
    if former is None:
        return None
    same, is_new = _since_then(former, edition, uid, language) if uid else (None, False)
    url = links.compare_url(edition, former.number, uid)
    return Since(former.number, found.former_at, url, same, is_new)


def _read_now(row: LastRead, edition: Edition) -> bool:
    """Notes that the edition is read today; gives whether that was another day, or another edition."""
    today = timezone.localdate()
    if row.edition_id != edition.pk:
        # Who skipped an edition is told of all that changed since the one that they know.
        row.former_id, row.former_at = row.former_id or row.edition_id, row.former_at or row.at
    elif row.at == today:
        return False
    row.edition, row.at = edition, today
    return True


def _since_then(former: Edition, edition: Edition, uid: str, language: str) -> tuple[bool | None, bool]:
    """Whether a section is as it was in ``former`` (None: one of them lacks it), and whether it is new."""
    hashes = hashes_read([former, edition], uid, language)
    if former.pk not in hashes:
        # Made of others, a section has words that the reader knows.
        made_of = Section.objects.filter(edition=edition, uid=uid).values_list("origins", flat=True).first()
        return None, not made_of
    mended = Corrigendum.objects.recorded().filter(uid=uid, language=language, edition__in=list(hashes))
    hashes |= dict(mended.values_list("edition_id", "after_sha256"))
    return (hashes[former.pk] == hashes[edition.pk] if len(hashes) == 2 else None), False


@post_or("documents:edition", "country", "slug", "number")
def seen(request: OfficeRequest, country: str, slug: str, number: int) -> HttpResponse:
    """The reader knows what changed: the note goes."""
    if not request.user.is_authenticated:
        raise Http404
    edition = lookup.by_number(lookup.editions_of(request.user, country, slug), number)
    LastRead.objects.filter(user=request.user, instrument=edition.instrument).update(
        former=None, former_at=None
    )
    try:
        uid = str(UUID(request.POST.get("section", "")))
    except ValueError:
        return redirect(links.edition_url(edition))
    return redirect(links.section_url(edition, uid))


def panel(request: HttpRequest) -> Panel | None:
    """On the first page: documents of which there is a newer edition than the one that the person read."""
    language = content_language(get_language() or "")
    rows = {
        row.instrument_id: row
        for row in LastRead.objects.filter(user=request.user.pk).select_related("edition", "former")
    }
    if not rows:
        return None
    lines = []
    newest = (
        Edition.objects.visible_to(request.user)
        .filter(state=State.IN_FORCE, instrument__in=rows)
        .select_related("instrument__country")
        .order_by("-valid_from")
    )
    for edition in newest:
        row = rows[edition.instrument_id]
        known = row.former or row.edition
        if known.pk == edition.pk:
            continue
        day = row.former_at if row.former else row.at
        message = _("you read edition %(number)s on %(date)s") % {
            "number": known.number,
            "date": of_date(day or row.at, get_language() or "en"),
        }
        url = links.compare_url(edition, known.number, "")
        lines.append(
            Line(edition.title_in(language), url, message, edition.state, button=_("See what changed"))
        )
    if not lines:
        return None
    return Panel(_("Changed since you read it"), lines[:MOST], rank=Rank.NEWS)
