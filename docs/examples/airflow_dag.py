"""Publish what is new from Airflow (2.9 or later, and 3). Copy into the DAGs folder.

Airflow does what `fourpillars schedule` does elsewhere: the times, one run at a time, the time limit, the retries.
The workers need a checkout set up with `make install`; name it, and the site's destination, in the Variables
`fourpillars_project` and `fourpillars_destination`. Keys of the destination come from the workers' environment.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pendulum

try:
    from airflow.sdk import Variable, dag, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task
    from airflow.models import Variable


@dag(
    dag_id="fourpillars",
    schedule="30 10,14,18 * * 1-5",
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai"),
    catchup=False,  # missed times come to one run: it publishes whatever is new by then
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=1),
    },
    tags=["statistics"],
)
def fourpillars() -> None:
    """Publish the latest edition where something has changed."""

    @task
    def publish() -> dict[str, object]:
        """Run the command, and hand on what came of it."""
        import os
        import subprocess

        project, destination = Variable.get("fourpillars_project"), Variable.get("fourpillars_destination", None)
        command = [f"{project}/.venv/bin/fourpillars", "--log", "json", "publish", "--if-new", "--json"]
        command += ["--project", project, *(["--to", destination] if destination else [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=dict(os.environ))
        if done.returncode:
            raise RuntimeError(f"fourpillars ended with {done.returncode}; the log above says why")
        outcome = json.loads(done.stdout)
        return {name: outcome[name] for name in ("state", "edition", "release", "built", "waiting")}

    publish()


fourpillars()
