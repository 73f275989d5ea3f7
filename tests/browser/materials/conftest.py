"""The fixtures of this folder."""

from tests.support.public.fixtures import campaign as campaign
from tests.support.public.fixtures import campaign_once as campaign_once
from tests.support.public.fixtures import reader as reader
