"""The modules that touch the world: files, the network, signals, standard streams."""
