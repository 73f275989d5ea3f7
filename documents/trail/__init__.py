"""Documents in the audit trail: what it is told (`told`), how its page calls things (`words`, `refusals`), and whether the rows
are still as it tells (`checks`, `check_…`: parts of `manage.py verify_audit`)."""
