"""What an editor checks before a campaign goes to a second person (docs/publishing-steps.md)."""
