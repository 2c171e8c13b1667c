"""A network with nothing in it but this machine itself; whatever leaves it is seen.

To be called in a network namespace of its own (`unshare -n`). All that is not for the
loopback goes into a tunnel whose other end is read here, packet by packet: attempts of
Python, of C libraries and of the resolver alike.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
from contextlib import suppress
from ipaddress import ip_address

TUN = "tun0"
_IFF_TUN, _IFF_NO_PI, _IFF_UP, _IFF_RUNNING = 0x1, 0x1000, 0x1, 0x40
_TUNSETIFF = 0x400454CA
_SIOCADDRT, _SIOCSIFFLAGS, _SIOCSIFADDR, _SIOCSIFNETMASK, _SIOCGIFINDEX = (
    *(0x890B, 0x8914, 0x8916, 0x891C, 0x8933),
)
_RTF_UP, _RTF_GATEWAY = 0x1, 0x2
_OURS, _BEYOND = "192.0.2.1", "192.0.2.2"  # RFC 5737: nobody's
_TCP, _UDP, _ICMP = 6, 17, 1
_OF_PROGRAMS = {_TCP, _UDP, _ICMP}  # the kernel itself sends ICMPv6 to look around


class Leaving:
    """What leaves this machine. Made once, inside the namespace."""

    def __init__(self) -> None:
        """Bring up the loopback and the tunnel, and send everything else there."""
        self._tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        request = struct.pack("16sH22x", TUN.encode(), _IFF_TUN | _IFF_NO_PI)
        fcntl.ioctl(self._tun, _TUNSETIFF, request)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            for name in ("lo", TUN):
                up = struct.pack("16sH22x", name.encode(), _IFF_UP | _IFF_RUNNING)
                fcntl.ioctl(control, _SIOCSIFFLAGS, up)
            for what, address in (
                (_SIOCSIFADDR, _OURS),
                (_SIOCSIFNETMASK, "255.255.255.0"),
            ):
                request = struct.pack("16s16s8x", TUN.encode(), _in_family(address))
                fcntl.ioctl(control, what, request)
            _default_route(control)
            index = fcntl.ioctl(
                control, _SIOCGIFINDEX, struct.pack("40s", TUN.encode())
            )
        _default_route_6(struct.unpack_from("i", index, 16)[0])

    def packets(self) -> list[str]:
        """Return where the packets went that have left since the last look."""
        found: list[str] = []
        while True:
            try:
                packet = os.read(self._tun, 65536)
            except BlockingIOError:
                return found
            if told := _destination(packet):
                found.append(told)


def _destination(packet: bytes) -> str:
    if packet[0] >> 4 == 4:
        kind, to, ports = packet[9], packet[16:20], (packet[0] & 15) * 4
    else:
        kind, to, ports = packet[6], packet[24:40], 40
    if kind not in _OF_PROGRAMS:
        return ""
    (port,) = struct.unpack_from("!H", packet, ports + 2)
    return f"{ip_address(to)} port {port}"


def _in_family(address: str) -> bytes:
    return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))


def _default_route(control: socket.socket) -> None:
    """Send everything through the tunnel: struct rtentry of <linux/route.h>."""
    to, through = _in_family("0.0.0.0"), _in_family(_BEYOND)  # noqa: S104 - a route
    flags = _RTF_UP | _RTF_GATEWAY
    route = struct.pack("L16s16s16sHhLPhPLLH", 0, to, through, to, flags, *[0] * 8)
    fcntl.ioctl(control, _SIOCADDRT, route)


def _default_route_6(index: int) -> None:
    """Likewise for IPv6, if there is any: struct in6_rtmsg of <linux/ipv6_route.h>."""
    with suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as six:
        route = struct.pack("48sIHHILIi", b"", 0, 0, 0, 1, 0, _RTF_UP, index)
        fcntl.ioctl(six, _SIOCADDRT, route)
