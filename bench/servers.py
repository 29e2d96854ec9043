"""Servers to measure: started on the loopback address, signed in to, asked, ended by their id."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import urlencode

HOST = "127.0.0.1"
OPENS_WITHIN = 60  # seconds
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """A page that was fetched. Times in seconds from the request's first byte sent."""

    seconds: float
    first_byte: float
    body: bytes


@dataclass
class Server:
    """A running server and one keep-alive connection to it, with its cookies."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Fetch a page whole. Raises RuntimeError unless it answers 200.

        A connection that the server closed while nothing was asked of it is opened anew.
        """
        if self._connection is not None:
            try:
                return self._ask(self._connection, path)
            except http.client.RemoteDisconnected:
                self._connection.close()
        self._connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        return self._ask(self._connection, path)

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> Answer:
        began = time.perf_counter()
        connection.request("GET", path, headers=self._headers())
        response = connection.getresponse()
        first = response.read(1)
        first_byte = time.perf_counter() - began
        body = first + response.read()
        seconds = time.perf_counter() - began
        if response.status != 200:
            raise RuntimeError(f"{self.name}: {path} answers {response.status}")
        return Answer(seconds, first_byte, body)

    def follow(self, path: str) -> tuple[int, str, bytes]:
        """(status, where it leads, body) of a page that may lead elsewhere."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request("GET", path, headers=self._headers())
            response = connection.getresponse()
            self._keep_cookies(response)
            return response.status, response.headers.get("Location", ""), response.read()
        except TimeoutError:
            raise RuntimeError(f"{self.name}: {path} has not answered in a minute") from None
        finally:
            connection.close()

    def sign_in(self, path: str, name: str, password: str) -> None:
        """Fill in the sign-in form. Raises RuntimeError when it lets nobody in."""
        _status, _to, page = self.follow(path)
        token = _TOKEN.search(page.decode())
        sent = {
            "csrfmiddlewaretoken": token.group(1) if token else "",
            "username": name,
            "password": password,
            "next": "/",
        }
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = self._headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode(sent), headers)
        response = connection.getresponse()
        response.read()
        self._keep_cookies(response)
        connection.close()
        if response.status != 302:
            raise RuntimeError(f"{self.name}: signing in answers {response.status}")

    def of_another(self, path: str, name: str, password: str) -> "Server":
        """The same server, as another who has signed in sees it."""
        other = Server(self.name, self.port, self.process)
        other.sign_in(path, name, password)
        return other

    def _headers(self) -> dict[str, str]:
        headers = {"Accept-Language": "sv"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return headers

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()

    # --- the process that answers ----------------------------------------------------------------

    @property
    def worker(self) -> int:
        """The id of the one process that answers: the only child of the one that was started."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(children[0]) if children else pid

    def cpu_seconds(self) -> float:
        """What the answering process has used of processor time since it began."""
        return time.clock_gettime(_cpu_clock(self.worker))

    def resident(self) -> float:
        """Its memory now, in MiB, what it shares with other processes counted too (RSS)."""
        return _status(self.worker, "VmRSS")

    def proportional(self) -> float:
        """Its memory now, in MiB, what is shared counted by its share (PSS)."""
        text = Path(f"/proc/{self.worker}/smaps_rollup").read_text()
        return _number(text, "Pss")

    def forget_peak(self) -> None:
        """Let the highest memory seen be that of now."""
        Path(f"/proc/{self.worker}/clear_refs").write_text("5")

    def peak(self) -> float:
        """The highest RSS since `forget_peak`, in MiB."""
        return _status(self.worker, "VmHWM")


def _cpu_clock(pid: int) -> int:
    return (~pid << 3) | 2  # linux: the processor clock of another process, CPUCLOCK_SCHED


def _status(pid: int, name: str) -> float:
    return _number(Path(f"/proc/{pid}/status").read_text(), name)


def _number(text: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"the system does not tell {name}")
    return int(found.group(1)) / 1024


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@cache
def as_installed() -> dict[str, str]:
    """The environment in which a server finds what an installation has and not what developers add.

    Some libraries load more when there is more: structlog takes three MiB for rich.
    """
    here = Path(__file__).parent
    lock = (here.parent / "requirements" / "base.txt").read_text()
    installed = {_plain(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    installed.add("samhandling")
    added = [
        module
        for module, names in packages_distributions().items()
        if not installed & {_plain(name) for name in names}
    ]
    path = [str(here / "as_installed"), os.environ.get("PYTHONPATH", "")]
    return {"BENCH_HIDDEN": " ".join(added), "PYTHONPATH": os.pathsep.join(filter(None, path))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@contextmanager
def serving(name: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """A server in a process of its own: the product (`samhandling serve`) or the plain project."""
    port = free_port()
    bin_dir = Path(sys.executable).parent
    command = (
        [sys.executable, "-m", "bench.floor.serve", str(port)]
        if name == "floor"
        else [str(bin_dir / "samhandling"), "serve", "--no-worker", "--port", str(port)]
    )
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env={**os.environ, **as_installed(), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_open(port, process, log)
            yield Server(name, port, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not open:\n{log.read_text()[-2000:]}")
