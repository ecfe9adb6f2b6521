"""RTMP: handshake, chunks, AMF0, the publisher's session, the server; the standard library only."""
