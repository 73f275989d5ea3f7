"""The fixtures of this folder."""

from tests.support.workflows.fixtures import migrated as migrated
from tests.support.workflows.fixtures import scripts as scripts
