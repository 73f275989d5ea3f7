"""Backups as BagIt bags: take, verify, restore, keep by a rule (docs/backup.md)."""
