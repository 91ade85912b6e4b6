"""Which renderer makes the pages: the Quarto command line where there is one, or the embedded one."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from fourpillars.editions.versions import version_of
from fourpillars.errors import FourPillarsError, UnknownNameError

RENDERERS = ("auto", "quarto", "embedded")


@dataclass(frozen=True)
class Renderer:
    """A renderer: its name, its version for the manifest, and for Quarto the command."""

    name: str
    version: str
    command: str = ""

    @property
    def identity(self) -> str:
        """Name and version, such as 'quarto 1.11.5'."""
        return f"{self.name} {self.version}"


def choose_renderer(wanted: str) -> Renderer:
    """Return the renderer of that name; 'auto' takes Quarto where it is found.

    Raises
    ------
    UnknownNameError
        If there is no such renderer.
    FourPillarsError
        If Quarto is asked for and not found, or found and does not run.

    Examples
    --------
    >>> choose_renderer("embedded").name
    'embedded'
    """
    if wanted not in RENDERERS:
        raise UnknownNameError.of("renderer", wanted, RENDERERS)
    command = "" if wanted == "embedded" else find_quarto()
    if command:
        return Renderer("quarto", _quarto_version(command), command)
    if wanted == "quarto":
        raise FourPillarsError(
            "No Quarto was found: neither QUARTO_PATH, nor a quarto command, nor the package quarto-cli.",
            "Install Quarto (environment.yml has it), or leave the renderer to 'auto'.",
        )
    return Renderer("embedded", f"pandoc {_package('pypandoc_binary')}, typst {_package('typst')}")


def find_quarto() -> str:
    """Return the path of the Quarto command, or '' where there is none.

    Looked for in `QUARTO_PATH` (the command, or a folder that holds it), on the PATH, and in the package
    `quarto-cli`.
    """
    named = os.environ.get("QUARTO_PATH", "")
    if named:
        found = next(
            (path for path in (Path(named), Path(named) / "quarto", Path(named) / "bin" / "quarto") if path.is_file()),
            None,
        )
        if found is None:
            raise FourPillarsError(
                f"QUARTO_PATH is {named!r}, but no quarto command is there.", "Correct or unset QUARTO_PATH."
            )
        return str(found)
    return shutil.which("quarto") or _packaged_quarto()


def _packaged_quarto() -> str:
    try:
        files = distribution("quarto-cli").files or []
    except PackageNotFoundError:
        return ""
    commands = [Path(str(file.locate())) for file in files if file.name == "quarto" and file.parent.name == "bin"]
    return next((str(path) for path in commands if path.is_file()), "")


def _quarto_version(command: str) -> str:
    try:
        answer = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        hint = "Repair that installation, or publish with --renderer embedded."
        raise FourPillarsError(
            f"Quarto was found at {command}, but does not run ({type(error).__name__}).", hint
        ) from None
    return answer.stdout.strip()


def _package(name: str) -> str:
    try:
        return version_of(name)
    except PackageNotFoundError:
        return "unknown"
