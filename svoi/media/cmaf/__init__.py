"""CMAF: H.264 and AAC into fragmented MP4 (ISO 14496-12, -14, -15), without touching a coded byte."""
