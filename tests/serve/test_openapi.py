"""The OpenAPI document is true: what it allows is answered, what it forbids is refused, as it says."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from serving import listening, make_index, path_of, served

from searchlib.serve.operations.openapi import document_of
from searchlib.serve.operations.operation import Operation
from searchlib.serve.operations.table import OPERATIONS


def test_every_operation_is_in_it_and_no_other() -> None:
    document = document_of(OPERATIONS)
    found = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert found == {
        (re.sub(r":\w+}", "}", each.path), each.method.lower()) for each in OPERATIONS if each.listed
    }
    names = [each.name for each in OPERATIONS]
    assert len(set(names)) == len(names)
    json.dumps(document)


def test_every_reference_leads_somewhere() -> None:
    document = document_of(OPERATIONS)
    references = set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])


OF_FRONT_ENDS = {"instantsearch", "page", "agents"}
OWN = [each for each in OPERATIONS if each.tag not in OF_FRONT_ENDS]


@pytest.mark.parametrize("operation", OWN, ids=lambda operation: operation.name)
def test_a_parameter_that_is_none_is_refused(tmp_path: Path, operation: Operation) -> None:
    """But for operations of front ends, which send what other servers take."""
    with served({}, root=str(tmp_path)) as client:
        path = path_of(operation, "none", "1")
        answer = client.request(operation.method, path, params={"limt": "5"}, json={})
    assert answer.status_code == 400 and "limt" in answer.json()["detail"], answer.text


def test_schemathesis_finds_no_fault(tmp_path: Path) -> None:
    """What no document can say is not asked of it: whether an index takes a document, a field or a query."""
    pytest.importorskip("schemathesis", reason="needs schemathesis: pip install schemathesis")
    make_index(tmp_path / "root" / "0")
    with listening({}, root=str(tmp_path / "root")) as url:
        done = subprocess.run(
            [
                str(Path(sysconfig.get_path("scripts")) / "st"),
                "run",
                f"{url}/openapi.json",
                "--exclude-checks=positive_data_acceptance",
                "--max-examples=3",
                "--seed=1",
                "--no-color",
                "--suppress-health-check=all",
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode == 0, "\n".join(line[:500] for line in done.stdout.splitlines()[-200:])
