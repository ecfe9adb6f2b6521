"""The demo clip: a painted table filmed by a slowly drifting camera, with steam, light and a quiet chord."""
