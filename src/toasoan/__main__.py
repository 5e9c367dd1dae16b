"""The command `toasoan`, also as `python -m toasoan`."""

import gc
import sys

from toasoan.cli import run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # What loading leaves in memory is little, and to look for it again and again takes longer than a small build.
    gc.set_threshold(50_000)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
