"""What Kodeks stores of persons: of whom, where, why, how long, and what ends it. Code, page and the register
of processing (docs/privacy.md) are compared with this table by a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.actions import keep_working_copy
from people import throttle
from people.actions import invite, mail_link
from search.pages import zero_results

NAME_LASTS = timedelta(days=730)
"""After the last role ended, and as long as nobody signs in: then the worker removes the name."""
OWN_LASTS = timedelta(days=90)
"""What only the person sees, after the last role ended."""
MAILS_LAST = timedelta(days=180)
LINKS_LAST = timedelta(days=30)
"""Invitations and sign-in links, after they stopped working: until then a fresh one can be sent."""
LOG_LASTS = timedelta(days=730)
TASKS_LAST = timedelta(days=14)

OFFICE = _("People of the office")
DOCUMENTS_LAST = _("As long as the documents. Once the name is removed, a number stands in its place.")
SITE_LASTS = _("As long as the entry. Once the name is removed, a number stands in its place.")


@dataclass(frozen=True)
class Row:
    """``where``: fields by model. ``ends``: jobs of the worker by name, and actions by path. ``lasts``: the
    periods that ``until`` names."""

    key: str
    what: Promise
    whom: Promise
    why: Promise
    until: Promise
    where: Mapping[str, str]
    ends: tuple[str, ...]
    lasts: Mapping[str, timedelta] = field(default_factory=dict)

    @property
    def until_text(self) -> str:
        return str(self.until) % {name: duration(time) for name, time in self.lasts.items()}

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each field with its model."""
        return ((model, name) for model, names in self.where.items() for name in names.split())


