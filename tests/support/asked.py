"""`compare` for a shell: the loaded process runs it with our words, environment, folder and streams.

    python -IS asked.py CONTROL WORDS

CONTROL is the number of the descriptor by which the process of `warm.py` is asked; it loads next to nothing.
"""

import json
import os
import socket
import sys


def asked(control: int, words: list[str]) -> int:
    """Have a program run to its end; its code, as a shell has it."""
    answer, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    start = json.dumps([words, dict(os.environ), os.getcwd()]).encode()  # noqa: PTH109  # pathlib takes longer than all else
    with socket.socket(fileno=os.dup(control)) as asking:
        socket.send_fds(asking, [start], [0, 1, 2, far.fileno()])
    far.close()
    answer.recv(16)  # its number
    code = os.waitstatus_to_exitcode(int(answer.recv(16)))
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(asked(int(sys.argv[1]), sys.argv[2:]))
