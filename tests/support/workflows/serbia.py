"""A Serbian text in review."""

from __future__ import annotations

import pytest

from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.editions.text_storage import load_tree
from documents.models import Edition
from documents.text import text_hash
from people.roles import Role
from tests.support.factories import body, make_in_force, make_institution, make_person, make_tree
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review

STAGES = [{"kind": "consultation"}, {"kind": "coordination"}, {"kind": "sign_off"}, {"kind": "adoption"}]

SECTIONS = (
    (1, "Препознавање", "Радник зове Центар за заштиту у року од 24 сата."),
    (1, "Разговор", "Разговор се води на безбедном месту."),
    (1, "Тумач", "Тумач потписује изјаву."),
)


class Serbia:
    """The cast: a coordinator, a drafter, one reviewer in each of three ministries, and the draft of edition
    2."""

    def __init__(self) -> None:
        office = make_institution("rs-coordinator")
        self.coordinator = make_person(Role.COORDINATOR, office)
        self.drafter = make_person(Role.DRAFTER, office)
        self.ministries = [make_institution(f"rs-{key}", name_sr=f"Министарство {key}") for key in "abc"]
        self.reviewers = [make_person(Role.REVIEWER, one, language="sr-latn") for one in self.ministries]
        former = make_in_force(owner=office, languages=("sr",), tree=make_tree("sr", "Поступци", SECTIONS))
        self.draft: Edition = start_revision(self.coordinator, former)
        self.uids = [section.uid for section in load_tree(self.draft, "sr")]

    def edit(self, place: int, text: str) -> None:
        old = load_tree(self.draft, "sr").by_uid[self.uids[place]].text.body
        save_section(
            self.drafter,
            self.draft,
            self.uids[place],
            "sr",
            body(SECTIONS[place][1], text),
            text_hash(old),
        )

    def start(self) -> Review:
        seats = [Respondent(institution) for institution in self.ministries]
        plans = [Plan(tuple(seats[:2])), Plan((seats[2],)), Plan()]
        return start_review(self.coordinator, self.draft, Procedure.objects.get(key="joint-order"), plans)


@pytest.fixture
def serbia(db: None) -> Serbia:
    return Serbia()


@pytest.fixture
def review(serbia: Serbia) -> Review:
    procedure = Procedure.objects.create(key="rs-own", name="Own", stages=STAGES)
    ministries = Plan(tuple(Respondent(one) for one in serbia.ministries))
    return start_review(serbia.coordinator, serbia.draft, procedure, [ministries, Plan(), ministries, Plan()])
