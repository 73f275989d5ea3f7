"""People in the audit trail: what it is told of roles, invitations and apps (`told`), and whether the rows are still so (`checks`)."""
