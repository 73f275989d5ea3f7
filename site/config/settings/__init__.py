"""Settings: ``demo`` on one machine, ``production`` by environment variables, ``test``."""
