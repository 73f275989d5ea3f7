"""Run by test_review.py on a database of its own: a review of 300 sections of 500 words in seven languages.
Prints figures."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail import blocks  # noqa: E402
from wagtail.fields import StreamField  # noqa: E402

from documents.actions.adopt_edition import adopt_edition  # noqa: E402
from documents.actions.errors import Conflict  # noqa: E402
from documents.actions.save_section import save_section  # noqa: E402
from documents.actions.start_revision import start_revision  # noqa: E402
from documents.actions.submit_edition import submit_edition  # noqa: E402
from documents.editions.text_storage import load_tree, text_columns  # noqa: E402
from documents.models import Edition, Section, SectionChange  # noqa: E402
from people.models import Institution, User  # noqa: E402
from people.roles import Role  # noqa: E402
from tests.support.factories import make_act, make_draft, make_institution, make_person, make_tree  # noqa: E402
from workflows.actions.sign_off import sign_off  # noqa: E402
from workflows.actions.start_review import Plan, Respondent, start_review  # noqa: E402
from workflows.models import Procedure, Review, Seat, SignOff, Stage  # noqa: E402

SECTIONS, WORDS, PEOPLE, SAVES, ASKED = 300, 500, 20, 1000, 20
CLOCK = time.process_time if os.environ.get("KODEKS_BENCH_CLOCK") == "cpu" else time.perf_counter
"""On a machine that others use too, KODEKS_BENCH_CLOCK=cpu counts this program's own time only."""
LANGUAGES = ("mk", "sq", "sr", "bs", "hr", "cnr", "en")
CHANCE = random.Random(7)
VOCABULARY = ["".join(CHANCE.choices("абвгдежзиклмнопрст", k=CHANCE.randint(2, 11))) for _ in range(4000)]


def text(number: int) -> dict[str, object]:
    words = CHANCE.choices(VOCABULARY, k=WORDS)
    paragraphs = [" ".join(words[start : start + 60]) for start in range(5, WORDS, 60)]
    return {
        "heading": [{"type": "text", "text": f"{number} {' '.join(words[:5])}"}],
        "blocks": [{"type": "paragraph", "content": [{"type": "text", "text": p}]} for p in paragraphs],
        "notes": {},
    }


def timed(job: Callable[[], object]) -> float:
    start = CLOCK()
    job()
    return round(CLOCK() - start, 4)


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def fill(edition: Edition) -> None:
    from documents.text import normalise_body

    for number, section in enumerate(Section.objects.filter(edition=edition).order_by("position")):
        columns: dict[str, object] = {}
        body = normalise_body(text(number))
        for language in LANGUAGES:
            columns |= text_columns(language, body, label=str(number))
        Section.objects.filter(pk=section.pk).update(**columns)


def plans(asked: list[Respondent]) -> list[Plan]:
    return [Plan(tuple(asked)), Plan((asked[0],)), Plan()]


def naive_stream(edition: Edition) -> Callable[[], object]:
    """The same text as Wagtail StreamFields, kept and drawn the way that a beginner would: one row with a
    StreamField for each language, every paragraph a RichTextBlock, drawn by a template in one language.
    Neither signed in nor compared."""
    section = blocks.StructBlock(
        [("heading", blocks.CharBlock()), ("body", blocks.ListBlock(blocks.RichTextBlock()))]
    )
    names = [f"body_{language}" for language in LANGUAGES]
    columns: dict[str, object] = {name: StreamField([("section", section)]) for name in names}
    naive = type("Naive", (models.Model,), {"__module__": "documents.models", **columns})
    with connection.schema_editor() as editor:
        editor.create_model(naive)
    row = naive.objects.create(**{name: _stream(edition, name.removeprefix("body_")) for name in names})  # type: ignore[attr-defined]
    drawn = Template(
        "{% for part in row.body_mk %}<h2>{{ part.value.heading }}</h2>"
        "{% for one in part.value.body %}{{ one }}{% endfor %}{% endfor %}"
    )
    words = load_tree(edition, "mk").sections[0].text.plain.split()[20]

    def draw() -> object:
        page = drawn.render(Context({"row": naive.objects.get(pk=row.pk)}))  # type: ignore[attr-defined]
        assert words in page
        return page

    return draw


