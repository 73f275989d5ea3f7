"""Reviews in the audit trail: what it is told (`told`), how its page calls things (`words`), and whether the rows are still as it
tells (`checks`, `check_stages`)."""
