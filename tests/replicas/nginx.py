"""A real nginx with the configuration that is shipped, on a port of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.command import PATIENCE, ROOT
from tests.process import free_port

SHIPPED = ROOT / "docs" / "replicas" / "nginx.conf"
# Where `make test` unpacks Debian's package if the machine has none.
UNPACKED = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"

AROUND = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{}}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {shipped}
}}
"""


def binary() -> str | None:
    """Return where nginx is, or None."""
    for nginx in ("/usr/sbin/nginx", shutil.which("nginx"), UNPACKED):
        with suppress(OSError, subprocess.CalledProcessError):
            if nginx:
                subprocess.run([nginx, "-v"], check=True, capture_output=True)
                return str(nginx)
    return None


def fitted(shipped: str, port: int, replicas: Sequence[int]) -> str:
    """Return the shipped configuration for this machine: its ports, and no TLS."""
    lines = [line for line in shipped.splitlines() if "ssl_" not in line]
    # Debian's nginx is older than the one in the compose file, and has no need of it.
    lines = [line for line in lines if not re.match(r" +(zone|resolver) ", line)]
    text = "\n".join(lines).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"replica-{number}:8080", f"127.0.0.1:{replica}")
    return text.replace(" resolve;", ";")


@dataclass
class Nginx:
    """A running nginx; `address` is where Telegram reaches it."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(PATIENCE)


def start_nginx(folder: Path, replicas: Sequence[int]) -> Nginx:
    """Start it in front of the replicas that listen, or will, on these ports."""
    nginx, port = binary(), free_port()
    assert nginx
    shipped = fitted(SHIPPED.read_text(encoding="utf-8"), port, replicas)
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(folder=folder, shipped=shipped), encoding="utf-8")
    process = subprocess.Popen([nginx, "-p", folder, "-c", file])
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if (folder / "nginx.pid").exists():
            return Nginx(process, f"http://127.0.0.1:{port}", folder)
        if process.poll() is not None:
            break
        time.sleep(0.01)
    process.kill()
    process.wait()
    raise AssertionError("nginx does not start: its own words are above")
