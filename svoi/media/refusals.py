"""Why a stream is not taken, in plain words for the host: her encoder is the only screen she has at that moment."""

from __future__ import annotations

from typing import ClassVar

from svoi.kernel.refused import Refused

KEY_INTERVAL_MS_MAX = 4000
AHEAD_MS_MAX = 5000
BITRATE_BPS_MAX = 20_000_000

# What is wrong with a stream itself and so is shown in the console; the rest is about who publishes and when.
STREAM_CODES = frozenset(
    [
        "video_codec",
        "video_profile",
        "video_missing",
        "audio_codec",
        "audio_missing",
        "audio_unconverted",
        "key_interval",
        "bitrate",
        "ahead",
        "broken",
        "storage",
    ]
)


class StreamRefused(Refused):
    """The publisher is turned away; `sentence` is what her encoder shows, English first, then Russian."""

    english: ClassVar[str] = "The stream was not accepted."
    russian: ClassVar[str] = "Поток не принят."

    @property
    def sentence(self) -> str:
        return f"{self.english} — {self.russian}"


class KeyRefused(StreamRefused):
    """The web process does not know the key (`reason` is its code, `message` its own sentence)."""

    code: ClassVar[str] = "unknown_key"
    english = "This stream key opens no show. Copy a fresh key from the console."
    russian = "С этим ключом эфира нет. Скопируйте новый ключ в пульте."

    @property
    def sentence(self) -> str:
        return str(self.facts.get("message") or super().sentence)


class TicketRefused(StreamRefused):
    """The browser studio's ticket is forged, spent, too old, or another show's."""

    code = "ticket"
    english = "This page has been open for too long. Load it again."
    russian = "Страница открыта слишком давно. Загрузите её снова."


class TryAgain(StreamRefused):
    """The web process did not answer in time."""

    code = "try_again"
    english = "The key could not be checked right now. Try again in a minute."
    russian = "Сейчас не получилось проверить ключ. Попробуйте через минуту."


class ShowIsOver(StreamRefused):
    """The show has ended and its recording is closed."""

    code = "show_ended"
    english = "This show has ended. Start a new one in the console."
    russian = "Этот эфир завершён. Создайте новый в пульте."


class AddressWrong(StreamRefused):
    """The application part of the address is not ours."""

    code = "address"
    english = "The server address must end with /live and the key goes into its own field."
    russian = "Адрес сервера должен заканчиваться на /live, а ключ вводят в отдельное поле."


class PublishOnly(StreamRefused):
    """Somebody wants to watch over RTMP."""

    code = "publish_only"
    english = "This address takes streams in; to watch, open the show page."
    russian = "Этот адрес только принимает поток; смотреть можно на странице эфира."


class TooManyPublishers(StreamRefused):
    """The server is full."""

    code = "too_many"
    english = "Too many streams at once on this server. Try again later."
    russian = "На сервере слишком много потоков. Попробуйте позже."


class VideoCodecRefused(StreamRefused):
    """`codec`: the picture is not H.264."""

    code = "video_codec"
    english = "Only H.264 video is accepted. Choose the H.264 (AVC) encoder, not HEVC or AV1."
    russian = "Принимается только видео H.264. Выберите кодировщик H.264 (AVC), а не HEVC или AV1."


class VideoProfileRefused(StreamRefused):
    """`profile`: H.264 that browsers do not play."""

    code = "video_profile"
    english = "This H.264 profile does not play in browsers. Choose High or Main, 8 bit, 4:2:0."
    russian = "Такой профиль H.264 не играет в браузерах. Выберите High или Main, 8 бит, 4:2:0."


class VideoMissing(StreamRefused):
    """Sound comes, but no picture."""

    code = "video_missing"
    english = "No picture arrives. Add a camera or a scene and start again."
    russian = "Нет изображения. Добавьте камеру или сцену и начните снова."


class AudioCodecRefused(StreamRefused):
    """`codec`: the sound is not AAC."""

    code = "audio_codec"
    english = "Only AAC audio is accepted. Choose the AAC audio encoder."
    russian = "Принимается только звук AAC. Выберите кодировщик звука AAC."


class AudioMissing(StreamRefused):
    """No sound at all within the waiting time."""

    code = "audio_missing"
    english = "No sound arrives. Add a microphone (a muted one will do) and start again."
    russian = "Нет звука. Добавьте микрофон (можно выключенный) и начните снова."


class SoundUnconverted(StreamRefused):
    """A browser sends Opus, and the optional converter is not installed here."""

    code = "audio_unconverted"
    english = "This browser's sound has to be converted, and this server cannot. Use another browser or OBS."
    russian = "Звук этого браузера нужно переводить, а сервер не умеет. Возьмите другой браузер или OBS."


class KeyFramesTooRare(StreamRefused):
    """More than `KEY_INTERVAL_MS_MAX` passed without a key frame."""

    code = "key_interval"
    english = "Key frames are too far apart. Set the key-frame interval to 2 seconds (4 at most)."
    russian = "Ключевые кадры слишком редки. Поставьте интервал ключевых кадров 2 секунды (не больше 4)."


class BitrateTooHigh(StreamRefused):
    """More than `BITRATE_BPS_MAX` on average."""

    code = "bitrate"
    english = "The bitrate is too high. Set 2500 to 6000 kbit/s."
    russian = "Слишком высокий битрейт. Поставьте от 2500 до 6000 кбит/с."


class RunsAhead(StreamRefused):
    """Timestamps run more than `AHEAD_MS_MAX` ahead of the wall clock."""

    code = "ahead"
    english = "The stream runs ahead of real time. Send it live, not as a file at full speed."
    russian = "Поток опережает реальное время. Передавайте вживую, а не файл на полной скорости."


class StreamBroken(StreamRefused):
    """`what`: the encoder sends data that cannot be read."""

    code = "broken"
    english = "The stream cannot be read. Restart the encoder."
    russian = "Поток не читается. Перезапустите кодировщик."


class Replaced(StreamRefused):
    """Another publisher came with a key of the same show; this connection is the older one."""

    code = "replaced"
    english = "The show is now published from another place."
    russian = "Эфир теперь идёт с другого устройства."


class Kicked(StreamRefused):
    """The crew stopped the publisher."""

    code = "kicked"
    english = "The producer stopped this stream."
    russian = "Продюсер остановил этот поток."


class Stopping(StreamRefused):
    """The server is being restarted; encoders reconnect by themselves."""

    code = "stopping"
    english = "The server is restarting. Reconnect in a few seconds."
    russian = "Сервер перезапускается. Подключитесь снова через несколько секунд."


class StorageFull(StreamRefused):
    """`fault`: the recording cannot be written."""

    code = "storage"
    english = "The recording cannot be written: the server's disk is full. Tell its operator."
    russian = "Запись невозможна: на сервере кончилось место. Сообщите тому, кто его обслуживает."
