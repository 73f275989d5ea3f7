"""Labels of the verbs of the audit trail. The trail keeps the verbs; their labels may change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

VERBS = {
    "open": pgettext_lazy("in the audit trail", "requested a page"),
    "sign_in": pgettext_lazy("in the audit trail", "signed in"),
    "second_factor": pgettext_lazy("in the audit trail", "entered a two-factor code"),
    "set_up_second_factor": pgettext_lazy("in the audit trail", "set up two-factor authentication"),
    "remove_second_factor": pgettext_lazy("in the audit trail", "removed an app or a passkey"),
    "new_recovery_codes": pgettext_lazy("in the audit trail", "made new recovery codes"),
    "link_identity": pgettext_lazy("in the audit trail", "linked a government's sign-in"),
    "end_session": pgettext_lazy("in the audit trail", "ended one of the sessions"),
    "end_sessions": pgettext_lazy("in the audit trail", "ended the other sessions"),
    "sign_in_code": pgettext_lazy("in the audit trail", "requested a code by e-mail to sign in"),
    "use_mail_link": pgettext_lazy("in the audit trail", "used a link in an e-mail"),
    "take_back_second_factor": pgettext_lazy("in the audit trail", "reset two-factor authentication"),
    "mail_link": pgettext_lazy("in the audit trail", "sent an e-mail with a link that opens the review"),
    "change_password": pgettext_lazy("in the audit trail", "changed the password"),
    "new_password": pgettext_lazy("in the audit trail", "set a new password"),
    "password_mail": pgettext_lazy("in the audit trail", "requested a new password"),
    "change_account": pgettext_lazy("in the audit trail", "changed the account"),
    "invite": pgettext_lazy("in the audit trail", "invited"),
    "join": pgettext_lazy("in the audit trail", "joined"),
    "confirm_role": pgettext_lazy("in the audit trail", "confirmed a role"),
    "refuse_role": pgettext_lazy("in the audit trail", "rejected a role"),
    "end_membership": pgettext_lazy("in the audit trail", "removed a role"),
    "hand_over": pgettext_lazy("in the audit trail", "transferred work"),
    "take_over": pgettext_lazy("in the audit trail", "took over a role"),
    "add_operator": pgettext_lazy("in the audit trail", "added an operator"),
    "enter_role": pgettext_lazy("in the audit trail", "entered a role"),
    "make_nameless": pgettext_lazy("in the audit trail", "removed a name"),
    "save_country": pgettext_lazy("in the audit trail", "changed a country"),
    "save_institution": pgettext_lazy("in the audit trail", "changed an institution"),
    "export_country": pgettext_lazy("in the audit trail", "exported all data of a country"),
    "import_country": pgettext_lazy("in the audit trail", "imported the data of a country"),
    "create": pgettext_lazy("in the audit trail", "created a document"),
    "import": pgettext_lazy("in the audit trail", "imported a Word file"),
    "upload": pgettext_lazy("in the audit trail", "uploaded a file"),
    "store_picture": pgettext_lazy("in the audit trail", "added a picture"),
    "import_trust_list": pgettext_lazy("in the audit trail", "imported a trusted list"),
    "remove_trust_list": pgettext_lazy("in the audit trail", "removed a trusted list"),
    "put_template": pgettext_lazy("in the audit trail", "activated a Word template"),
    "set_template_styles": pgettext_lazy("in the audit trail", "set the styles of a Word template"),
    "end_template": pgettext_lazy("in the audit trail", "retired a Word template"),
    "export_own": pgettext_lazy("in the audit trail", "downloaded the Word file"),
    "bring_back": pgettext_lazy("in the audit trail", "imported tracked changes from Word"),
    "take_translation": pgettext_lazy("in the audit trail", "imported a translated file"),
    "mark_translated": pgettext_lazy("in the audit trail", "marked a translation as up to date"),
    "save_section": pgettext_lazy("in the audit trail", "saved a section"),
    "title": pgettext_lazy("in the audit trail", "changed a title"),
    "add": pgettext_lazy("in the audit trail", "added a section"),
    "move": pgettext_lazy("in the audit trail", "moved a section"),
    "remove": pgettext_lazy("in the audit trail", "removed a section"),
    "add_section": pgettext_lazy("in the audit trail", "added a section"),
    "move_section": pgettext_lazy("in the audit trail", "moved a section"),
    "restore_section": pgettext_lazy("in the audit trail", "restored a section"),
    "remove_section": pgettext_lazy("in the audit trail", "removed a section"),
    "assign": pgettext_lazy("in the audit trail", "assigned work"),
    "unassign": pgettext_lazy("in the audit trail", "removed an assignment"),
    "start_revision": pgettext_lazy("in the audit trail", "started a new edition"),
    "submit": pgettext_lazy("in the audit trail", "submitted for review"),
    "lock_text": pgettext_lazy("in the audit trail", "locked the text"),
    "go_without": pgettext_lazy("in the audit trail", "confirmed continuing without accepted suggestions"),
    "start_review": pgettext_lazy("in the audit trail", "started a review"),
    "open_stage": pgettext_lazy("in the audit trail", "opened a stage"),
    "end_stage": pgettext_lazy("in the audit trail", "closed a stage"),
    # Told of refusals alone: who goes on to the next stage ends this one. The filter offers the three as one.
    "end_coordination": pgettext_lazy("in the audit trail", "closed a stage"),
    "end_consultation": pgettext_lazy("in the audit trail", "closed a stage"),
    "sign_off": pgettext_lazy("in the audit trail", "answered for the institution"),
    "silent_assent": pgettext_lazy("in the audit trail", "counted no answer as agreement"),
    "take_back_answer": pgettext_lazy("in the audit trail", "took back the answer of the institution"),
    "void_sign_off": pgettext_lazy("in the audit trail", "cancelled an answer"),
    "void_review": pgettext_lazy("in the audit trail", "ended a review without a result"),
    "review_done": pgettext_lazy("in the audit trail", "review ended"),
    "withdraw_review": pgettext_lazy("in the audit trail", "withdrew a review"),
    "reopen": pgettext_lazy("in the audit trail", "reopened the text"),
    "restart": pgettext_lazy("in the audit trail", "restarted a review from a stage"),
    "extend": pgettext_lazy("in the audit trail", "changed a deadline"),
    "remind": pgettext_lazy("in the audit trail", "sent a reminder"),
    "remind_all": pgettext_lazy("in the audit trail", "sent reminders"),
    "hand_over_seat": pgettext_lazy("in the audit trail", "chose another reviewer"),
    # Told of refusals alone, as above.
    "ask_another": pgettext_lazy("in the audit trail", "chose another reviewer"),
    "delegate": pgettext_lazy("in the audit trail", "named a delegate"),
    "end_delegate": pgettext_lazy("in the audit trail", "ended a delegation"),
    "comment": pgettext_lazy("in the audit trail", "commented"),
    "resolve": pgettext_lazy("in the audit trail", "resolved a comment"),
    "unresolve": pgettext_lazy("in the audit trail", "reopened a comment"),
    "decide_comment": pgettext_lazy("in the audit trail", "answered a comment"),
    "suggestion_accepted": pgettext_lazy("in the audit trail", "accepted a suggestion"),
    "suggestion_refused": pgettext_lazy("in the audit trail", "rejected a suggestion"),
    "suggestion_reopened": pgettext_lazy("in the audit trail", "reopened a suggestion"),
    "apply_suggestion": pgettext_lazy("in the audit trail", "inserted suggested words"),
    "take_answers": pgettext_lazy("in the audit trail", "imported responses to comments"),
    "change_procedure": pgettext_lazy("in the audit trail", "changed a procedure"),
    "adopt": pgettext_lazy("in the audit trail", "recorded the adoption"),
    "propose_prior": pgettext_lazy("in the audit trail", "recorded an earlier adoption"),
    "confirm_prior": pgettext_lazy("in the audit trail", "confirmed an earlier adoption"),
    "begin_translation": pgettext_lazy("in the audit trail", "opened the next version of a translation"),
    "submit_translation": pgettext_lazy("in the audit trail", "submitted a translation for checking"),
    "check_translation": pgettext_lazy("in the audit trail", "checked a translation"),
    "no_case_data": pgettext_lazy("in the audit trail", "explained why a text holds no case data"),
    "ask_case_data": pgettext_lazy("in the audit trail", "asked a second person about case data"),
    "start_redaction": pgettext_lazy("in the audit trail", "started a redacted edition"),
    "unmark_redaction": pgettext_lazy("in the audit trail", "put words back into a redacted edition"),
    "confirm_redacted_words": pgettext_lazy(
        "in the audit trail", "confirmed that all words are marked in each language"
    ),
    "propose_redaction": pgettext_lazy("in the audit trail", "proposed a redacted edition"),
    "return_redaction": pgettext_lazy("in the audit trail", "returned a redacted edition for changes"),
    "approve_redaction": pgettext_lazy("in the audit trail", "approved a redacted edition"),
    "publish_redacted": pgettext_lazy("in the audit trail", "published a redacted edition"),
    "end_redaction": pgettext_lazy("in the audit trail", "withdrew a redacted edition"),
    "discard_redaction": pgettext_lazy("in the audit trail", "discarded a redacted edition"),
    "return_translation": pgettext_lazy("in the audit trail", "returned a translation for changes"),
    "adopt_language": pgettext_lazy("in the audit trail", "recorded the adoption of another language"),
    "propose_corrigendum": pgettext_lazy("in the audit trail", "proposed a corrigendum"),
    "record_corrigendum": pgettext_lazy("in the audit trail", "recorded a corrigendum"),
    "withdraw_corrigendum": pgettext_lazy("in the audit trail", "withdrew a corrigendum"),
    "refuse_prior": pgettext_lazy("in the audit trail", "rejected an earlier adoption"),
    "enter_into_force": pgettext_lazy("in the audit trail", "brought a text into force"),
    "supersede": pgettext_lazy("in the audit trail", "replaced an edition with a new one"),
    "withdrawn": pgettext_lazy("in the audit trail", "withdrew a text"),
    "repealed": pgettext_lazy("in the audit trail", "repealed a text"),
    "classify": pgettext_lazy("in the audit trail", "changed the classification"),
    "propose_classification": pgettext_lazy("in the audit trail", "proposed a classification change"),
    "refuse_classification": pgettext_lazy("in the audit trail", "rejected a classification change"),
    "short_titles": pgettext_lazy("in the audit trail", "changed the short titles"),
    "add_synonyms": pgettext_lazy("in the audit trail", "added a group of synonyms"),
    "change_synonyms": pgettext_lazy("in the audit trail", "changed a group of synonyms"),
    "share": pgettext_lazy("in the audit trail", "shared a document"),
    "end_sharing": pgettext_lazy("in the audit trail", "stopped sharing"),
    "name_reader": pgettext_lazy("in the audit trail", "added a reader"),
    "end_reader": pgettext_lazy("in the audit trail", "removed a reader"),
    "add_contact": pgettext_lazy("in the audit trail", "added a helpline number"),
    "change_contact": pgettext_lazy("in the audit trail", "changed a helpline number"),
    "remove_contact": pgettext_lazy("in the audit trail", "removed a helpline number"),
    "add_start_tile": pgettext_lazy("in the audit trail", "added a tile of the first page"),
    "change_start_tile": pgettext_lazy("in the audit trail", "changed a tile of the first page"),
    "remove_start_tile": pgettext_lazy("in the audit trail", "removed a tile of the first page"),
    "record_backup": pgettext_lazy("in the audit trail", "recorded a backup"),
    "create_page": pgettext_lazy("in the audit trail", "created a campaign page"),
    "edit_page": pgettext_lazy("in the audit trail", "saved a draft of a campaign page"),
    "publish_page": pgettext_lazy("in the audit trail", "published a campaign page"),
    "mark_page_translated": pgettext_lazy(
        "in the audit trail", "marked the translation of a campaign as up to date"
    ),
    "review_page_translation": pgettext_lazy("in the audit trail", "reviewed the translation of a campaign"),
    "schedule_page": pgettext_lazy("in the audit trail", "scheduled a campaign page"),
    "unschedule_page": pgettext_lazy("in the audit trail", "cancelled the schedule of a campaign page"),
    "unpublish_page": pgettext_lazy("in the audit trail", "unpublished a campaign page"),
    "delete_page": pgettext_lazy("in the audit trail", "deleted a campaign page"),
    "move_page": pgettext_lazy("in the audit trail", "moved a campaign page"),
    "lock_page": pgettext_lazy("in the audit trail", "locked a campaign page"),
    "unlock_page": pgettext_lazy("in the audit trail", "unlocked a campaign page"),
    "restrict_page": pgettext_lazy("in the audit trail", "changed who can see a campaign page"),
    "ask_page": pgettext_lazy("in the audit trail", "asked a second person to confirm a campaign"),
    "confirm_page": pgettext_lazy("in the audit trail", "confirmed a campaign"),
    "refuse_page": pgettext_lazy("in the audit trail", "sent a campaign back"),
    "restore_page": pgettext_lazy("in the audit trail", "restored an earlier version of a campaign"),
    "add_hotline": pgettext_lazy("in the audit trail", "added a number to call"),
    "change_hotline": pgettext_lazy("in the audit trail", "changed a number to call"),
    "confirm_hotline": pgettext_lazy("in the audit trail", "confirmed a number to call"),
    "refuse_hotline": pgettext_lazy("in the audit trail", "rejected a change of a number to call"),
    "check_hotline": pgettext_lazy("in the audit trail", "checked a number to call"),
    "enter_hotline": pgettext_lazy("in the audit trail", "entered a number to call"),
    "delete_hotline": pgettext_lazy("in the audit trail", "deleted a number to call"),
    "make_materials": pgettext_lazy("in the audit trail", "ordered materials of a campaign"),
    "publish_materials": pgettext_lazy("in the audit trail", "published materials of a campaign"),
    "withdraw_materials": pgettext_lazy("in the audit trail", "took materials of a campaign off the site"),
    "recall_materials": pgettext_lazy("in the audit trail", "collected printed materials of a campaign"),
    "add_record": pgettext_lazy("in the audit trail", "added a record of the directory"),
    "change_record": pgettext_lazy("in the audit trail", "changed a record of the directory"),
    "confirm_record": pgettext_lazy("in the audit trail", "confirmed a record of the directory"),
    "refuse_record": pgettext_lazy("in the audit trail", "rejected a change of the directory"),
    "check_record": pgettext_lazy("in the audit trail", "checked a service of the directory"),
    "ask_keeper": pgettext_lazy("in the audit trail", "asked whether a service is still right"),
    "enter_record": pgettext_lazy("in the audit trail", "entered a record of the directory"),
    "upload_recording": pgettext_lazy("in the audit trail", "uploaded a recording"),
    "publish_recording": pgettext_lazy("in the audit trail", "published a recording"),
    "take_down_recording": pgettext_lazy("in the audit trail", "took down a recording"),
    "restore_recording": pgettext_lazy("in the audit trail", "put back a recording"),
    "add_medium": pgettext_lazy("in the audit trail", "added audio or video"),
    "change_picture": pgettext_lazy("in the audit trail", "changed a picture"),
    "change_medium": pgettext_lazy("in the audit trail", "changed audio or video"),
    "delete_medium": pgettext_lazy("in the audit trail", "deleted audio or video"),
    "enter_sheet": pgettext_lazy("in the audit trail", "entered the sums of a comprehension sheet"),
    "delete_sheet": pgettext_lazy("in the audit trail", "deleted the sums of a comprehension sheet"),
    "save_search": pgettext_lazy("in the audit trail", "saved a search"),
    "change_saved_search": pgettext_lazy("in the audit trail", "changed a saved search"),
    "delete_saved_search": pgettext_lazy("in the audit trail", "deleted a saved search"),
    "explain_search": pgettext_lazy("in the audit trail", "explained a search with somebody's rights"),
    "stop_alerts": pgettext_lazy("in the audit trail", "stopped e-mails about saved searches"),
    "export_audit": pgettext_lazy("in the audit trail", "exported the audit trail"),
    "make_calendar": pgettext_lazy("in the audit trail", "created a calendar link"),
    "end_calendar": pgettext_lazy("in the audit trail", "deleted a calendar link"),
}


def label(verb: str) -> str:
    """The verb in the language of the page; the verb itself where it has no words yet."""
    return str(VERBS.get(verb, verb))


def of_entry(verb: str, detail: Any, *, is_by_person: bool) -> str:
    """The verb of an entry. Sending a link with a request is no act of a person; wanting or using one
    is."""
    if verb == "mail_link" and is_by_person:
        return pgettext("in the audit trail", "requested a link by e-mail to sign in")
    if verb == "sign_in" and isinstance(detail, dict) and detail.get("by") == "mail_link":
        return pgettext("in the audit trail", "used a link in an e-mail")
    return label(verb)


def choices() -> list[tuple[str, str]]:
    """The verbs for a field, ordered by label. Where several have the same label, the first stands for all
    (:func:`same`)."""
    first: dict[str, str] = {}
    for verb, text in VERBS.items():
        first.setdefault(str(text), verb)
    return [("", _("Everything")), *((verb, text) for text, verb in sorted(first.items()))]


def same(verb: str) -> list[str]:
    """The verbs that say the same as this one."""
    return [one for one, text in VERBS.items() if str(text) == label(verb)]
