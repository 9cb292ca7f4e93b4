"""Holds a CycloneDX file against the official schema, by the implementation of the CycloneDX project."""

import json
import sys

from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
if problem is not None:
    sys.exit(f"{sys.argv[1]}: {problem}")
bom = Bom.from_json(json.loads(text))
bom.validate()
without = [it.name for it in bom.components if not it.licenses or not it.purl]
if without:
    sys.exit(f"without a licence or a package address: {without}")
print(f"{sys.argv[1]}: CycloneDX 1.6, {len(bom.components)} components")
