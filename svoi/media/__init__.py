"""The media process: takes streams in over RTMP, packages low-latency HLS, keeps the recording."""
