"""Own stock, and a file on its way into it: what was read, what is asked, what would change, confirm."""
