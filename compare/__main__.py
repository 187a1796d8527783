"""The program: `python -m compare`, and what the installed scripts call. It answers signals from its first line on."""

import os

try:
    from compare.ending import OUT_OF_MEMORY, is_memory, leave, say, take_over

    take_over()  # nobody imports this module to use it: it is the program
except KeyboardInterrupt:
    try:
        os.write(2, b"compare: interrupted\n")
    finally:
        os._exit(130)


def entry() -> None:
    """Run the command line and leave with the exit code of `errors.py`."""
    try:
        from compare.cli import code_of_run  # noqa: PLC0415  # signals are answered first
    except (ImportError, MemoryError, OSError) as error:
        if not is_memory(error):
            raise
        say(OUT_OF_MEMORY)
        leave(2)
    leave(code_of_run())


if __name__ == "__main__":
    entry()
