"""The pages of a no that no view gave: not there, not accepted, our fault."""
