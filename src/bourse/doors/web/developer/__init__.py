"""For those who write programs: how to begin, what there is to call, and what their programs asked."""
