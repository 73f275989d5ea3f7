"""Settings: ``demo`` for one machine without servers, ``production`` by environment variables, ``test`` for
pytest."""
