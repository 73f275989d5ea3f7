"""Measurements ask for the services and fixtures of the tests."""

pytest_plugins = ["tests.conftest"]
