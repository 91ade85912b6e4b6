"""What the warm process imports, and what it leaves until it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys

LEFT = ("requests", "nbclient", "jupyter_client", "arrow", "boto3")
PROGRAM = f"""
import json, sys
from fourpillars.editions.run.libraries import import_libraries

import_libraries()
left = [name for name in {LEFT!r} if name in sys.modules]
import papermill.engines, papermill.iorw
engine = papermill.engines.papermill_engines.get_engine("nbclient")
try:
    papermill.engines.PapermillNotebookClient(None)
except AttributeError:  # it has no notebook, and says so when it is looked at
    pass
import nbclient, requests, jsonschema
print(json.dumps({{
    "left": left,
    "engine": engine.__name__,
    "get": papermill.iorw.requests.get is requests.get,
    "client": "papermill.clientwrap" in sys.modules,
    "hidden": [name for name, module in sys.modules.items() if module is None],
}}))
"""


def test_what_no_report_needs_is_imported_when_it_is_asked_for() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == {
        "left": [],
        "engine": "NBClientEngine",
        "get": True,
        "client": True,
        "hidden": [],
    }
