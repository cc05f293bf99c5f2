"""How long this machine has been up, asleep or awake: a clock that nobody sets, and that outlasts a process."""

import time
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def uptime() -> tuple[str, float] | None:
    """Which start of the machine this is, and seconds since then; ``None`` where the system does not tell (proc(5))."""
    try:
        return _BOOT.read_text(encoding="ascii").strip(), time.clock_gettime(time.CLOCK_BOOTTIME)
    except (OSError, ValueError, AttributeError):
        return None
