"""Low-latency HLS (RFC 8216bis): timeline, playlist, journal, recording and the reader of what is on disk."""
