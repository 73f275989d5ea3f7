"""The database publishes no recording that the audit trail does not name with this sound and this text."""

from audit.guards import Guard, add, last_told, never_emptied, numbered

SAYS = "the trail does not publish this recording"
ENTRY = (
    "SELECT 1 FROM audit_entry a WHERE a.thing = 'recording:' || CAST(NEW.id AS TEXT) AND NOT a.refused "
    "AND a.verb = 'publish_recording' AND a.detail ->> 'sha256' = NEW.sha256 "
    "AND a.detail ->> 'text_sha256' = NEW.text_sha256"
)
UNNAMED = f"NEW.published IS NOT NULL AND NOT EXISTS ({ENTRY})"
DECIDING = ("publish_recording", "take_down_recording", "restore_recording")
_REPLACED = (
    "EXISTS (SELECT 1 FROM audit_entry a WHERE a.verb = 'publish_recording' AND NOT a.refused "
    "AND a.detail->>'replaced' = CAST(NEW.id AS TEXT))"
)
_DECIDED = f"COALESCE({last_told('recording', DECIDING)}, '')"

add(
    numbered("recordings_recording"),
    Guard(
        "recordings_recording_ended",
        "recordings_recording",
        "UPDATE",
        # As it is when the transaction ends.
        "OLD.ended IS DISTINCT FROM NEW.ended AND EXISTS (SELECT 1 FROM recordings_recording r "  # noqa: S608
        "WHERE r.id = NEW.id AND r.ended IS NOT DISTINCT FROM NEW.ended) AND NOT (CASE WHEN "
        f"NEW.ended IS NULL THEN {_DECIDED} = 'restore_recording' "
        f"ELSE {_DECIDED} = 'take_down_recording' OR {_REPLACED} END)",
        "a recording ends as the trail tells",
        deferred=True,
    ),
    Guard(
        "recordings_recording_published",
        "recordings_recording",
        "UPDATE",
        "OLD.published IS NOT NULL AND NEW.published IS NULL",
        "what was published is ended",
    ),
    Guard(
        "recordings_recording_delete",
        "recordings_recording",
        "DELETE",
        # It goes with the page or the number that it reads.
        "EXISTS (SELECT 1 FROM public_campaignpage p WHERE p.page_ptr_id = OLD.page_id) "
        "OR EXISTS (SELECT 1 FROM public_hotline h WHERE h.id = OLD.hotline_id)",
        "a recording goes with what it reads",
        deferred=True,
    ),
    never_emptied("recordings_recording", "a recording goes with what it reads"),
    *(
        Guard(
            f"recordings_recording_{event.lower()}",
            "recordings_recording",
            event,
            UNNAMED,
            SAYS,
            deferred=True,
        )
        for event in ("INSERT", "UPDATE")
    ),
)
