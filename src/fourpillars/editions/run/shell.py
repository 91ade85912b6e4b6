"""An IPython shell in this process that keeps what a cell shows as notebook outputs."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from fourpillars.editions.run.executed import MIME

MOST_STREAM_CHARACTERS = 64 * 1024


class Outputs(list):
    """The outputs of the cell that runs now, as nbformat nodes."""

    def write(self, name: str, text: str) -> None:
        """Add `text` to the stream `name`, joined to what it wrote just before, and cut when very long."""
        last = self[-1] if self else None
        if last is None or last.output_type != "stream" or last.name != name:
            last = nbformat.v4.new_output("stream", name=name, text="")
            self.append(last)
        room = MOST_STREAM_CHARACTERS - len(last.text)
        if room > 0:
            last.text += text if len(text) <= room else text[:room] + "\n… (the rest was cut)\n"

    def show(self, kind: str, data: dict, metadata: dict | None, **fields: object) -> NotebookNode:
        """Add a mime bundle as `display_data` or `execute_result`; of what is no exhibit the form is checked."""
        parts = {"data": NotebookNode(data), "metadata": NotebookNode(metadata or {}), **fields}
        output = NotebookNode(output_type=kind, **parts)
        if MIME not in data:
            nbformat.validate(output, ref=kind, version=4)
        self.append(output)
        return output


class _Stream(io.TextIOBase):
    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs, self._name = outputs, name

    @property
    def encoding(self) -> str:
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outputs.write(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_) -> None:
        display_id = (transient or {}).get("display_id")
        if update:
            for output in self.shell.displayed.get(display_id, []):
                output.data, output.metadata = NotebookNode(data), NotebookNode(metadata or {})
            return
        output = self.shell.outputs.show("display_data", data, metadata)
        if display_id is not None:
            self.shell.displayed.setdefault(display_id, []).append(output)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        self.shell.outputs.show("execute_result", format_dict, md_dict, execution_count=self.shell.running)

    def finish_displayhook(self) -> None:
        pass


class CapturingShell(InteractiveShell):
    """An IPython shell whose cells leave `outputs` behind instead of printing."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **settings: object) -> None:
        self.outputs = Outputs()
        self.running = 0
        self.displayed: dict[object, list[NotebookNode]] = {}
        super().__init__(**settings)

    def enable_gui(self, gui=None) -> None:
        """There is no event loop to join: figures are shown when a cell ends."""

    def ask_exit(self) -> None:
        """Treat `exit()` as `sys.exit()`."""
        raise SystemExit

    def _showtraceback(self, etype, evalue, stb) -> None:
        self.outputs.append(
            nbformat.v4.new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        )

    def run(self, source: str) -> tuple[list[NotebookNode], int, bool]:
        """Run one cell.

        Returns
        -------
        tuple
            Its outputs, its execution count, and whether it ended without an error.
        """
        self.outputs.clear()
        self.running = self.execution_count
        with (
            redirect_stdout(_Stream(self.outputs, "stdout")),
            redirect_stderr(_Stream(self.outputs, "stderr")),
        ):
            result = self.run_cell(source, store_history=True)
        return list(self.outputs), self.running, result.success


@contextmanager
def fresh_shell() -> Iterator[CapturingShell]:
    """Give a new shell with an empty namespace, and put the process's own back afterwards."""
    settings = Config()
    settings.HistoryManager.enabled = False  # its database would bring a thread and a file in the home folder
    settings.InteractiveShell.autoindent = False
    argv, hook, main = sys.argv, sys.displayhook, sys.modules.get("__main__")
    outer = InteractiveShell._instance
    InteractiveShell.clear_instance()
    with tempfile.TemporaryDirectory(prefix="fourpillars-ipython-") as folder:
        shell = CapturingShell.instance(config=settings, ipython_dir=folder, colors="nocolor")
        try:
            yield shell
        finally:
            shell.restore_sys_module_state()
            CapturingShell.clear_instance()
            for known in CapturingShell._walk_mro() if outer is not None else ():
                if isinstance(outer, known):
                    known._instance = outer
            sys.argv, sys.displayhook = argv, hook
            if main is not None:
                sys.modules["__main__"] = main
