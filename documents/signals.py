"""What documents tell to the rooms above them; each is sent inside the transaction of what it tells.

- ``texts_changed``: ``edition``, ``uids`` (None: all of them)
- ``edition_moved``: ``edition``, ``before`` (its former state)
- ``access_changed``: ``instrument``, ``tightened`` (whether somebody may no longer read it)
"""

from django.dispatch import Signal

texts_changed = Signal()
edition_moved = Signal()
access_changed = Signal()