def duration(time: timedelta) -> str:
    """Years where they are whole, else days; hours of what is over within two days."""
    if time < timedelta(days=2):
        hours = int(time.total_seconds() // 3600)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    years, rest = divmod(time.days, 365)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", time.days) % {"n": time.days}


NAMELESS = "people.actions.make_nameless.make_nameless"
NOBODY_LEFT = "names of people who left"

ROWS = (
    Row(
        "account",
        _("Name, e-mail address, language, password and app for signing in"),
        OFFICE,
        _("To sign in, and to show who answers for a text."),
        _("Until an operator removes the name after leaving, or %(time)s after the last role ended."),
        {
            "people.User": "password last_login email name actor dismissed",
            "people.FormerName": "user name",
            "mfa.Authenticator": "user data",
            "socialaccount.SocialAccount": "user uid",
            "account.EmailAddress": "user email",
            "account.EmailConfirmation": "email_address",
            "wagtailcore.APIToken": "user name",
        },
        (NAMELESS, NOBODY_LEFT),
        {"time": NAME_LASTS},
    ),
    Row(
        "roles",
        _("Roles, institutions, rights and tasks"),
        OFFICE,
        _("To decide who may read and do what."),
        DOCUMENTS_LAST,
        {
            "people.User_groups": "user",
            "people.User_user_permissions": "user",
            "people.Membership": "user languages given_by confirmed_by",
            "people.Grant": "user",
            "documents.Instrument_named_readers": "user",
            "documents.Assignment": "user assigned_by",
            "directory.Place_reader_people": "user",
            "directory.Service_reader_people": "user",
            "workflows.Delegate": "asked to given_by reason",
            "workflows.Seat": "user",
        },
        (NAMELESS,),
    ),
    Row(
        "tries",
        _("Attempts to sign in, with keyed hashes of e-mail address and network"),
        OFFICE,
        _("To stop people who guess passwords."),
        _("Failed attempts %(failed)s, sign-ins %(time)s."),
        {"people.SignInTry": "who where"},
        ("sign-ins that no longer count",),
        {"failed": throttle.EVERYWHERE.within, "time": throttle.KNOWN_FOR},
    ),
    Row(
        "counts",
        _("Counts of requests, with keyed hashes of account or network"),
        _("Everybody who uses Kodeks"),
        _("To stop programs that ask too much."),
        _("At most %(time)s."),
        {"limits.RequestCount": "key"},
        ("requests that no longer count",),
        {"time": timedelta(hours=2)},
    ),
    Row(
        "sessions",
        _("Sessions: who is signed in"),
        OFFICE,
        _("To stay signed in while you work."),
        _("At most %(time)s."),
        {"sessions.Session": "session_data", "usersessions.UserSession": "user user_agent ip"},
        ("traces of work",),
        {"time": timedelta(seconds=settings.SESSION_COOKIE_AGE)},
    ),
    Row(
        "links",
        _("Invitations and links to sign in, with the e-mail address"),
        _("People who are invited or sign in by a link"),
        _("To let in only the person who got the e-mail."),
        _("Invitations work for %(invited)s, links for %(link)s. Both are deleted %(time)s later."),
        {
            "people.Invitation": "email languages invited_by token_sha256",
            "people.MailLink": "user email token_sha256",
        },
        ("links and invitations", NAMELESS),
        {
            "invited": timedelta(days=invite.DAYS),
            "link": timedelta(hours=mail_link.HOURS),
            "time": LINKS_LAST,
        },
    ),
    Row(
        "mails",
        _("E-mails that Kodeks wrote: address, subject and text"),
        OFFICE,
        _("To send them, and to see what did not arrive."),
        _("At most %(time)s."),
        {
            "mail.Message": "to subject text html problem unsubscribe opens",
        },
        ("mails of long ago", NAMELESS),
        {"time": MAILS_LAST},
    ),
    Row(
        "documents",
        _("Comments, answers, sign-offs, suggestions and reasons, and who made each change"),
        OFFICE,
        _("To show how a document was made and who agreed to it."),
        DOCUMENTS_LAST,
        {
            "documents.Edition": "created_by",
            "documents.LanguageVersion": "submitted_by",
            "documents.Manifest": "made_by",
            "documents.AdoptionAct": "recorded_by",
            "proposals.Proposal": "proposed_by decided_by reason values",
            "documents.Comment": (
                "author to_person resolved_by decided_by applied_by text suggestion outcome_text quote"
            ),
            "documents.Corrigendum": "proposed_by withdrawn_by recorded_by reason",
            "documents.CorrigendumAct": "recorded_by",
            "documents.ReturnedFile": "by name",
            "documents.Suggestion": "decided_by",
            "documents.SectionChange": "actor",
            "documents.CaseDataAnswer": "person reason",
            "documents.Redaction": "created_by proposed_by approved_by",
            "documents.RedactionMark": "by words",
            "documents.WordTemplate": "by name",
            "documents.VersionCheck": "person remarks",
            "workflows.Review": "submitted_by end_reason",
            "workflows.Stage": "moved_reason",
            "workflows.SignOff": "person instead_of reason void_reason",
        },
        (NAMELESS,),
    ),
    Row(
        "authors",
        _("Names of authors in Word files"),
        _("People who are named in files"),
        _("To show who suggested a change."),
        DOCUMENTS_LAST,
        {"documents.Comment": "author_name", "documents.Suggestion": "author_name"},
        (NAMELESS,),
    ),
    Row(
        "signers",
        _("Names in the certificates of signed acts"),
        _("People who signed acts"),
        _("To show who signed an act, and whether the signature is valid."),
        _("As long as the signed file."),
        {"documents.PaperCheck": "result"},
        ("signed papers that were never checked",),
    ),
    Row(
        "unsaved",
        _("Text that was typed and not saved, and who has a section open"),
        OFFICE,
        _("To lose no text, and to warn colleagues."),
        _("At most %(time)s."),
        {"documents.WorkingCopy": "user body window", "documents.Presence": "user"},
        ("texts that nobody saved",),
        {"time": timedelta(days=keep_working_copy.DAYS)},
    ),
    Row(
        "uploads",
        _("Files that were uploaded and are not part of a document yet"),
        OFFICE,
        _("To read them into a draft, or to compare them."),
        _("At most %(time)s. Two compared files: %(compared)s."),
        {
            "documents.UploadBatch": "by name file refused",
            "documents.Upload": "by name file lines report decisions pairs would plan",
            "documents.FileComparison": "by old_name new_name old_file new_file result redline",
            "documents.FileTask": "by name file given result back",
        },
        ("files that nobody took in",),
        {
            "time": timedelta(days=settings.KODEKS_UPLOAD_DAYS),
            "compared": timedelta(hours=settings.KODEKS_COMPARISON_HOURS),
        },
    ),
    Row(
        "own",
        _("Saved searches, calendar address, what you have read, digest and your settings"),
        OFFICE,
        _("To offer you what you chose."),
        _("Until you delete it, or %(time)s after the last role ended."),
        {
            "search.SavedSearch": "user name query",
            "workflows.CalendarFeed": "user token_sha256",
            "workflows.SectionRead": "user",
            "documents.LastRead": "user",
            "mail.DigestReader": "email",
            "wagtailusers.UserProfile": "user avatar",
            "wagtailcore.PageSubscription": "user",
        },
        ("what only people who left could see", NAMELESS),
        {"time": OWN_LASTS},
    ),
    Row(
        "questions",
        _("What is typed into the search, without who typed it"),
        _("Everybody who searches"),
        _("To learn which words the library lacks."),
        _("Counts: %(time)s. Hashes that stop double counts: at most %(once)s."),
        {
            "search.AskedToday": "digest",
            "search.Unanswered": "words",
        },
        ("searches without results",),
        {"time": timedelta(days=zero_results.DAYS), "once": timedelta(days=1)},
    ),
    Row(
        "trail",
        _("Audit trail: what was done and when, with a number for the person"),
        OFFICE,
        _("To prove that nobody changed the record."),
        _("As long as Kodeks runs. Once the name is removed, the number names nobody."),
        {"audit.Entry": "actor detail", "audit.FurtherRefusals": "actor", "audit.Reason": "text"},
        (NAMELESS,),
    ),
    Row(
        "contacts",
        _("Contacts of institutions and services, and who looks after them"),
        _("Staff of institutions and services"),
        _("To let people find help."),
        _("Until the entry is changed or removed."),
        {
            "documents.Contact": "names number tel",
            "documents.ContactChange": "proposed_by values",
            "directory.Service": "number tel sms email keeper confirmed_by",
            "directory.Place": "address",
            "public.Hotline": "number tel abroad sms chat",
            "public.HotlineChange": "by decided_by values",
        },
        ("directory.actions.change_record.change_record",),
    ),
    Row(
        "site",
        _("Who made, changed and confirmed campaigns, pictures, recordings and materials"),
        OFFICE,
        _("To have two people for each publication, and to undo mistakes."),
        SITE_LASTS,
        {
            "public.BlockTranslation": "by reviewed_by source_texts",
            "public.Picture": "uploaded_by_user",
            "materials.Material": "by",
            "recordings.Medium": "uploaded_by_user",
            "recordings.Recording": "by",
            "wagtailcore.Page": "owner locked_by",
            "wagtailcore.Revision": "user content",
            "wagtailcore.Comment": "user text resolved_by",
            "wagtailcore.CommentReply": "user text",
            "wagtailcore.TaskState": "finished_by comment",
            "wagtailcore.WorkflowState": "requested_by",
            "wagtailcore.UploadedFile": "uploaded_by_user",
            "wagtailmedia.Media": "uploaded_by_user",
            "wagtaildocs.Document": "uploaded_by_user",
            "wagtailimages.Image": "uploaded_by_user",
        },
        (NAMELESS,),
    ),
    Row(
        "admin",
        _("Log of the admin, unfinished forms and open pages there"),
        OFFICE,
        _("To see who changed what."),
        _("The log: %(time)s. Forms and open pages: %(form)s."),
        {
            "wagtailcore.ModelLogEntry": "user label data",
            "wagtailcore.PageLogEntry": "user label data",
            "wagtailadmin.EditingSession": "user",
            "wagtailadmin.FormState": "user data",
        },
        ("traces of work", NAMELESS),
        {"time": LOG_LASTS, "form": timedelta(days=1)},
    ),
    Row(
        "media",
        _("Pictures, voices, audio and video of campaigns"),
        _("People who can be seen or heard"),
        _("To inform the public, with the consent of those people."),
        _("Until the file is removed."),
        {
            "public.Picture": "file",
            "recordings.Medium": "file thumbnail transcript",
            "recordings.Recording": "sound archive",
            "recordings.Captions": "text",
        },
        ("wagtailmedia.views.media.delete",),
    ),
    Row(
        "tasks",
        _("Background tasks and their error messages"),
        OFFICE,
        _("To do slow work later, and to find faults."),
        _("At most %(time)s."),
        {"django_tasks_database.DBTaskResult": "args_kwargs return_value traceback"},
        ("traces of work",),
        {"time": TASKS_LAST},
    ),
    Row(
        "backups",
        _("Backups of the database and of all files"),
        _("Everybody named above"),
        _("To restore Kodeks after a failure."),
        _("The last of each of seven days, five weeks and twelve months."),
        {},
        ("backup",),
    ),
)
