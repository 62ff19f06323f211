"""`python -m bourse`: what ./bourse runs once the environment is there."""

import sys

from bourse.run.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
