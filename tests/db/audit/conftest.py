from tests.support.public.fixtures import campaign as campaign
from tests.support.public.fixtures import campaign_once as campaign_once
