"""The modules that use files, the network, signals and standard streams."""
