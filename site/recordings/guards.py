"""The database publishes no recording that the audit trail does not name with this sound and this text."""

from audit.guards import Guard, add, numbered

SAYS = "the trail does not publish this recording"
ENTRY = (
    "SELECT 1 FROM audit_entry a WHERE a.thing = 'recording:' || CAST(NEW.id AS TEXT) AND NOT a.refused "
    "AND a.verb = 'publish_recording' AND a.detail ->> 'sha256' = NEW.sha256 "
    "AND a.detail ->> 'text_sha256' = NEW.text_sha256"
)
UNNAMED = f"NEW.published IS NOT NULL AND NOT EXISTS ({ENTRY})"

add(
    numbered("recordings_recording"),
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
