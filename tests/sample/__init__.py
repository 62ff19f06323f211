"""The sample market is whole, invented and like a real one."""
