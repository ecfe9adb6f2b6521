"""Makes the empty environment; Debian ships Python without the part that does it, which root may add."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from svoi.doors.sentences import CannotStart, disk_is_full, is_about_a_full_disk
from svoi.doors.terminal import Step


def make_venv(venv: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        _add_python_venv()
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    said = made.stdout + made.stderr
    shutil.rmtree(venv, ignore_errors=True)
    if is_about_a_full_disk(said):
        raise disk_is_full(venv)
    reason = (said.strip().splitlines() or ["it is silent"])[-1]
    raise CannotStart(
        f"The environment {venv} could not be made: {reason}",
        f"Не удалось создать окружение {venv}: {reason}",
    )


def _add_python_venv() -> None:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotStart(
            f"This Python has no ensurepip; have an administrator run: apt-get install {package}",
            f"В этом Python нет ensurepip; попросите администратора выполнить: apt-get install {package}",
        )
    step = Step(f"adding {package}", f"ставим {package}")
    if not apt_install(package):
        step.failed()
        raise CannotStart(
            f"apt-get could not install {package}; check the network and run: apt-get install {package}",
            f"apt-get не смог установить {package}; проверьте сеть и выполните: apt-get install {package}",
        )
    step.done()


def apt_install(*packages: str) -> bool:
    """Install system packages quietly; the lists of a fresh machine are empty, so they are fetched first."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    )
    return all(
        subprocess.run(command, env=quiet, capture_output=True, check=False).returncode == 0 for command in commands
    )
