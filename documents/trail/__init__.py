"""Documents in the audit trail: hashes, labels, and the checks of ``verify_audit``."""
