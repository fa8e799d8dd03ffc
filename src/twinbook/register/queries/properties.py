"""What may be stated of which kind of record, for those who may not look into the tables: forms, labels, tests."""

from twinbook.register.models.properties import (
    BASES,
    COMMITMENT_STATES,
    COMMON,
    KINDS,
    NAME_KINDS,
    PERSON_CLASSES,
    PLACE_KINDS,
    PROPERTIES,
    STEP_KINDS,
    VISIBILITIES,
    Property,
    property_of,
)

__all__ = [
    "BASES",
    "COMMITMENT_STATES",
    "COMMON",
    "KINDS",
    "NAME_KINDS",
    "PERSON_CLASSES",
    "PLACE_KINDS",
    "PROPERTIES",
    "STEP_KINDS",
    "VISIBILITIES",
    "Property",
    "property_of",
]
