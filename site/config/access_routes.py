"""Who may open which address of both hosts: a row for every route, by its name or its path.

The views ask ``people.access.may``. The walk in tests/support/access judges every answer by this table, and
a route without a row fails it. ``manage.py access_matrix`` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from people.actions.groups import ADMIN_ROLES
from people.roles import DRAFTING, Role, Verb


@dataclass(frozen=True)
class Row:
    """``open``: nobody signs in. ``roles``: one of them is needed, anywhere; None: none is. ``verb``: may be
    done to the edition that the address names. ``review``: the review that it names may be read."""

    open: bool = False
    roles: frozenset[Role] | None = None
    verb: Verb | None = None
    review: bool = False

    @property
    def who(self) -> str:
        if self.open and self.verb is None:
            return "everybody"
        found = "everybody" if self.open else "whoever is signed in"
        if self.roles is not None:
            found = ", ".join(sorted(self.roles))
        if self.verb is not None:
            found += f" with the right: {self.verb.value}"
        return found + (" with a part in the review" if self.review else "")


def _roles(*roles: Role) -> Row:
    return Row(roles=frozenset(roles))


EVERYBODY, SIGNED_IN = Row(open=True), Row()

WRITING = DRAFTING | {Role.TRANSLATOR}

_OFFICE: dict[Row, str] = {
    EVERYBODY: """
        healthz readyz favicon.ico calendar privacy stop_mails
        account_login account_request account_confirm account_inactive account_reset openid_connect_
        mfa_login_webauthn mfa_authenticate people:invitation people:mail_link""",
    SIGNED_IN: """
        search-api: hsds-api: files: material_ picture recording medium transcript poster captions
        wagtaildocs_serve home help_index news help styles directory:
        account_logout account_reauthenticate account_change mfa_ usersessions_ people:account
        people:close_hint proposals:
        search: glossary: saved:list saved:new saved:change saved:delete documents:library documents:country
        review:list review:delegates review:delegate_end review:calendar
        desk:home desk:new_from_file desk:upload_state desk:several desk:batch
        desk:compare_files desk:compared desk:file_task desk:default_template""",
    _roles(Role.OPERATOR): """
        health statusz mail:outbox saved:unanswered
        admin/users/ admin/groups/ admin/sites/ admin/locales/ admin/collections/ admin/workflows/
        admin/kodeks/countries/ admin/kodeks/institutions/ admin/kodeks/memberships/""",
    _roles(Role.PUBLISHER, Role.PRACTITIONER, Role.OPERATOR): "outreach:",
    _roles(Role.COORDINATOR, Role.OPERATOR): """
        people:directory people:person people:invite people:confirm people:end people:take_app_back
        people:hand_over audit: desk:template desk:try_template desk:trusted_lists""",
    _roles(Role.COORDINATOR): """
        coordinate:desk coordinate:csv coordinate:choose coordinate:procedure desk:start_tiles
        desk:new""",
    Row(verb=Verb.READ): "documents: search:like search:countries",
    Row(verb=Verb.READ, roles=WRITING): """
        desk:draft desk:removed desk:languages desk:versions desk:corrigendum desk:earlier_text desk:changes
        desk:suggestion desk:case_data desk:explain_case_data""",
    Row(verb=Verb.OUTLINE): """
        desk:move desk:add desk:remove desk:restore desk:titles desk:upload desk:landing desk:report
        desk:ready""",
    Row(verb=Verb.DRAFT): """
        desk:find desk:undo_replace desk:word desk:own_file desk:import_returned desk:returned_
        desk:decide_suggestions desk:undo_suggestions desk:section desk:picture
        desk:working_copy desk:discard_copy desk:resolve_conflict desk:still_right""",
    Row(verb=Verb.TRANSLATE): "desk:exchange desk:take_along",
    Row(verb=Verb.CORRECT): "desk:correct",
    Row(verb=Verb.REVISE): "desk:revise",
    Row(verb=Verb.ADOPT): "desk:repeal desk:adopt_language desk:check_version",
    Row(verb=Verb.ASSIGN): "desk:people desk:unassign",
    Row(verb=Verb.CLASSIFY): """
        desk:classification desk:short_titles desk:redaction desk:redact_section
        desk:propose_redaction desk:approve_redaction desk:withdraw_redaction""",
    Row(verb=Verb.SHARE): "desk:readers desk:end_reading",
    Row(verb=Verb.CALLS): "desk:calls",
    Row(verb=Verb.SUBMIT): "coordinate:start",
    Row(verb=Verb.RECORD): "coordinate:prior",
    Row(roles=frozenset({Role.COORDINATOR}), review=True): """
        coordinate:review coordinate:remind coordinate:ask coordinate:extend coordinate:go_on
        coordinate:restart coordinate:withdraw coordinate:reopen coordinate:adopt""",
    Row(review=True): """
        review:room review:answer review:take_back review:read review:comment review:reply review:resolve
        review:decide review:accept review:record_ review:matrix review:one_comment""",
    _roles(*ADMIN_ROLES): "admin/ admin/workflows/task_chooser/",
}
_PUBLIC: dict[Row, str] = {
    EVERYBODY: """
        healthz readyz favicon.ico data: search-api: hsds-api: files: material_ short_link picture recording
        medium transcript poster captions wagtaildocs_serve search: glossary: documents:library
        documents:country materials: directory: metadata: public:""",
    Row(open=True, verb=Verb.READ): "documents: search:like search:countries",
}


def _by_name(rows: Mapping[Row, str]) -> dict[str, Row]:
    return {name: row for row, names in rows.items() for name in names.split()} | {"": EVERYBODY}


ROWS = {"office": _by_name(_OFFICE), "public": _by_name(_PUBLIC)}
"""By host and by the beginning of a route's name or path; the longest counts."""


def row_of(host: str, name: str, path: str) -> Row | None:
    """The row of a route; None where there is none."""
    if not name and not path:
        return ROWS[host][""]
    found = [one for one in ROWS[host] if one and (name.startswith(one) or path.startswith(one))]
    return ROWS[host][max(found, key=len)] if found else None
