"""Wagtail's security advisories of 2024 to 2026 as requests, by people who may enter the admin and not the
confidential tree. Run by ``make bench-trust``.

An advisory's page is https://github.com/wagtail/wagtail/security/advisories/GHSA-…; ``NO_REQUEST`` names those that no request can state here, and why. Django's advisories of these years are in functions
(templates' filters, ORM aliases, e-mail addresses, file names) and name no address; the release in use has their fixes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

from people.actions.groups import sync_groups
from people.models import Institution, User
from people.roles import Role
from public.models import CampaignPage, Hotline, Picture
from tests.support.admin.campaigns import a_number
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import PUBLIC, make_campaign
from tests.support.tables import fingerprints

CANARY = "kanarinec-zzq"
WORD = "kanarinec"
MOST_SECONDS = 5.0
FILE = b"%PDF-1.7 " + CANARY.encode()
SCRIPT = "<script>alert(1)</script>"

NO_REQUEST = {
    "CVE-2026-28222": "XSS in class attributes of TableBlock: no page has such a block (tested below).",
    "CVE-2025-45388": "XSS in a PDF, disputed by Wagtail: a browser's reader runs no script of the site. The headers of "
    "such a file are asked for below.",
}


@dataclass
class Scene:
    """A confidential page with a draft, a collection below a private one with a file and a picture, and who asks."""

    page: CampaignPage
    open_page: Page
    document: Document
    picture: Picture
    hotline: Hotline
    attackers: dict[str, Client] = field(default_factory=dict)

    @property
    def revisions(self) -> list[int]:
        return list(self.page.revisions.order_by("pk").values_list("pk", flat=True))


Request = tuple[str, str, dict[str, Any], dict[str, str]]
"""Method, address, fields, headers."""


def get(path: str, headers: dict[str, str] | None = None, **fields: Any) -> Request:
    return "get", path, fields, headers or {}


def post(path: str, **fields: Any) -> Request:
    return "post", path, fields, {}


@dataclass(frozen=True)
class Advisory:
    number: str
    link: str
    what: str
    requests: Callable[[Scene], list[Request]]


def pages(scene: Scene, *parts: str) -> list[Request]:
    return [get(f"/admin/pages/{scene.page.pk}/{part}") for part in parts]


def compare(scene: Scene) -> list[Request]:
    first, last = scene.revisions[0], scene.revisions[-1]
    ends = [(first, last), ("live", "latest"), ("earliest", "latest"), ("live", last)]
    addresses = [f"revisions/compare/{one}...{other}/" for one, other in ends]
    return pages(scene, *addresses, f"revisions/{last}/view/", f"revisions/{last}/revert/", "view_draft/")


def copies(scene: Scene) -> list[Request]:
    form = {"new_title": "x", "new_slug": "x", "new_parent_page": scene.open_page.pk, "publish_copies": "on"}
    act = f"/admin/api/main/pages/{scene.page.pk}/action"
    to = {"destination_page_id": scene.open_page.pk, "recursive": "true", "slug": "x"}
    return [
        *pages(scene, "copy/"),
        post(f"/admin/pages/{scene.page.pk}/copy/", **form),
        post(f"{act}/copy/", **to),
        post(f"{act}/create_alias/", **to),
    ]


def previews(scene: Scene) -> list[Request]:
    form = {"title": "x", "slug": "x"}
    add = f"/admin/pages/add/public/campaignpage/{scene.page.get_parent().pk}/preview/"
    edit = f"/admin/pages/{scene.page.pk}/edit/preview/"
    return [
        request
        for path in (add, edit, f"/admin/snippets/public/hotline/preview/{scene.hotline.pk}/")
        for request in (get(path), post(path, **form), get(path, mode="", in_preview_panel="true"))
    ]


def chosen(scene: Scene) -> list[Request]:
    found = []
    for kind, pk in (("documents", scene.document.pk), ("images", scene.picture.pk)):
        base = f"/admin/{kind}/chooser"
        found += [
            get(f"{base}/chosen/{pk}/"),
            get(f"{base}/chosen-multiple/", id=pk),
            get(f"{base}/results/"),
        ]
    return [*found, get(f"/admin/images/chooser/{scene.picture.pk}/select_format/")]


def files_of_api(scene: Scene) -> list[Request]:
    api = "/admin/api/main"
    return [
        request
        for kind, pk in (("documents", scene.document.pk), ("images", scene.picture.pk))
        for request in (
            get(f"{api}/{kind}/", fields="*"),
            get(f"{api}/{kind}/{pk}/", fields="*"),
            get(f"{api}/{kind}/find/", id=pk),
        )
    ]


def pages_of_api(scene: Scene) -> list[Request]:
    api = "/admin/api/main/pages"
    filters = {"fields": "*", "for_explorer": "1", "child_of": scene.page.get_parent().pk}
    return [
        get(f"{api}/", fields="*"),
        get(f"{api}/", **filters),
        get(f"{api}/", search=WORD),
        get(f"{api}/{scene.page.pk}/", fields="*"),
        get("/admin/choose-page/", q=WORD),
        get(f"/admin/choose-page/{scene.page.get_parent().pk}/"),
        get("/admin/choose-page/search/", q=WORD),
        get(f"/admin/choose-page/{scene.page.pk}/"),
        get("/admin/choose-page/chosen-multiple/", id=scene.page.pk),
    ]


def translations(scene: Scene) -> list[Request]:
    locale = Locale.objects.exclude(pk__in=scene.page.get_translations(True).values("locale")).first()
    assert locale is not None
    submit = f"/admin/translation/submit/page/{scene.page.pk}/"
    return [get(submit), post(submit, locales=[locale.pk], include_subtree="on")]


def translations_of_api(scene: Scene) -> list[Request]:
    act = f"/admin/api/main/pages/{scene.page.pk}/action/copy_for_translation/"
    return [post(act, locale="fr", copy_parents="true"), post(act, locale="tr", recursive="true")]


def settings(scene: Scene) -> list[Request]:
    models = [
        ("public", "hotline"),
        ("wagtailcore", "site"),
        ("people", "institution"),
        ("public", "homepage"),
    ]
    return [
        request
        for app, model in models
        for path in (f"/admin/settings/{app}/{model}/", f"/admin/settings/{app}/{model}/1/")
        for request in (get(path), post(path, name_en="x"))
    ]


def fields_of_models(scene: Scene) -> list[Request]:
    """ModelViewSets of ours that have forms."""
    place = Institution.objects.values_list("pk", flat=True)[0]
    return [
        request
        for path in (f"/admin/kodeks/institutions/edit/{place}/", "/admin/kodeks/countries/edit/mk/")
        for request in (get(path), post(path, name_en="x", kind="ministry"))
    ]


def searches(scene: Scene) -> list[Request]:
    long = "a:" * 20_000
    return [get(path, q=long) for path in ("/admin/pages/search/", "/admin/images/", "/en/search/")]


def filters(scene: Scene) -> list[Request]:
    spec = "|".join(["width-9000", "scale-900", "bgcolor-fff", "format-png"] * 40)
    base = f"/admin/images/{scene.picture.pk}"
    return [get(f"{base}/preview/{spec}/"), get(f"{base}/generate_url/{spec}/")]


def image_previews(scene: Scene) -> list[Request]:
    return [get(f"/admin/images/{scene.picture.pk}/preview/{one}/") for one in ("original", "width-100")]


def reflected(scene: Scene) -> list[Request]:
    base = f"/admin/images/{scene.picture.pk}/generate_url/output/"
    return [get(base, filter_method=SCRIPT, width=SCRIPT), get(f"/admin/images/0/preview/{SCRIPT}/")]


def titles(scene: Scene) -> list[Request]:
    return translations(scene) + pages(scene, "history/", "usage/", "delete/")


def hashes(scene: Scene) -> list[Request]:
    """Whether a file with a known hash is there, asked by its ETag."""
    known = hashlib.sha1(FILE, usedforsecurity=False).hexdigest()
    path = f"/campaign-files/{scene.document.pk}/x.pdf"
    return [get(path, {"if-none-match": f'"{known}"'}), get(path, {"if-match": f'"{known}x"'})]


def snippets(scene: Scene) -> list[Request]:
    paths = [f"/admin/snippets/public/hotline/copy/{scene.hotline.pk}/"]
    paths += [f"/admin/snippets/directory/{one}/copy/1/" for one in ("service", "place", "organisation")]
    return [*(get(path) for path in paths), *(post(path) for path in paths)]


def form_submissions(scene: Scene) -> list[Request]:
    base = f"/admin/forms/submissions/{scene.page.pk}"
    return [get(f"{base}/"), post(f"{base}/delete/?selected-submissions=1")]


ADVISORIES = [
    Advisory("CVE-2024-32882", "GHSA-w2v8-php4-p8hc", "Fields that one may not edit", fields_of_models),
    Advisory("CVE-2024-35228", "GHSA-xxfm-vmcf-g33f", "Settings without permission", settings),
    Advisory("CVE-2024-39317", "GHSA-jmp3-39vp-fwg8", "A long query stops the search", searches),
    Advisory("CVE-2026-25517", "release notes 7.2.2", "Previews of what one may not edit", previews),
    Advisory("CVE-2026-28223", "GHSA-p4v8-rw59-93cq", "A title as script in a message", titles),
    Advisory("CVE-2026-44197", "GHSA-c6wj-9vcj-75pj", "Comparing revisions", compare),
    Advisory("CVE-2026-44198", "GHSA-c4mr-889m-vgf6", "The history of a page",
             lambda scene: pages(scene, "history/", "history/results/", "workflow_history/")),
    Advisory("CVE-2026-44199", "GHSA-pwm3-7fv4-g6xx", "Deleting submissions of forms", form_submissions),
    Advisory("CVE-2026-44200", "GHSA-67rv-mg8q-5pf3", "Copying a page", copies),
    Advisory("CVE-2026-44201", "GHSA-p5gm-92h4-6pv6", "Files and pictures of private collections", files_of_api),
    Advisory("CVE-2026-54259", "GHSA-h54r-xq46-qwqm", "Choosing a file that one may not choose", chosen),
    Advisory("CVE-2026-54260", "GHSA-f2p5-j6fg-5cxf", "Filters without limit", filters),
    Advisory("CVE-2026-54261", "GHSA-r6p4-grq7-xm4m", "Preview of any picture", image_previews),
    Advisory("CVE-2026-54262", "GHSA-8634-mr4j-r72c", "Translating a page that one may not edit", translations),
    Advisory("CVE-2026-54263", "GHSA-23m2-mghx-vqmf", "Script in the address of a picture", reflected),
    Advisory("none (7.4.3)", "GHSA-3vrh-m9w7-v94f", "Fields of pages in the admin's interface", pages_of_api),
    Advisory("none (7.4.3)", "GHSA-92hv-j533-69wc", "A file known by its hash", hashes),
    Advisory("none (7.4.3)", "GHSA-c2xx-cjmh-9q8f", "Collections below a private one", files_of_api),
    Advisory("none (7.4.3)", "GHSA-x5cx-w6p2-mxf2", "Copying a snippet", snippets),
    Advisory("none (7.4.3)", "GHSA-jm5p-837g-rv8g", "Copying for translation by the interface", translations_of_api),
]  # fmt: skip


def limited_editor(place: Page, files: Collection) -> User:
    """Who may edit pages and files of another part of the tree, and submit translations."""
    user = make_person(Role.COORDINATOR, make_institution("rs-coordinator"))
    sync_groups(user)
    group = Group.objects.create(name="limited")
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    for name in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=name)
        GroupPagePermission.objects.create(group=group, page=place, permission=permission)
    for name in ("add_image", "choose_image", "add_document", "choose_document"):
        permission = Permission.objects.filter(codename=name).exclude(content_type__app_label="wagtailmedia")[
            0
        ]
        GroupCollectionPermission.objects.create(group=group, collection=files, permission=permission)
    user.groups.add(group)
    return user


@pytest.fixture(scope="module")
def scene_once(once: Callable[[Callable[[], Scene]], Scene]) -> Scene:
    return once(make_scene)


@pytest.fixture
def scene(scene_once: Scene, db: None) -> Scene:
    return scene_once


def make_scene() -> Scene:
    tree = make_campaign()
    page = tree["en"]
    page.title = page.draft_title = f"{CANARY} {SCRIPT}"
    page.save_revision()
    page.title = f"{CANARY} {SCRIPT} again"
    page.save_revision()
    CampaignPage.objects.filter(pk=page.pk).update(title=CANARY, draft_title=f"{CANARY} {SCRIPT}", live=False)
    page.refresh_from_db()
    root = Collection.get_first_root_node()
    private = root.add_child(name="private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    below = private.add_child(name="below")
    free = Collection.get_first_root_node().add_child(name="free")
    document = Document.objects.create(
        title=CANARY, file=ContentFile(FILE, name=f"{CANARY}.pdf"), collection=below
    )
    document._set_document_file_metadata()
    document.save()
    picture = Picture.objects.create(
        title=CANARY, file=get_test_image_file(f"{CANARY}.png"), collection=below
    )
    made = Scene(page, tree["mk"], document, picture, a_number())
    people = {
        "coordinator": make_person(Role.COORDINATOR, make_institution("rs-coordinator")),
        "editor of another page": limited_editor(tree["mk"], free),
    }
    for name, user in people.items():
        if name == "coordinator":
            sync_groups(user)
        made.attackers[name] = Client(raise_request_exception=False)
        made.attackers[name].force_login(user)
    made.attackers["reader"] = Client(headers={"host": PUBLIC}, raise_request_exception=False)
    return made


def snapshot() -> dict[str, str]:
    rooms = [one.label for one in apps.get_app_configs() if one.label not in ("audit", "sessions")]
    return fingerprints(rooms, without="last_login")


def answers(scene: Scene, advisory: Advisory) -> Iterator[tuple[str, Any, bytes, float]]:
    for name, browser in scene.attackers.items():
        for method, path, fields, headers in advisory.requests(scene):
            begun = time.process_time()
            with transaction.atomic():
                answer = getattr(browser, method)(path, fields, headers=headers)
            body = answer.getvalue() if answer.streaming else answer.content
            yield f"{name}: {method} {path[:120]}", answer, body, time.process_time() - begun


@pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda one: f"{one.number} {one.link}")
def test_an_advisory_is_not_answered(scene: Scene, advisory: Advisory) -> None:
    before, asked = snapshot(), 0
    for what, answer, body, seconds in answers(scene, advisory):
        asked += 1
        assert CANARY.encode() not in body + repr(answer.headers).encode(), what
        assert SCRIPT.encode() not in body, what
        assert answer.status_code not in (304, 412), what
        assert seconds < MOST_SECONDS, what
        assert answer.status_code < 500, what
    assert asked >= 3 and snapshot() == before
    print(f"  {advisory.number:15} {advisory.link:20} {advisory.what}: {asked} requests, 0 answered")


def test_what_no_request_can_state(scene: Scene) -> None:
    blocks = str(CampaignPage.body.field.stream_block.child_blocks)  # type: ignore[attr-defined]
    assert "TableBlock" not in blocks and not apps.is_installed("wagtail.contrib.forms")
    publisher = make_person(Role.PUBLISHER)
    sync_groups(publisher)
    browser = Client()
    browser.force_login(publisher)
    assert browser.get(scene.document.url).status_code == 404
    browser.force_login(make_person(name="superuser", is_superuser=True))
    headers = browser.get(scene.document.url).headers
    assert (
        headers["X-Content-Type-Options"] == "nosniff"
        and "default-src 'none'" in headers["Content-Security-Policy"]
    )
    for number, why in NO_REQUEST.items():
        print(f"  {number}: no request. {why}")
