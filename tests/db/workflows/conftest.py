"""The fixtures of this folder."""

from tests.support.workflows.fixtures import adopted as adopted
from tests.support.workflows.fixtures import adopted_once as adopted_once
from tests.support.workflows.fixtures import begun as begun
from tests.support.workflows.fixtures import begun_once as begun_once
from tests.support.workflows.fixtures import cast as cast
from tests.support.workflows.fixtures import migrated as migrated
from tests.support.workflows.fixtures import restarted as restarted
from tests.support.workflows.fixtures import restarted_once as restarted_once
from tests.support.workflows.fixtures import returned as returned
from tests.support.workflows.fixtures import returned_once as returned_once
from tests.support.workflows.fixtures import review as review
from tests.support.workflows.fixtures import review_once as review_once
from tests.support.workflows.fixtures import scripts as scripts