def _stream(edition: Edition, language: str) -> list[dict[str, object]]:
    return [
        {
            "id": one.uid,
            "type": "section",
            "value": {
                "heading": one.text.heading,
                "body": [
                    {"id": one.uid, "type": "item", "value": f"<p>{block['content'][0]['text']}</p>"}
                    for block in one.text.body["blocks"]
                ],
            },
        }
        for one in load_tree(edition, language)
    ]


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Runs the jobs in threads that begin together; gives what each came to."""
    ready, said = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int) -> None:
        try:
            ready.wait(timeout=60)
            said[place] = jobs[place]()  # type: ignore[call-overload]
        except Exception as problem:
            said[place] = repr(problem)  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return list(said)


def saves_at_once(edition: Edition, drafters: list[User]) -> dict[str, object]:
    """A thousand saves by twenty people in few sections: each is kept or told, and every kept one is in the
    log."""
    uids = [str(uid) for uid in Section.objects.filter(edition=edition).values_list("uid", flat=True)[:25]]
    before = SectionChange.objects.filter(edition=edition).count()

    def many(person: object, number: int) -> Callable[[], object]:
        def run() -> object:
            chance, kept, told = random.Random(number), 0, 0
            for turn in range(SAVES // PEOPLE):
                uid = chance.choice(uids)
                seen = (
                    Section.objects.filter(edition=edition, uid=uid)
                    .values_list("text_hash_mk", flat=True)
                    .get()
                )
                body = text(turn)
                body["blocks"] = [
                    {"type": "paragraph", "content": [{"type": "text", "text": f"{number} {turn}"}]}
                ]
                try:
                    save_section(person, edition, uid, "mk", body, seen)  # type: ignore[arg-type]
                    kept += 1
                except Conflict:
                    told += 1
            return kept, told

        return run

    came = at_once([many(person, number) for number, person in enumerate(drafters)])
    pairs = [one for one in came if isinstance(one, tuple)]
    return {
        "errors": [one for one in came if not isinstance(one, tuple)],
        "kept": sum(kept for kept, _ in pairs),
        "told": sum(told for _, told in pairs),
        "logged": SectionChange.objects.filter(edition=edition).count() - before,
    }


def votes_at_once(review: Review) -> dict[str, object]:
    def vote(seat: Seat) -> Callable[[], object]:
        return lambda: sign_off(seat.user, seat, "agree", "", review.manifest.sha256).pk  # type: ignore[arg-type]

    seats = list(
        Seat.objects.filter(stage__review=review, stage__order=1).select_related("stage__review", "user")
    )
    start = time.perf_counter()
    came = at_once([vote(seat) for seat in seats])
    return {
        "errors": [one for one in came if not isinstance(one, int)],
        "votes": SignOff.objects.filter(seat__stage__review=review, seat__stage__order=1).count(),
        "completions": Stage.objects.filter(review=review, order=2, opened__isnull=False).count(),
        "seconds": round(time.perf_counter() - start, 3),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    figures: dict[str, object] = {}
    coordinator = make_person(Role.COORDINATOR)
    draft = make_draft(
        slug="big",
        languages=LANGUAGES,
        by=coordinator,
        tree=make_tree("mk", sections=[(1, f"О{n}", "т") for n in range(SECTIONS)], uids=_uids()),
        translations=[],
    )
    fill(draft)
    drafter = make_person(Role.DRAFTER, draft.instrument.owner)
    figures["save_p95"] = p95(_saves(draft, drafter))
    asked = []
    for number in range(ASKED):
        institution = Institution.objects.create(
            key=f"mk-body{number}", country=make_institution().country, name_en=f"Body {number}"
        )
        asked.append(Respondent(institution, make_person(Role.REVIEWER, institution)))
    procedure = Procedure.objects.get(key="joint-order")
    figures["submit"] = timed(lambda: _undone(lambda: submit_edition(coordinator, draft)))
    figures["start_review"] = timed(lambda: start_review(coordinator, draft, procedure, plans(asked)))
    review = Review.objects.select_related("manifest").get()
    figures["votes"] = votes_at_once(review)
    _sign(review, asked, order=2)
    draft.refresh_from_db()
    figures["adopt"] = timed(lambda: adopt_edition(coordinator, draft, [make_act()], date(2024, 1, 1)))
    draft.refresh_from_db()
    figures["next_edition"] = timed(lambda: start_revision(coordinator, draft))
    revised = Edition.objects.get(number=2)
    uids = [str(uid) for uid in Section.objects.filter(edition=revised).values_list("uid", flat=True)]
    for number, uid in enumerate(uids[::10]):
        seen = Section.objects.filter(edition=revised, uid=uid).values_list("text_hash_mk", flat=True).get()
        body = load_tree(revised, "mk").by_uid[uid].text.body
        new = text(number) | {"blocks": [*body["blocks"][1:], text(number)["blocks"][0]]}  # type: ignore[index]
        save_section(drafter, revised, uid, "mk", new, seen)
    start_review(coordinator, revised, procedure, plans(asked))
    figures |= _room(Review.objects.get(edition=revised), asked[0], revised)
    other = make_draft(
        slug="busy",
        languages=("mk",),
        by=coordinator,
        tree=make_tree("mk", sections=[(1, f"О{n}", "т") for n in range(25)]),
    )
    people = [make_person(Role.DRAFTER, draft.instrument.owner) for _ in range(PEOPLE)]
    figures["saves"] = saves_at_once(other, people)
    print(json.dumps(figures))


def _uids() -> list[str]:
    return [f"00000000-0000-4000-8000-{number:012d}" for number in range(SECTIONS)]


def _undone(job: Callable[[], object]) -> None:
    """Does it and takes it back."""
    from django.db import transaction

    with transaction.atomic():
        job()
        transaction.set_rollback(True)


def _saves(edition: Edition, drafter: object) -> list[float]:
    """Saves of one section by the whole way of a request."""
    client = Client()
    client.force_login(drafter)  # type: ignore[arg-type]
    times = []
    for number, uid in enumerate(_uids()[:100]):
        address = reverse("desk:section", args=[edition.pk, uid, "mk"])
        seen = Section.objects.filter(edition=edition, uid=uid).values_list("text_hash_mk", flat=True).get()
        data = json.dumps({"body": text(number), "expected": seen})
        start = CLOCK()
        answer = client.post(address, data, content_type="application/json")
        times.append(CLOCK() - start)
        assert answer.status_code == 200, answer.content[:300]
    return times


def _sign(review: Review, asked: list[Respondent], order: int) -> None:
    for seat in Seat.objects.filter(stage__review=review, stage__order=order).select_related(
        "stage__review", "user"
    ):
        sign_off(seat.user, seat, "agree", "", review.manifest.sha256)  # type: ignore[arg-type]


def _room(review: Review, asked: Respondent, edition: Edition) -> dict[str, object]:
    client = Client()
    client.force_login(asked.person)  # type: ignore[arg-type]
    address = reverse("review:room", args=[review.pk]) + "?text=mk"
    client.get(address)
    queries: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        assert client.get(address).status_code == 200
    room = [timed(lambda: client.get(address)) for _ in range(20)]
    naive = naive_stream(edition)
    stream = [timed(naive) for _ in range(20)]
    return {"room_p95": p95(room), "stream_p95": p95(stream), "room_queries": len(queries)}


if __name__ == "__main__":
    main()
