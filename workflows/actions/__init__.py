"""Actions of a review. Each checks access, locks the edition before the review, and writes the audit
trail."""
