"""The fixtures of this folder."""

from tests.support.admin.fixtures import sign_in as sign_in
from tests.support.public.fixtures import reader as reader
