"""The components of the look as template tags: `{% load kodeks_ui %}`. docs/design.md shows each in use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect, Select
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from theme import dates, locales, localized_names, undo
from theme.check_number import check_groups
from theme.icons import FAVICON, PLAIN_FAVICON, icon_svg
from theme.inline import TEXTS
from theme.state_labels import CLASSIFICATIONS, STATES

register = template.Library()


def _language() -> str:
    return get_language() or "en"


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def favicon() -> str:
    """`{% favicon %}`: the address of the mark, which holds the picture itself."""
    return FAVICON


@register.simple_tag
def plain_favicon() -> str:
    """`{% plain_favicon %}`: a sheet of paper, for pages that must not be recognised in a tab."""
    return PLAIN_FAVICON


@register.simple_tag
def inline(name: str) -> SafeString:
    """`<style>{% inline "base.css" %}</style>`: a file of the theme, in the page itself."""
    return SafeString(TEXTS[name])


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "phone" %}`: silent next to a word; with `label` it speaks for itself."""
    return icon_svg(name, label, css)


@register.simple_tag
def html_lang(tag: str = "") -> str:
    """The language as HTML wants it (`sr-Cyrl`): of the page, or of the tag given."""
    return locales.html_lang(tag or _language())


@register.simple_tag
def html_dir(tag: str = "") -> str:
    """`rtl` or `ltr`: of the page, or of the tag given."""
    return locales.direction(tag or _language())


@register.filter
def localized_name(name: object) -> str:
    """`{{ country|localized_name }}`: a name out of the database, in the script of the page."""
    return localized_names.localized_name(name)


@register.filter
def with_country(institution: object) -> str:
    """`{{ institution|with_country }}`: its name, and its country in brackets."""
    return localized_names.with_country(institution)


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """`{{ message.extra_tags|undo_url }}`: where its *Undo* posts to, empty where none is offered."""
    return undo.undo_url(extra_tags or "")


@register.filter
def native_name(tag: str) -> str:
    """`{{ "sq"|native_name }}`: the language's name in itself."""
    return locales.native_name(tag)


def pill(kind: str, icon_name: str, word: str) -> SafeString:
    """Shape, word and colour together; never one of them alone."""
    return format_html('<span class="st st-{}">{}{}</span>', kind, icon_svg(icon_name), word)


@register.simple_tag
def state_pill(state: str) -> SafeString:
    """`{% state_pill edition.state %}`. A state that isn't one raises KeyError: better than a wrong word."""
    style = STATES[str(state)]
    return pill(style.css, style.icon, str(style.word))


@register.simple_tag
def tlp(classification: str, words: bool = True) -> SafeString:
    """The classification's box, and in words what it permits (leave those out with `words=False`)."""
    style = CLASSIFICATIONS[str(classification)]
    if style.tlp:
        box = format_html('<span class="tlp {}">{}</span>', style.css, style.name)
    else:
        box = pill(style.css, style.icon, str(style.name))
    return format_html('{} <span class="permits">{}</span>', box, style.permits) if words else box


@register.simple_tag
def check_number(sha256: str) -> SafeString:
    """The check number with a bar for each digit, the same on page, PDF and Word file."""
    groups = check_groups(sha256)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="9" height="{}" rx="1"/>',
        (
            (56 * number + 11 * place, 29 - 3 * int(digit), 3 + 3 * int(digit))
            for number, group in enumerate(groups)
            for place, digit in enumerate(group)
        ),
    )
    texts = format_html_join(
        "",
        '<text x="{}" y="52" textLength="42">{}</text>',
        ((56 * number, group) for number, group in enumerate(groups)),
    )
    label = gettext("Check number %(number)s") % {"number": " ".join(groups)}
    return format_html(
        '<svg class="check" viewBox="0 0 210 54" role="img" aria-label="{}">{}{}</svg>', label, bars, texts
    )


@register.simple_tag
def days_left(deadline: date | datetime | None, today: date | None = None) -> SafeString:
    """A pill: how many days are left to a deadline (its day still counts), or how late it is."""
    day = _day(deadline)
    if day is None:
        return SafeString("")
    days = (day - (today or timezone.localdate())).days
    if days < 0:
        return pill("late", "clock", ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days})
    if days == 0:
        return pill("review", "half", gettext("last day"))
    return pill("review", "half", ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days})


