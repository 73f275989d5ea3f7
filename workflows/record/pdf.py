"""The approval record as a PDF/A-2a, in the language of who asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.actions.check_papers import results
from documents.choices import ActKind
from documents.display import signed_papers
from documents.display.acts import describe_gazette
from documents.exports.typeset import NotTypeset, typeset
from documents.models import Edition
from documents.text import plain_line
from documents.text.types import Json
from theme import dates
from theme.check_number import check_groups
from theme.locales import native_name
from theme.localized_names import localized_name, then_and_today
from workflows.choices import Choice, StageKind, outcome_label
from workflows.models import Review
from workflows.procedures.names import quorum_label
from workflows.record.sealing import holder, sealed
from workflows.rules.rounds import Rounds, restarts_of, with_restarts
from workflows.texts import title_for

TEMPLATE = Path(__file__).with_name("record.typ")
Fact = tuple[str, str] | tuple[str, str, bool]


@dataclass(frozen=True)
class Here:
    """The reader's language, and the time zone of the procedure's country."""

    tag: str
    zone: ZoneInfo

    def day(self, text: str) -> str:
        return dates.of_date(date.fromisoformat(text), self.tag)

    def moment(self, text: str) -> str:
        """Day, hour and zone: `30 November 2026, 00:21 (UTC+01:00)`."""
        local = datetime.fromisoformat(text).astimezone(self.zone)
        offset = local.strftime("%z")
        return f"{dates.long_moment(local, self.tag)} (UTC{offset[:3]}:{offset[3:]})"


def make_pdf(edition: Edition, record: Json) -> bytes:
    """The bytes of the PDF. Raises NotTypeset where no PDF/A comes of it."""
    data = typeset(as_data(edition, record), {}, template=TEMPLATE)
    if b"pdfaid:part" not in data:
        raise NotTypeset("not PDF/A")
    return sealed(data)


def as_data(edition: Edition, record: Json) -> Json:
    """Everything that the template shows, as plain strings."""
    tag = get_language() or "en"
    here = Here(tag, ZoneInfo(edition.instrument.country.time_zone))
    rounds = with_restarts(Review.objects.filter(edition=edition).prefetch_related("stages"))
    known = Rounds(rounds[-1], rounds, frozenset(), restarts_of(rounds)) if rounds else None
    states = {one.round: known.state_label(one) for one in rounds} if known else {}
    title = plain_line(title_for(edition, tag))
    moment = edition.valid_from or edition.created.date()
    facts: list[Fact] = [
        (
            _("Document"),
            f"{record['instrument']['path']}, {_('Edition %(number)s') % {'number': edition.number}}",
        ),
        (_("Institution"), _line(record["instrument"]["owner_name"])),
        (
            _("Check number"),
            _numbered(edition.sha256, [one["language"] for one in record["edition"]["authentic"]]),
        ),
        (_("Hash of the text (SHA-256)"), edition.sha256, True),
    ]
    facts += [
        (f"{native_name(one['language'])} ({_('authentic')})", one["sha256"], True)
        for one in record["edition"]["authentic"]
    ]
    for one in [*record["edition"]["followed"], *record["edition"]["courtesy"]]:
        facts += _followed(one, here, one in record["edition"]["followed"])
    if edition.valid_from:
        facts.append((_("In force from"), dates.of_date(edition.valid_from, tag)))
    return {
        "lang": tag.partition("-")[0],
        "timestamp": int(datetime.fromisoformat(f"{moment.isoformat()}T12:00:00+00:00").timestamp()),
        "title": title,
        "heading": _("Approval record"),
        "owner": _line(record["instrument"]["owner_name"]),
        "sha256": record["sha256"],
        "running": f"{_('Approval record')}: {title[:90]}",
        "page": _("Page {n} of {all}"),
        "facts": facts,
        "acts": [_act(act, here) for act in record["acts"]],
        "rounds": [_round(one, here, states[one["round"]]) for one in record["rounds"]],
        "corrigenda": [_corrigendum(one, here) for one in record["corrigenda"]],
        "proof": [
            (_("Electronic seal"), holder() or _("None")),
            (_("Fingerprint of this record (SHA-256)"), record["sha256"], True),
        ],
        "words": {
            "acts": _("Act of adoption"),
            "corrigenda": _("Corrigenda"),
            "proof": _("How to check it"),
            "how": _(
                "The machine-readable file contains this record and the texts of the edition. "
                "Check it without Kodeks using the command “kodeks verify”."
            ),
        },
    }


def _act(act: Json, here: Here) -> list[Fact]:
    day = here.day(act["date"])
    facts: list[Fact] = [
        (str(ActKind(act["kind"]).label), _line(act["body"])),
        (_("Number of the act"), f"{_line(act['number'])}, {day}"),
    ]
    if act["protocol"]:
        facts.append((_("Protocol number"), _line(act["protocol"])))
    if act["session"]:
        facts.append((_("Number of the session"), _line(act["session"])))
    if gazette := describe_gazette(act["gazette"], act["gazette_number"], act["gazette_year"]):
        facts.append((_("Gazette"), _line(gazette)))
    if act["published"]:
        day = here.day(act["published"])
        facts.append((_("Published in the gazette on"), day))
    if covered := act.get("covers"):
        facts.append((_("Languages"), ", ".join(native_name(one) for one in sorted(covered))))
    if act["signed_file_sha256"]:
        sha256 = act["signed_file_sha256"]
        facts.append((_("Signed file (SHA-256)"), sha256, True))
        facts.append((_("Electronic signature"), _signature(sha256, here)))
    return facts


def _signature(sha256: str, here: Here) -> str:
    """What the last check found; the hash alone is evidence."""
    check = results([sha256]).get(sha256)
    if check is None or check.checked is None:
        return str(signed_papers.WAITING.label)
    label = signed_papers.show(check, sha256).style.label
    return f"{label} ({_('Checked')}: {here.moment(check.checked.isoformat())})"


def _followed(one: Json, here: Here, authentic: bool) -> list[Fact]:
    """A language that followed, or a translation: its number, hash, who checked it."""
    name = native_name(one["language"])
    kind = _("authentic") if authentic else _("translation no. %(number)d") % {"number": one["number"]}
    if not one["sha256"]:
        return [(f"{name} ({kind})", _("not adopted yet"))]
    facts: list[Fact] = [(f"{name} ({kind})", one["sha256"], True)]
    for given in one["checks"]:
        if given["agrees"] and given["sha256"] == one["sha256"]:
            facts.append((_("Checked by"), f"{_called(given['person'])}, {here.moment(given['at'])}"))
    return facts


def _corrigendum(one: Json, here: Here) -> list[Fact]:
    facts: list[Fact] = [
        (
            _("Corrigendum %(number)d") % {"number": one["number"]},
            _("“%(words)s” instead of “%(exact)s”")
            % {"words": _line(one["words"]), "exact": _line(one["quote"]["exact"])},
        ),
        (_("Language"), native_name(one["language"])),
        (_("Effective from"), here.day(one["valid_from"])),
        (_("Reason"), _line(one["reason"])),
        (_("Proposed by"), f"{_called(one['proposed_by'])}, {here.moment(one['proposed'])}"),
        (_("Recorded by"), f"{_called(one['recorded_by'])}, {here.moment(one['recorded'])}"),
        (_("Fingerprint of the corrigendum (SHA-256)"), one["sha256"], True),
    ]
    for act in one["acts"]:
        facts += _act(act, here)
    return facts


def _round(one: Json, here: Here, state: str) -> Json:
    facts: list[Fact] = [
        (_("Procedure"), _line(one["procedure"])),
        (_("Submitted by"), f"{_called(one['submitted_by'])}, {here.moment(one['manifest']['made'])}"),
        (_("State"), state),
    ]
    if one["reason"]:
        facts.append((_("Reason"), _line(one["reason"])))
    return {
        "title": _("Round %(number)d") % {"number": one["round"]},
        "facts": facts,
        "stages": [_stage(stage, here) for stage in one["stages"]],
    }


def _stage(stage: Json, here: Here) -> Json:
    source = stage["kept_from"]
    facts: list[Fact] = []
    if stage["institutions"]:
        heard = stage["kind"] == StageKind.CONSULTATION
        wanted = _("How many must answer") if heard else _("How many must agree")
        facts.append((wanted, quorum_label(stage["quorum"], stage["kind"])))
    if stage["due"]:
        facts.append((_("Deadline"), here.moment(stage["due"])))
    if stage.get("moved_reason"):
        facts.append((_("Deadline extended"), _line(stage["moved_reason"])))
    if source:
        facts.append((_("Carried over from"), _("Round %(number)d") % {"number": source["round"]}))
    elif stage["closed"]:
        facts.append(
            (_("State"), f"{outcome_label(stage['kind'], stage['outcome'])}, {here.moment(stage['closed'])}")
        )
    answers = []
    for seat in stage["institutions"]:
        answers += [_answer(seat, one, here, _("taken back")) for one in seat.get("taken_back", ())]
        given = [_answer(seat, one, here, _("no longer counts")) for one in seat["sign_offs"]]
        if not given:
            silent = seat["silence_taken_as_assent"]
            waited = _("not answered") if stage["opened"] else _("not started")
            message = _("no answer, counted as agreement") if silent else waited
            given = [{"who": _line(seat["name"]), "what": message, "reason": ""}]
        answers += given
    return {"title": f"{stage['order']}. {_line(stage['name'])}", "facts": facts, "answers": answers}


def _answer(seat: Json, given: Json, here: Here, voided: str) -> Json:
    who = _called(given["person"])
    if given["instead_of"]:
        who = _("%(name)s instead of %(asked)s") % {"name": who, "asked": _called(given["instead_of"])}
    answer = f"{Choice(given['answer']).label}, {who}, {here.moment(given['at'])}"
    if given["voided"]:
        why = _line(given["void_reason"])
        answer += f" ({voided}{': ' + why if why else ''})"
    answer += f" · {_numbered(given['text_sha256'], sorted(given['covers']))}"
    return {"who": _line(seat["name"]), "what": answer, "reason": _line(given["reason"])}


def _numbered(sha256: str, covered: list[str]) -> str:
    """A check number with the languages that it covers."""
    number = " ".join(check_groups(sha256))
    return f"{number} ({', '.join(native_name(one) for one in covered)})" if covered else number


def _called(person: Json) -> str:
    """The name of then, and the one of today where it is another."""
    return then_and_today(_line(person["name"]), _line(person.get("today") or person["name"]))


def _line(text: str) -> str:
    return plain_line(localized_name(text))
