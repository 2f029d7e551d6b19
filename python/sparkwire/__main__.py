"""`python -m sparkwire`, which is the command `sparkwire`."""

import sys

from sparkwire.commands import main

if __name__ == "__main__":
    sys.exit(main())
