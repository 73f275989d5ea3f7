"""The glossary in database, page and admin; what published translations teach; searching across."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from documents.choices import Classification
from documents.models import Edition, Instrument
from documents.signals import access_changed
from people.actions.groups import sync_groups
from people.roles import Role
from search.cross_language import knowledge, translate_query
from search.glossary.training import confirmed
from search.glossary_store import import_shipped_terms, request_learning_now
from search.learning import learn
from search.models import GlossaryTerm, Learned
from search.outbox import drain
from tests.support.factories import make_in_force, make_person, make_tree, narrow
from tests.support.html import PageClient
from tests.support.public.fixtures import PUBLIC

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "sq", "sr", "bs", "hr", "cnr", "mk")


@pytest.fixture
def reader() -> Client:
    return PageClient(headers={"host": PUBLIC})


def terms_on(client: Client, query: str, lang: str = "en") -> list[str]:
    html = client.get(f"/{lang}/glossary/{query}").content.decode()
    return re.findall(r"<dfn>(.*?)</dfn>", html)


def test_taken_in_once_and_never_over_what_people_wrote() -> None:
    assert GlossaryTerm.objects.count() >= 300, "after a migration they are there"
    assert import_shipped_terms() == (0, 0)
    GlossaryTerm.objects.filter(key="victim").update(en="somebody wrote this", edited=True)
    GlossaryTerm.objects.filter(key="shelter").update(en="an older update had this")
    GlossaryTerm.objects.filter(key="asylum").delete()
    assert import_shipped_terms() == (1, 1)
    assert GlossaryTerm.objects.get(key="victim").en == "somebody wrote this"
    assert GlossaryTerm.objects.get(key="shelter").en.startswith("shelter")


def test_the_page_on_both_hosts(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        assert 5 < len(terms_on(reader, "?letter=V")) < 60, "one letter at a time"
    assert terms_on(reader, "?letter=§") == terms_on(reader, "") == terms_on(reader, "?letter=A")
    for typed in ("жртва трговине", "zrtva trgov", "victim of traff", "VIKTIMË E TRAFIK"):
        assert "victim of trafficking" in terms_on(reader, f"?q={typed}"), typed
    for typed in ("žrtvama trgovine", "жртвите на трговија", "trafficking victims", "viktimat e trafikimit"):
        assert "victim of trafficking" in terms_on(reader, f"?q={typed}"), typed
    assert terms_on(reader, "?q=žrtvama qwertz") == terms_on(reader, "?q=qwertz") == []
    assert "žrtva trgovine ljudima" in terms_on(reader, "?q=victim of traff&in=sr-latn")
    assert "жртва трговине људима" in terms_on(reader, "?q=victim of traff", "sr-cyrl")
    office = PageClient()
    assert office.get("/mk/glossary/").status_code == 302, "everybody there is signed in"
    office.force_login(make_person(Role.PRACTITIONER))
    assert "жртва" in terms_on(office, "?letter=Ж", "mk")
    # The office's page names who is signed in: no cache keeps it.
    assert office.get("/mk/glossary/")["Cache-Control"] == "private, no-store"
    assert reader.get("/mk/glossary/")["Cache-Control"] == "public, max-age=300"
    GlossaryTerm.objects.filter(key="victim").update(shown=False)
    assert "victim" not in terms_on(reader, "?q=victim")


@pytest.mark.parametrize("query", ["?q=%00%ff", "?q=" + "x" * 5000, "?in=nowhere&q=<script>", "?q=%27%22"])
def test_any_address_of_the_page(reader: Client, query: str) -> None:
    answer = reader.get(f"/en/glossary/{query}")
    assert answer.status_code == 200
    # The one script of a public page is its own; of what was asked none gets in.
    assert answer.content.count(b"<script>") == reader.get("/en/glossary/").content.count(b"<script>")


def test_edited_in_the_admin() -> None:
    browser, person = PageClient(), make_person(Role.PUBLISHER)
    sync_groups(person)
    browser.force_login(person)
    term = GlossaryTerm.objects.get(key="victim")
    data = {name: getattr(term, name) for name in ("key", *LANGUAGES, "definition")} | {"shown": "on"}
    answer = browser.post(
        f"/admin/snippets/search/glossaryterm/edit/{term.pk}/", data | {"mk": "жртва ;; повреден "}
    )
    assert answer.status_code == 302
    term.refresh_from_db()
    assert (term.mk, term.edited) == ("жртва; повреден", True)
    assert Learned.objects.get().waiting
    for wrong in ({"en": " ; "}, {"key": "shelter"}, {"definition": "JMBG 0101006500006"}):
        assert (
            browser.post(f"/admin/snippets/search/glossaryterm/edit/{term.pk}/", data | wrong).status_code
            == 200
        )


def test_words_in_another_language(search_index: object) -> None:
    across = translate_query("period reflektimi për viktimat", ("sq", "en", "sr", "mk")).words
    assert set(across) == {"en", "hbs", "mk"}
    assert any(token == "жртва" for word in across["mk"] for token, _ in word)
    in_english_typed_on_a_serbian_page = translate_query("victim of trafficking", ("sr", "en", "mk")).words
    assert any(token == "zrtva" for word in in_english_typed_on_a_serbian_page["hbs"] for token, _ in word)
    assert translate_query("", ("sq", "en")).words == {"en": ()}
    known = translate_query('victim -child -"first interview" -"child victim" -qwertz', ("en", "sr", "mk"))
    assert ("dete",) in known.excluded["hbs"] and ("дете",) in known.excluded["mk"]
    assert ("prvi", "razgovor") in known.excluded["hbs"] and ("прв", "разговор") in known.excluded["mk"]
    assert known.let_in == ("child victim", "qwertz"), "only what is known for sure is left out"
    assert known.apart == ()


def test_a_phrase_that_is_a_term_is_one_in_the_others_too(search_index: object) -> None:
    known = translate_query('police "victims of trafficking" "brown tables"', ("en", "sr", "mk"))
    assert ("zrtva", "trgovina", "covek") in known.phrases["hbs"][0] or any(
        way[0] == "zrtva" and len(way) > 1 for way in known.phrases["hbs"][0]
    )
    assert [len(ways) for ways in known.phrases.values()] == [1, 1], "the other one is no term"
    assert known.apart == ("brown tables",)
    words = {token for word in known.words["hbs"] for token, weight in word if weight > 0.5}
    assert "policija" in words and "zrtva" not in words
    texts = [
        ("tells", "Жртвите на трговија со луѓе се упатуваат."),
        ("only-words", "Трговија со стоки и луѓе што се жртви на поплава."),
    ]
    for slug, text in texts:
        make_in_force(slug=slug, languages=("mk",), tree=make_tree("mk", slug, [(1, "Упатување", text)]))
    drain()
    client = PageClient(headers={"host": PUBLIC})

    def found(query: str) -> set[str]:
        page = client.get("/en/library/search/", {"q": query, "across": "1"}).content.decode()
        return {slug for slug, _ in texts if f"/{slug}/1/s/" in page}

    assert found("victims of trafficking") == {"tells", "only-words"}
    assert found('"victims of trafficking"') == {"tells"}
    assert found('referral -"victims of trafficking"') == {"only-words"}
    assert found('referral -"trafficking of flood"') == {"tells", "only-words"}
    said = client.get("/en/library/search/", {"q": 'referral -"trafficking of flood"', "across": "1"})
    assert "−trafficking of flood" in said.content.decode()


def test_learns_from_what_everybody_may_read(search_index: object) -> None:
    """And only what enough common lines confirm."""
    words = [("велосипедот", "biçikleta"), ("планината", "mali"), ("езерото", "liqeni")]
    mk = [(1, one, words[(place + 1) % 3][0]) for place, (one, _) in enumerate(words)] * 40
    sq = [(1, one, words[(place + 1) % 3][1]) for place, (_, one) in enumerate(words)] * 40
    for number, classification in enumerate((Classification.OFFICIAL, Classification.PUBLIC)):
        edition = make_in_force(
            slug=f"sop-{number}",
            classification=classification,
            languages=("mk", "sq"),
            tree=make_tree("mk", "Мерки", mk),
            translations=[make_tree("sq", "Masa", sq)],
        )
        assert Learned.objects.filter(waiting=True).exists() == (classification == Classification.PUBLIC), (
            edition
        )
        learned = learn()
        assert bool(learned) == (classification == Classification.PUBLIC)
    table, _ = knowledge()
    assert "велосипед" in table.of("biciklete", "sq", "mk")
    assert learn() == 0, "nothing new"


def open_pair(slug: str) -> Edition:
    """A text in two languages that everybody may read, with words that no glossary has."""
    return make_in_force(
        slug=slug,
        classification=Classification.PUBLIC,
        languages=("mk", "sq"),
        tree=make_tree("mk", "Мерки", [(1, "велосипедот", "планината")] * 101),
        translations=[make_tree("sq", "Masa", [(1, "biçikleta", "mali")] * 101)],
    )


def taught() -> bool:
    return "велосипед" in knowledge()[0].of("biciklete", "sq", "mk")


def test_what_a_text_taught_is_forgotten_at_the_moment_in_which_it_is_closed(search_index: object) -> None:
    edition = open_pair("closed")
    learn()
    assert taught()
    access_changed.send(sender=Instrument, instrument=edition.instrument, tightened=True)
    assert not taught(), "not only when the worker has learned anew"
    assert Learned.objects.filter(waiting=True).exists()
    narrow(Classification.TLP_AMBER, edition.instrument_id)
    learn()
    assert not taught()


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "once more"])
def test_what_is_closed_while_the_worker_learns_teaches_nothing(
    search_index: object, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """The texts were read while they were open: what comes of that is not kept."""
    edition = open_pair("racing")
    if again:
        learn()
        request_learning_now()

    def train_and_close(pairs: object) -> object:
        table = confirmed(pairs)  # type: ignore[arg-type]
        access_changed.send(sender=Instrument, instrument=edition.instrument, tightened=True)
        return table

    with monkeypatch.context() as moment:
        moment.setattr("search.learning.confirmed", train_and_close)
        assert learn() == 0
    assert not taught()
    assert Learned.objects.filter(waiting=True).exists()
