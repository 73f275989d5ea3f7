"""The fixtures of this folder."""

from tests.support.public.fixtures import campaign as campaign
from tests.support.public.fixtures import campaign_once as campaign_once
from tests.support.public.fixtures import reader as reader
from tests.support.recordings.studio import people as people
from tests.support.recordings.studio import sound_once as sound_once
