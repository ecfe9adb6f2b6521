"""The shared look: tokens, pieces, page frames and the browser code every surface stands on."""
