"""How fast this build is, beside what people would use instead. Loopback alone."""
