"""Where recognition learns: messages in, weights out. Nobody waits for it."""
