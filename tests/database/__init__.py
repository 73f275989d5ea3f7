"""The tests' SQLite: in memory, as Django makes it, and begun from a copy that was migrated before."""
