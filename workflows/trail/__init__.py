"""Reviews in the audit trail: payloads, labels and checks."""
