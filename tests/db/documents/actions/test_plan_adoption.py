"""What the page before an adoption shows is what the act does, language by language."""

from __future__ import annotations

import pytest

from audit.models import Entry
from audit.verify import problems
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import NotReady
from documents.actions.plan_adoption import plan_adoption
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.models import AdoptionAct, LanguageVersion, Manifest, Section
from people.roles import Role
from tests.support.documents.following import DAY, no_review
from tests.support.factories import body, make_act, make_draft, make_person
from workflows.record.build import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_review")]
__all__ = ["no_review"]


@pytest.mark.parametrize("older", [False, True], ids=["current", "older"])
@pytest.mark.parametrize(
    ("languages", "adopted", "translations", "later"),
    [
        (None, ["mk", "sq"], ["en"], []),
        (["sq", "en"], ["mk", "sq"], ["en"], []),
        (["sq"], ["mk", "sq"], [], ["en"]),
        (["en"], ["mk"], ["en"], ["sq"]),
        ([], ["mk"], [], ["sq", "en"]),
    ],
)
def test_the_act_does_what_the_plan_says(
    languages: list[str] | None, adopted: list[str], translations: list[str], later: list[str], older: bool
) -> None:
    draft = make_draft(authentic=["mk", "sq"])
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    if older:
        row = Section.objects.filter(edition=draft)[0]
        save_section(coordinator, draft, str(row.uid), "mk", body("Ново", "Ново."), row.text_hash_mk)  # type: ignore[attr-defined]
    submit_edition(coordinator, draft, "Albanian follows.")
    draft.refresh_from_db()
    plan = plan_adoption(draft, languages)
    assert (plan.adopted, plan.translations, plan.later) == (adopted, translations, later)
    assert plan.outdated == ({"sq": 1} if older and "sq" in adopted else {})
    because = "The ministers decided so."
    if plan.outdated:
        with pytest.raises(NotReady, match="out of date: Shqip"):
            adopt_edition(coordinator, draft, [make_act()], DAY, languages, because=" ")
        assert not AdoptionAct.objects.exists()
    adopt_edition(coordinator, draft, [make_act()], DAY, languages, because=because)

    draft.refresh_from_db()
    assert sorted(AdoptionAct.objects.get().covers) == adopted
    versions = LanguageVersion.objects.filter(edition=draft)
    assert set(versions.filter(unfinished=True).values_list("language", flat=True)) == set(later)
    assert draft.sha256 == plan.sha256(Manifest.objects.get())
    record = build(draft)["edition"]
    assert sorted(one["language"] for one in record["authentic"]) == adopted
    assert [one["language"] for one in record["courtesy"]] == translations
    entry = Entry.objects.get(verb="adopt", refused=False)
    assert entry.detail.get("behind", {}) == plan.outdated
    assert (entry.reason.text if plan.outdated else because) == because
    assert list(problems()) == []
