"""Why a stream was turned away or cut, for the console: what to change in the encoder."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from svoi.ui.refusals.words import Words

WORDS: dict[str, Words] = {
    "try_again": Words(_("The key could not be checked right now"), _("Try again in a minute.")),
    "address": Words(_("The server address is wrong"), _("It must end with /live; the key goes into its own field.")),
    "publish_only": Words(_("This address only takes streams in"), _("To watch, open the show page.")),
    "too_many": Words(_("Too many streams at once on this server"), _("Try again later.")),
    "video_codec": Words(_("Only H.264 video is accepted"), _("Choose the H.264 (AVC) encoder, not HEVC or AV1.")),
    "video_profile": Words(
        _("This kind of H.264 does not play in browsers"), _("Choose the profile High or Main, 8 bit, 4:2:0.")
    ),
    "video_missing": Words(_("Sound arrives, but no picture"), _("Add a camera or a scene and start again.")),
    "audio_codec": Words(_("Only AAC sound is accepted"), _("Choose the AAC audio encoder.")),
    "audio_missing": Words(_("No sound arrives"), _("Add a microphone, even a muted one, and start again.")),
    "audio_unconverted": Words(
        _("This browser’s sound cannot be converted here"), _("Use another browser or OBS, or install the converter.")
    ),
    "ticket": Words(_("The camera page has been open for too long"), _("Load it again.")),
    "key_interval": Words(_("Key frames are too far apart"), _("Set the key-frame interval to 2 seconds, 4 at most.")),
    "bitrate": Words(_("The bitrate is too high"), _("Set it between 2,500 and 6,000 kbit/s.")),
    "ahead": Words(_("The stream runs ahead of the clock"), _("Send it live, not as a file at full speed.")),
    "broken": Words(_("The stream cannot be read"), _("Restart the encoder.")),
    "replaced": Words(_("The show is now sent from another device"), _("This connection was closed.")),
    "kicked": Words(_("The producer stopped this stream"), _("Ask for a new key to continue.")),
    "stopping": Words(_("The server is restarting"), _("The encoder connects again by itself in a few seconds.")),
    "storage": Words(
        _("The recording cannot be written: the server’s disk is full"), _("Tell whoever runs the server.")
    ),
}
