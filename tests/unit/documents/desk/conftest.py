"""The fixtures of this folder."""

from tests.support.documents.desk.fixtures import as_ as as_
from tests.support.documents.desk.fixtures import desk as desk
from tests.support.documents.desk.fixtures import desk_here as desk_here
from tests.support.documents.desk.fixtures import desk_once as desk_once
from tests.support.documents.desk.fixtures import office as office
from tests.support.documents.desk.fixtures import opened as opened