@register.filter
def longdate(value: date | datetime | None, form: str = "") -> str:
    """`{{ day|longdate }}` 14. март 2026.; `{{ day|longdate:"weekday" }}` puts the weekday before it."""
    day = _day(value)
    return "" if day is None else dates.long_date(day, _language(), weekday=form == "weekday")


@register.filter
def ofdate(value: date | datetime | None, form: str = "") -> str:
    """The date after "since", "until", "on": 14. марта 2026. Use it inside a sentence."""
    day = _day(value)
    return "" if day is None else dates.of_date(day, _language(), weekday=form == "weekday")


@register.filter
def shortdate(value: date | datetime | None) -> str:
    """The date in few letters, for lists and tables."""
    day = _day(value)
    return "" if day is None else dates.short_date(day, _language())


@register.filter
def clock(value: datetime | None) -> str:
    """Hours and minutes, in the time zone of the page."""
    if value is None:
        return ""
    return dates.clock(timezone.localtime(value) if timezone.is_aware(value) else value, _language())


@register.simple_tag
def time_of(value: date | datetime | None) -> SafeString:
    """A `<time>` element: the date, and for a moment also the clock."""
    day = _day(value)
    if day is None:
        return SafeString("")
    words, stamp = longdate(value), day.isoformat()
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        words, stamp = dates.long_moment(local, _language()), value.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, words)


@register.inclusion_tag("theme/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A form field with its label, hint and errors, wired together for a screen reader.

    A group of radios or boxes becomes a fieldset; a single box puts its label after it. The hint is the
    field's `help_text`, or the one given here.
    """
    widget = bound.field.widget
    hint = str(hint or bound.help_text)
    described = [f"{bound.auto_id}_hint"] if hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, str] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    if isinstance(widget, Select):
        # Django's row of dashes says nothing, and a screen reader reads it out.
        blank = gettext("Choose…") if bound.field.required else gettext("None chosen")
        widget.choices = [
            (value, blank if value in ("", None) and str(name).startswith("---") else name)
            for value, name in widget.choices
        ]
    return {
        "field": bound,
        "hint": hint,
        "is_group": is_group,
        "is_box": isinstance(widget, CheckboxInput),
        "described": " ".join(described),
        "control": bound if is_group else bound.as_widget(attrs=dict(attrs)),
        "optional": not bound.field.required and not is_group and not isinstance(widget, CheckboxInput),
    }


@register.inclusion_tag("theme/error_summary.html")
def error_summary(form: Form, focus: bool = True) -> dict[str, Any]:
    """The errors of a form, each line a link to its field; nothing without errors.

    It takes the focus when the page opens, so that a screen reader reads it first. A page with two forms
    switches that off for one of them.
    """
    lines = [
        (
            f"#{bound.auto_id}"
            + ("_0" if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple) else ""),
            # A question has its mark already.
            bound.label if str(bound.label).endswith(("?", "؟")) else f"{bound.label}:",
            error,
        )
        for bound in form
        for error in bound.errors
    ]
    return {
        "lines": lines,
        "general": form.non_field_errors(),
        "any": bool(form.errors),
        "focus": focus,
        # A form that only asks what to show saves nothing.
        "asks": getattr(form, "only_asks", False),
    }


@register.inclusion_tag("theme/form.html")
def form_fields(form: Form, focus: bool = True, reported: Any = None) -> dict[str, Any]:
    """Every field of a form, hidden ones too, after its error summary. There is no summary where the page has
    shown all errors (``reported``)."""
    return {"form": form, "focus": focus, "reported": bool(reported)}


@register.inclusion_tag("theme/crumbs.html")
def crumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The pages above this one, as (label, address); this page itself is the heading and isn't among them."""
    return {"trail": trail}


@register.inclusion_tag("theme/pages.html", takes_context=True)
def pager(context: RequestContext, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Earlier and later pages of a list; the rest of the query stays as it is."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
