"""Documents in the audit trail: the hashes it records, how its page names things, and the checks of
``verify_audit``."""
