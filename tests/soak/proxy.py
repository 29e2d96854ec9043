"""The way to a database: a socket of its own that can be slow, and be cut."""

import shutil
import socket
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

_SOCKET = ".s.PGSQL.5432"


class Proxy:
    """Hands on what is said to the PostgreSQL whose socket lies in `behind`."""

    def __init__(self, behind: Path) -> None:
        self.behind = behind
        self.latency = 0.0  # seconds before each answer is handed on
        self._is_cut = False
        self._open: list[socket.socket] = []

    def __enter__(self) -> "Proxy":
        """Starts to listen."""
        self.folder = Path(tempfile.mkdtemp(prefix="samhandling-way-"))
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self.folder / _SOCKET))
        self._door.listen(50)
        threading.Thread(target=self._answer, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Cuts everything and stops."""
        self.cut()
        self._door.close()
        shutil.rmtree(self.folder)

    def url_for(self, direct: str) -> str:
        """The address that leads here instead of straight to the database."""
        return f"{direct.partition('host=')[0]}host={quote(str(self.folder), safe='')}"

    def cut(self) -> None:
        """Every connection is broken, and new ones are until `join`."""
        self._is_cut = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def join(self) -> None:
        """New connections get through again."""
        self._is_cut = False

    def _answer(self) -> None:
        while True:
            try:
                asking, _address = self._door.accept()
            except OSError:
                return
            if self._is_cut:
                asking.close()
                continue
            database = socket.socket(socket.AF_UNIX)
            database.connect(str(self.behind / _SOCKET))
            self._open += [asking, database]
            threading.Thread(target=self._pump, args=(asking, database, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(database, asking, True), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while said := source.recv(1 << 16):
                if is_answer:
                    time.sleep(self.latency)
                target.sendall(said)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
