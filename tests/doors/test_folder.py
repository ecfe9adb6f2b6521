"""The data folder and the ports: whose they are, and the sentence when they are somebody else's."""

import json
import os
import socket
from pathlib import Path

import pytest

from svoi.doors.folder import empty_folder, hold, holder, open_folder
from svoi.doors.ports import Ports, free_ports
from svoi.doors.sentences import CannotStart
from svoi.doors.surroundings import leave_note, left_note, surroundings
from tests.doors.places import IS_ROOT


def refusal(action: object, *arguments: object) -> list[str]:
    with pytest.raises(CannotStart) as refused:
        action(*arguments)  # type: ignore[operator]
    return str(refused.value).splitlines()


def test_a_new_folder_is_private_where_it_matters(tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "data")
    modes = {inner: oct((folder.path / inner).stat().st_mode)[-3:] for inner in ("run", "log", "media")}
    assert modes == {"run": "700", "log": "700", "media": "700"}
    assert oct(folder.path.stat().st_mode)[-3:] == ("711" if IS_ROOT else "700")
    secret = folder.secret()
    assert (len(secret), open_folder(folder.path).secret()) == (64, secret)
    assert oct((folder.run / "secret").stat().st_mode)[-3:] == "600"


@pytest.mark.skipif(not IS_ROOT, reason="only root can make a folder of somebody else")
def test_another_users_folder_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "theirs"
    place.mkdir(mode=0o755)
    os.chown(place, 65534, -1)
    assert refusal(open_folder, place) == [
        f"The data folder {place} belongs to user nobody; start as nobody or choose another one with --data.",
        f"Папка данных {place} принадлежит пользователю nobody; запустите от его имени или укажите --data.",
    ]
    assert list(place.iterdir()) == []


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    before = tmp_path.stat().st_mode
    assert refusal(open_folder, tmp_path) == [
        f"{tmp_path} is not empty and is not a data folder of Svoi; choose an empty one with --data.",
        f"Папка {tmp_path} не пуста и не похожа на папку данных Svoi; укажите пустую: --data.",
    ]
    assert (tmp_path.stat().st_mode, [inner.name for inner in tmp_path.iterdir()]) == (before, ["thesis.txt"])


def test_one_supervisor_a_folder(tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "data")
    lock = hold(folder)
    assert lock is not None
    assert hold(folder) is None
    assert holder(folder) == str(os.getpid())
    lock.close()
    again = hold(folder)
    assert again is not None
    again.close()


def test_fresh_empties_what_is_ours_and_keeps_the_lock(tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "data")
    old_secret = folder.secret()
    (folder.path / "media" / "1").mkdir()
    with hold(folder) as lock:  # type: ignore[union-attr]
        empty_folder(folder)
        assert sorted(inner.name for inner in folder.run.iterdir()) == ["lock"]
        assert list((folder.path / "media").iterdir()) == []
        assert not lock.closed
    assert folder.secret() != old_secret


def test_a_taken_port_is_named_with_a_way_out() -> None:
    base = free_base()
    taken, other = base + 2, base + 100
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", taken))
        somebody.listen()
        assert refusal(free_ports, "127.0.0.1", base) == [
            f"Port {taken} (media) is taken by another program; stop it or choose other ports: --port {other}",
            f"Порт {taken} (media) занят другой программой; остановите её или выберите другие порты: --port {other}",
        ]
    assert free_ports("127.0.0.1", base).base == base


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    assert refusal(free_ports, "192.0.2.1", 8000)[0] == (
        "The address 192.0.2.1:8000 cannot be used: Cannot assign requested address; choose another one with --host."
    )


def test_the_note_for_commands_is_private_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SVOI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVOI_TIME_ZONE", "Asia/Omsk")
    folder = open_folder(tmp_path / "data")
    base = 8100
    own = surroundings(folder, host="127.0.0.1", ports=Ports(base), database_url="postgresql:///x", demo=True)
    leave_note(folder, own)
    assert left_note(folder) == {
        "SVOI_DATA": str(folder.path),
        "SVOI_SECRET": folder.secret(),
        "SVOI_HOST": "127.0.0.1",
        "SVOI_PORT": str(base),
        "SVOI_GATEWAY_PORT": str(base + 1),
        "SVOI_MEDIA_PORT": str(base + 2),
        "SVOI_RTMP_PORT": str(base + 3),
        "SVOI_SSE_PORT": str(base + 4),
        "SVOI_DESK_PORT": str(base + 5),
        "SVOI_DEMO": "1",
        "SVOI_TIME_ZONE": "Asia/Omsk",
        "SVOI_HOSTS": "127.0.0.1 localhost [::1]",
        "SVOI_ORIGINS": f"http://127.0.0.1:{base} http://localhost:{base} http://[::1]:{base}",
        "DATABASE_URL": "postgresql:///x",
        "DJANGO_SETTINGS_MODULE": "svoi.conf.settings",
    }
    assert oct(folder.environment.stat().st_mode)[-3:] == "600"
    folder.environment.write_text(json.dumps(own)[:-5])
    assert left_note(folder) is None


def free_base() -> int:
    """Below the ports that outgoing connections take, so that nobody steps in between."""
    for base in range(10_000, 20_000, 10):
        try:
            return free_ports("127.0.0.1", base).base
        except CannotStart:
            continue
    raise AssertionError("no free ports")
