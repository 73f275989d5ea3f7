"""What is said of the signatures of a paper: one pill, one sentence, and the details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from documents.actions.check_papers import paper_of
from documents.models import PaperCheck
from documents.signatures.verdicts import Covers, Kind, Quality, Revocation, Signature, Verdict
from theme import dates


@dataclass(frozen=True)
class Style:
    """A pill: its colour, icon and label; and a sentence for who records the act."""

    css: str
    icon: str
    label: Promise
    text: Promise


GOOD = gettext_lazy("Every signature is valid.")
CAREFUL = gettext_lazy("You can still record it. First ask the body that signed it.")
STYLES = {
    Verdict.GOOD: Style("ok", "ok", gettext_lazy("Signature valid"), GOOD),
    Verdict.FILLED: Style(
        "review",
        "half",
        gettext_lazy("Signed, form filled in later"),
        gettext_lazy("Somebody filled in fields of the form after it was signed. Compare them."),
    ),
    Verdict.UNKNOWN: Style(
        "review",
        "half",
        gettext_lazy("Signer not known"),
        gettext_lazy("The text is as it was signed. No imported list confirms who signed it."),
    ),
    Verdict.WITHDRAWN: Style(
        "review",
        "half",
        gettext_lazy("Certificate service withdrawn"),
        gettext_lazy("The trusted list no longer confirms the service that issued the certificate."),
    ),
    Verdict.USAGE: Style("late", "warn", gettext_lazy("Certificate not for signatures"), CAREFUL),
    Verdict.NOT_YET: Style("late", "warn", gettext_lazy("Certificate not valid yet"), CAREFUL),
    Verdict.EXPIRED: Style(
        "review",
        "half",
        gettext_lazy("Certificate expired"),
        gettext_lazy("No time stamp proves that it was signed while the certificate was valid."),
    ),
    Verdict.IRREGULAR: Style(
        "review",
        "half",
        gettext_lazy("File against the rules of PDF"),
        gettext_lazy("Programs may show this file differently. Ask for a new file."),
    ),
    Verdict.REVOKED: Style("late", "warn", gettext_lazy("Certificate revoked"), CAREFUL),
    Verdict.WEAK: Style("late", "warn", gettext_lazy("Signature too weak"), CAREFUL),
    Verdict.BROKEN: Style("late", "warn", gettext_lazy("Signature damaged"), CAREFUL),
    Verdict.PARTIAL: Style("late", "warn", gettext_lazy("Only a part is signed"), CAREFUL),
    Verdict.ALTERED: Style("late", "warn", gettext_lazy("Changed after signing"), CAREFUL),
    Verdict.STAMPED: Style(
        "review",
        "half",
        gettext_lazy("Time stamp only"),
        gettext_lazy("A time stamp shows since when the file is unchanged. Nobody signed it."),
    ),
    Verdict.UNSIGNED: Style(
        "old",
        "file",
        gettext_lazy("No electronic signature"),
        gettext_lazy("This is usual for a scanned paper."),
    ),
    Verdict.LOCKED: Style(
        "review",
        "lock",
        gettext_lazy("Protected by a password"),
        gettext_lazy("Kodeks can’t check it, and readers can’t open it. Choose a file without a password."),
    ),
    Verdict.UNREADABLE: Style(
        "late",
        "warn",
        gettext_lazy("Not readable"),
        gettext_lazy("This PDF is damaged. Check that you can open it."),
    ),
    Verdict.TOO_MUCH: Style(
        "review",
        "half",
        gettext_lazy("Too much to check"),
        gettext_lazy("The file is too large or too complex to be checked."),
    ),
}
NOT_VERIFIED = Style(
    "review",
    "half",
    gettext_lazy("Valid by a list that is not verified"),
    gettext_lazy("Nobody checked who made the trusted list. An operator can import it with the certificate."),
)
WAITING = Style(
    "review",
    "clock",
    gettext_lazy("Signatures not checked yet"),
    gettext_lazy("Kodeks is checking the signatures. This usually takes a few seconds."),
)
KINDS = {
    Kind.SIGNATURE: gettext_lazy("Signature"),
    Kind.SEAL: gettext_lazy("Electronic seal"),
    Kind.STAMP: gettext_lazy("Time stamp"),
}
COVERS = {
    Covers.FILE: gettext_lazy("the whole file"),
    Covers.REVISION: gettext_lazy("an earlier version of the file"),
    Covers.PART: gettext_lazy("only a part of the file"),
}
QUALITIES = {
    Quality.QUALIFIED: gettext_lazy("yes, by the trusted list"),
    Quality.CERTIFICATE: gettext_lazy("only the certificate"),
    Quality.NONE: gettext_lazy("no"),
}
REVOCATIONS = {
    Revocation.NOT_REVOKED: gettext_lazy("no"),
    Revocation.UNCHECKED: gettext_lazy("not known: no list for this certificate"),
    Revocation.REVOKED: gettext_lazy("yes"),
}


@dataclass(frozen=True)
class ShownSignature:
    title: str
    style: Style
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownPaper:
    """A check in words, in the language of the page."""

    sha256: str
    style: Style
    signatures: tuple[ShownSignature, ...] = ()
    checked: datetime | None = None
    waits: bool = False

    @property
    def html(self) -> SafeString:
        return render_to_string("documents/signed_paper.html", {"paper": self})

    @property
    def html_in_form(self) -> SafeString:
        """With a button that shows the form's page again, while the check waits."""
        return render_to_string("documents/signed_paper.html", {"paper": self, "asks": True})


def show(check: PaperCheck | None, sha256: str) -> ShownPaper:
    """The check of the paper with this hash."""
    paper = paper_of(check)
    if check is None or paper is None:
        return ShownPaper(sha256, WAITING, waits=True)
    shown = tuple(_signature(one) for one in paper.signatures)
    style = _style(paper.verdict, paper.signatures)
    return ShownPaper(sha256, style, shown, check.checked, check.wanted is not None)


def _signature(one: Signature) -> ShownSignature:
    rows = tuple((label, value) for label, value in _rows(one) if value)
    return ShownSignature(str(KINDS[one.kind]), _style(one.verdict, [one]), rows)


def _style(verdict: Verdict, signatures: Sequence[Signature]) -> Style:
    by_any_list = any(one.service and not one.verified for one in signatures)
    return NOT_VERIFIED if verdict == Verdict.GOOD and by_any_list else STYLES[verdict]


def _rows(one: Signature) -> Iterator[tuple[str, str]]:
    yield _("Signed by"), one.name
    yield _("Organisation"), one.organisation if one.organisation != one.name else ""
    yield _("Certificate from"), one.issuer
    yield _("Time by the signer’s clock"), _moment(one.claimed)
    yield _("Time stamp"), " · ".join(filter(None, (_moment(one.stamped), one.stamped_by)))
    yield _("What is signed"), str(COVERS[one.covers]) if one.signed_bytes else ""
    if one.kind == Kind.STAMP or not one.name:
        return
    if one.verdict in (Verdict.GOOD, Verdict.FILLED):
        doubt = _("the list is not verified") if one.service and not one.verified else ""
        yield _("Qualified"), " · ".join(filter(None, (str(QUALITIES[one.quality]), one.service, doubt)))
    yield _("Certificate valid until"), _moment(one.valid_until)
    if one.verdict in (Verdict.GOOD, Verdict.FILLED, Verdict.REVOKED):
        yield _("Revoked"), " · ".join(filter(None, (str(REVOCATIONS[one.revocation]), _moment(one.revoked))))


def _moment(moment: str) -> str:
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    return f"{dates.long_moment(found, get_language() or 'en')} (UTC)"
