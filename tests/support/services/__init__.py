"""The real services that the tests run against: each is started once in a test run, when a test first asks
for it.

One module a service. Each has a `find()` that says where its programs are or raises `Missing`, and a
`start()` that gives back something with an address and a `stop()`. `python -m tests.support.services` lists
what is there, and installs what is missing where it can. The fixtures are in `tests/conftest.py`.
"""
