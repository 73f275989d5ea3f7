"""The component tags: what they draw, and what a screen reader hears of it."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from theme.check_number import check_digits, check_groups
from theme.state_labels import CLASSIFICATIONS, STATES

SHA = "1b6477d525b2e3f30a1df54033622ba156764aa00d799c186ea74d6db846fe65"


def draw(source: str, **context: object) -> str:
    return Template("{% load kodeks_ui %}" + source).render(Context(context)).strip()


def heard(html: str) -> str:
    """The text without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_each_state_has_a_shape_of_its_own_or_a_word_of_its_own() -> None:
    drawn = {state: draw("{% state_pill state %}", state=state) for state in STATES}
    assert len({heard(html) for html in drawn.values()}) == len(STATES) == 7
    for html in drawn.values():
        assert "<svg" in html and 'aria-hidden="true"' in html
        assert "style=" not in html
    assert "st-force" in drawn["in_force"] and heard(drawn["in_force"]) == "In force"


def test_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("{% state_pill 'published' %}")


def test_a_classification_says_what_it_permits() -> None:
    said = {heard(draw("{% tlp c %}", c=c)) for c in CLASSIFICATIONS}
    assert len(said) == 7
    assert "TLP:AMBER+STRICT only for the responsible institution" in said
    assert heard(draw("{% tlp 'tlp_red' words=False %}")) == "TLP:RED"


def test_the_check_number_is_the_hash_modulo_ten_to_the_sixteenth() -> None:
    assert check_groups(SHA) == ["5733", "9946", "6704", "8549"]
    assert int(check_digits(SHA)) == int(SHA, 16) % 10**16
    assert check_digits(f"{10**16:064x}") == "0" * 16
    with pytest.raises(ValueError):
        check_digits(SHA[:40])
    with pytest.raises(ValueError):
        check_digits("z" * 64)


def test_each_digit_is_a_bar_as_high_as_it_is() -> None:
    sha = hashlib.sha256("Члан 5".encode()).hexdigest()
    html = draw("{% check_number sha %}", sha=sha)
    heights = [(int(height) - 3) // 3 for height in re.findall(r'height="(\d+)"', html)]
    assert "".join(map(str, heights)) == check_digits(sha)
    assert f'aria-label="Check number {" ".join(check_groups(sha))}"' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("deadline", "said", "look"),
    [
        (date(2026, 12, 4), "10 days left", "st-review"),
        (date(2026, 11, 25), "1 day left", "st-review"),
        (date(2026, 11, 24), "last day", "st-review"),
        (date(2026, 11, 23), "1 day late", "st-late"),
        (date(2026, 11, 20), "4 days late", "st-late"),
    ],
)
def test_days_left_counts_the_last_day(deadline: date, said: str, look: str) -> None:
    html = draw("{% days_left deadline today %}", deadline=deadline, today=date(2026, 11, 24))
    assert heard(html) == said
    assert look in html


def test_no_deadline_draws_nothing() -> None:
    assert draw("{% days_left deadline %}", deadline=None) == ""
    assert draw("{{ day|longdate }}{{ day|ofdate }}{{ day|shortdate }}{{ day|clock }}", day=None) == ""


def test_dates_follow_the_language_of_the_page() -> None:
    source = '{{ day|ofdate:"weekday" }}'
    with translation.override("sr-cyrl"):
        assert draw(source, day=date(2026, 12, 4)) == "петка, 4. децембра 2026."
    with translation.override("sq"):
        assert draw(source, day=date(2026, 12, 4)) == "të premten, 4 dhjetor 2026"


def test_a_moment_shows_in_the_time_zone_of_the_page_and_keeps_its_own_in_the_attribute() -> None:
    late = datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC)
    from django.utils import timezone as zones

    with zones.override("Europe/Belgrade"), translation.override("sr-latn"):
        html = draw("{% time_of late %}", late=late)
        assert heard(html) == "4. decembar 2026. 23:59"
        assert 'datetime="2026-12-04T22:59:59+00:00"' in html
    with zones.override("Europe/Belgrade"):
        after_midnight = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)
        said = heard(draw("{% days_left d today %}", d=after_midnight, today=date(2026, 12, 4)))
        assert said == "1 day left"


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert "aria-hidden" in draw("{% icon 'phone' %}")
    assert 'role="img" aria-label="&lt;Call&gt;"' in draw("{% icon 'phone' label=word %}", word="<Call>")
    with pytest.raises(KeyError):
        draw("{% icon 'unicorn' %}")


class Answer(forms.Form):
    decision = forms.ChoiceField(
        label="Decision", widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")]
    )
    reason = forms.CharField(label="Reason", help_text="Say <why>.")
    remark = forms.CharField(label="Remark", required=False)
    read = forms.BooleanField(label="I read it")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_wired_to_its_hint_and_its_error() -> None:
    html = draw("{% field form.reason %}", form=Answer({}))
    assert 'aria-describedby="id_reason_hint id_reason_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_reason_hint">Say &lt;why&gt;.' in html
    assert html.index("<label") < html.index('id="id_reason_error"') < html.index("<input")
    fresh = draw("{% field form.reason %}", form=Answer())
    assert "aria-invalid" not in fresh and "id_reason_error" not in fresh


def test_the_optional_ones_say_so_and_groups_are_fieldsets() -> None:
    assert "(optional)" in draw("{% field form.remark %}", form=Answer())
    assert "(optional)" not in draw("{% field form.reason %}", form=Answer())
    group = draw("{% field form.decision %}", form=Answer({}))
    assert group.startswith("<fieldset") and "<legend>Decision</legend>" in group
    assert 'aria-describedby="id_decision_error"' in group
    assert draw("{% field form.token %}", form=Answer()).startswith('<input type="hidden"')


def test_the_summary_leads_to_the_first_control_of_each_wrong_field() -> None:
    html = draw("{% form_fields form %}", form=Answer({"reason": "x"}))
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_decision_0", "id_read"]
    for target in targets:
        assert f'id="{target}"' in html
    assert "autofocus" in html
    assert "errors-title" not in draw("{% form_fields form %}", form=Answer())


def test_the_pager_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/en/search/", {"q": "žrtva", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    html = draw("{% pager page %}", request=request, page=page)
    assert 'href="?q=%C5%BErtva&amp;page=1"' in html and 'href="?q=%C5%BErtva&amp;page=3"' in html
    assert "Page 2 of 3" in heard(html)
    assert draw("{% pager page %}", request=request, page=Paginator([1], 10).page(1)) == ""


class Empty(forms.Form):
    who = forms.TypedChoiceField(label="Who", choices=[("", "---------"), ("a", "Ana")])
    other = forms.TypedChoiceField(label="Other", choices=[("", "---------"), ("a", "Ana")], required=False)


def test_a_choice_not_made_is_said_in_words() -> None:
    form = Empty()
    html = draw("{% field form.who %}{% field form.other %}", form=form)
    assert "---" not in html
    assert '<option value="" selected>Choose…</option>' in html
    assert '<option value="" selected>None chosen</option>' in html
