from directory.models.records import Record
from directory.models.services import (
    Organisation,
    OrganisationText,
    Place,
    PlaceText,
    Service,
    ServiceText,
    Town,
    TownText,
)

__all__ = [
    "Organisation",
    "OrganisationText",
    "Place",
    "PlaceText",
    "Record",
    "Service",
    "ServiceText",
    "Town",
    "TownText",
]
