"""Financial quartiles: how the finances compare with the industry and with all companies."""
