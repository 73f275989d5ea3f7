"""What can be done in a review: one verb, one module.

Each asks :func:`people.access.require`, locks the edition before the review and the review before anything in
it (so that no two of them wait for each other), and writes the audit trail in its transaction. What is
refused is told by a :class:`workflows.actions.errors.Refused`, audited too, with nothing stored.
"""
