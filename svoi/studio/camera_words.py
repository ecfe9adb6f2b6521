"""The words the camera's browser code needs, in the reader's language; none of them is written in JavaScript."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals import say_code

Text = str | Promise

# What the page is doing, and what to do about it.
STATES: dict[str, tuple[Text, Text]] = {
    "idle": (
        _("Your device is the camera"),
        _("The browser will ask for the camera and the microphone. Nothing is sent before you say so."),
    ),
    "asking": (_("Allow the camera and the microphone"), _("The question stands at the top of the browser.")),
    "denied": (
        _("The camera is not allowed"),
        _("Open the settings beside the address of this page, allow the camera, and load the page again."),
    ),
    "no_camera": (
        _("No camera answers"),
        _("Connect one, or close the program that uses it, and turn it on again."),
    ),
    "insecure": (
        _("Browsers give the camera to secure pages only"),
        _("Open this page by its https address, or on the server itself."),
    ),
    "unsupported": (
        _("This browser cannot be a camera"),
        _("It has no WebCodecs. Use Chrome, Edge or a new Safari, or send from OBS with the key of the console."),
    ),
    "ready": (_("Ready to send"), _("What you see is what goes out.")),
    "connecting": (_("Connecting"), ""),
    "checking": (_("The picture is being checked"), ""),
    "sending": (_("The picture arrives"), ""),
    "reconnecting": (_("The line is lost, connecting again"), ""),
    "ended": (_("The show is over"), _("Its recording is kept.")),
}

# The short word over the picture.
LINES: dict[str, Text] = {
    "connecting": _("Connecting…"),
    "checking": _("Being checked…"),
    "sending": _("Sending"),
    "reconnecting": _("Connecting again…"),
}

# Refusals whose remedy for a page is another than for an encoder; the rest are worded as everywhere.
REFUSALS: dict[str, tuple[Text, Text]] = {
    "video_missing": (_("No picture has come for ten seconds"), _("Keep this page in front and send again.")),
    "audio_missing": (_("No sound has come"), _("Choose the microphone again, then send again.")),
    "audio_unconverted": (
        _("This browser’s sound cannot be converted here"),
        _("Use a browser that encodes AAC, or OBS. Whoever keeps the server can add the converter: bin/up --camera."),
    ),
    "key_interval": (
        _("This device does not keep up"),
        _("Close other programs and pages, then send again."),
    ),
    "bitrate": (_("Too much was sent at once"), _("Load the page again.")),
    "ahead": (_("The clock of this device ran ahead"), _("Load the page again.")),
    "broken": (
        _("What this browser sends cannot be read"),
        _("Load the page again. If it comes back, use another browser or OBS."),
    ),
    "video_codec": (_("This browser’s encoder does not suit"), _("Use another browser or OBS.")),
    "video_profile": (_("This browser’s encoder does not suit"), _("Use another browser or OBS.")),
    "audio_codec": (_("This browser’s encoder does not suit"), _("Use another browser or OBS.")),
    "encoder": (
        _("The encoder of this device gave up"),
        _("Load the page again. If it comes back, use another browser or OBS."),
    ),
    "replaced": (_("The show is now sent from another device"), _("To go on from here, send again.")),
    "kicked": (_("The producer stopped this stream"), _("Agree with the producer, then send again.")),
    "rights": (_("You may not film this show any more"), _("Ask whoever runs it.")),
    "signed_out": (_("You are signed out"), _("Load the page again and sign in.")),
    "other": (_("The show was not taken"), _("Load the page again.")),
}
WORDED_ELSEWHERE = ("storage",)

# A line of the preflight, and what to do about it.
CHECKS: dict[str, tuple[Text, Text]] = {
    "camera_good": (_("{width} × {height}, {fps} frames a second"), ""),
    "camera_denied": (_("Not allowed"), _("Allow it in the settings beside the address of this page.")),
    "camera_none": (_("None found"), _("Connect a camera and turn it on again.")),
    "camera_busy": (_("Another program uses it"), _("Close that program and turn it on again.")),
    "camera_insecure": (_("Only on a secure page"), _("Open this page by its https address.")),
    "camera_lost": (_("It was taken away"), _("Connect it and choose it again.")),
    "microphone_good": (_("Hears you: {name}"), ""),
    "microphone_listening": (_("Nothing is heard yet"), _("Say a word.")),
    "microphone_muted": (_("Muted by you"), _("Viewers hear nothing until you turn the sound on.")),
    "microphone_denied": (
        _("Not allowed, the show goes out silent"),
        _("Allow it in the settings beside the address of this page."),
    ),
    "microphone_none": (_("None found, the show goes out silent"), _("Connect a microphone and choose it.")),
    "microphone_busy": (_("Another program uses it, the show goes out silent"), _("Close that program and choose it.")),
    "microphone_insecure": (_("Only on a secure page"), _("Open this page by its https address.")),
    "microphone_lost": (_("It was taken away, the show goes out silent"), _("Connect it and choose it again.")),
    "encoder_good": (_("H.264, {ms} ms a frame"), ""),
    "encoder_slow": (
        _("H.264, but slow: {ms} ms a frame"),
        _("The picture begins smaller. Close other programs and pages."),
    ),
    "encoder_missing": (_("This browser has no H.264 encoder"), _("Use Chrome, Edge or a new Safari, or OBS.")),
    "keys_good": (_("Each second, as asked"), ""),
    "keys_bad": (_("The encoder puts them where it likes"), _("Use another browser or OBS.")),
    "keys_none": (_("Nothing to check without an encoder"), _("See the line above.")),
    "sound_aac": (_("AAC, as it is"), ""),
    "sound_opus": (_("Opus, the server makes AAC of it"), ""),
    "sound_unconverted": (
        _("This browser needs a converter that this server has not got"),
        _("Use another browser or OBS. Whoever keeps the server can add it: bin/up --camera."),
    ),
    "sound_unknown": (_("Opus; whether the server converts it is not known yet"), _("Check again.")),
    "sound_missing": (_("This browser encodes no sound"), _("Use another browser or OBS.")),
    "upload_good": (_("{mbits} Mbit/s"), ""),
    "upload_low": (_("{mbits} Mbit/s, enough for {rung}"), _("For a larger picture come closer to the router.")),
    "upload_bad": (
        _("{mbits} Mbit/s, too little for a show"),
        _("Use another network, or come closer to the router."),
    ),
    "upload_none": (_("No way to the server"), _("Check the network, then check again.")),
    "delay_good": (_("{ms} ms"), ""),
    "delay_far": (_("{ms} ms, viewers see you later"), _("Use another network, a cable if there is one.")),
    "delay_none": (_("No answer"), _("Check the network, then check again.")),
}

OTHERS: dict[str, Text] = {
    "check_wait": _("looking"),
    "check_good": _("in order"),
    "check_warn": _("look at this"),
    "check_bad": _("in the way"),
    "figures": _("{rung} · {fps} fps · {mbits} Mbit/s · {ms} ms"),
    "strained": _("The line or the device is at its limit, frames are left out."),
    "mute": _("Mute"),
    "muted": _("Muted"),
    "unnamed": _("Device {number}"),
}


def camera_words() -> dict[str, str]:
    """Sentences by name with {places} to fill: `state_…`, `advice_…`, `line_…`, `refused_…`, and the preflight's."""
    told: dict[str, Text] = dict(OTHERS)
    for name, (title, advice) in STATES.items():
        told |= {f"state_{name}": title, f"advice_{name}": advice}
    told |= {f"line_{name}": words for name, words in LINES.items()}
    for code, (title, advice) in REFUSALS.items():
        told |= {f"refused_{code}": title, f"advice_{code}": advice}
    for code in WORDED_ELSEWHERE:
        said = say_code(code)
        told |= {f"refused_{code}": said.title, f"advice_{code}": said.advice}
    for name, (value, remedy) in CHECKS.items():
        told |= {name: value, f"{name}_remedy": remedy}
    return {name: str(words) for name, words in told.items()}
