#!/usr/bin/env python3
"""A terminal of 40 lines and 120 columns without a window, for Support.psm1.

    terminal.py PROGRAM ARGUMENT...

runs the program in it. Requests come by standard input, one JSON object a line, and each gets one line as an answer:

    {"keys": "dir\\r"}                       types them
    {"until": "PATTERN", "seconds": 60}     waits until a regular expression matches the text
    {"reading": true, "seconds": 60}        waits until the program takes Ctrl+C as a key like any other
    {"ended": true, "seconds": 60}          waits until the program has ended
    {"marked": true}                        begins the text anew at the line of the cursor

The answer has the "text": what the screen shows up to the cursor, from the line on that the cursor was in at the last
mark, what has scrolled away included; "raw", what the program has written since then; and whether it "matched": what
was waited for came in time. The end of the input closes the terminal, as closing its window does. The exit code is that
of the program; of one that a signal ended 128 and its number.
"""
import codecs
import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

LINES, COLUMNS = 40, 120
# A sequence that is complete, or the beginning of one.
SEQUENCE = re.compile(r"\x1b(?:\[([0-9;?>=]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|([=>78cDEHM]))")
BEGINNING = re.compile(r"\x1b(?:\[[0-9;?>=]*|\][^\x07\x1b]*\x1b?|[()])?\Z")


class Screen:
    """What a terminal shows. Lines that scroll away are kept."""

    def __init__(self, answer):
        self.answer = answer  # Called with what the terminal itself says to the program.
        self.lines = [[]]
        self.top = self.line = self.column = 0
        self.pending = ""

    def write(self, text):
        text = self.pending + text
        self.pending = ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            found = SEQUENCE.match(text, at)
            if found:
                if found[2]:
                    self.obey(found[1], found[2])
                at = found.end()
            elif BEGINNING.match(text, at):
                self.pending = text[at:]
                return
            else:
                at += 1

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.move(self.line + 1, self.column)
        elif character == "\b":
            self.column = max(0, min(self.column, COLUMNS - 1) - 1)
        elif character >= " ":
            if self.column == COLUMNS:
                self.move(self.line + 1, 0)
            line = self.lines[self.line]
            line.extend(" " * (self.column + 1 - len(line)))
            line[self.column] = character
            self.column += 1

    def move(self, line, column):
        self.line, self.column = max(self.top, line), max(0, min(column, COLUMNS - 1))
        self.lines.extend([] for _ in range(self.line + 1 - len(self.lines)))
        self.top = max(self.top, self.line - LINES + 1)

    def obey(self, parameters, command):
        numbers = [int(n) if n.isdigit() else 0 for n in parameters.split(";")]
        count = max(1, numbers[0])
        bottom = self.top + LINES - 1
        if command == "A":
            self.move(self.line - count, self.column)
        elif command == "B":
            self.move(min(bottom, self.line + count), self.column)
        elif command == "C":
            self.move(self.line, self.column + count)
        elif command == "D":
            self.move(self.line, self.column - count)
        elif command == "G":
            self.move(self.line, count - 1)
        elif command == "d":
            self.move(min(bottom, self.top + count - 1), self.column)
        elif command in "Hf":
            self.move(min(bottom, self.top + count - 1), max(1, (numbers + [1])[1]) - 1)
        elif command == "J":
            self.erase_lines(numbers[0])
        elif command == "K":
            self.erase_in_line(numbers[0])
        elif command == "X":
            line = self.lines[self.line]
            line[self.column : self.column + count] = " " * len(line[self.column : self.column + count])
        elif command == "n" and numbers[0] == 6:
            self.answer(f"\x1b[{self.line - self.top + 1};{min(self.column, COLUMNS - 1) + 1}R")

    def erase_in_line(self, how):
        line = self.lines[self.line]
        if how == 0:
            del line[self.column :]
        elif how == 1:
            line[: self.column + 1] = " " * len(line[: self.column + 1])
        else:
            line.clear()

    def erase_lines(self, how):
        if how == 0:
            self.erase_in_line(0)
            del self.lines[self.line + 1 :]
        elif how == 1:
            self.erase_in_line(1)
            for line in self.lines[self.top : self.line]:
                line.clear()
        else:
            for line in self.lines[self.top :]:
                line.clear()

    def text(self, first):
        """What is to be seen from this line on, up to the cursor."""
        rows = ["".join(line).rstrip() for line in self.lines[first : self.line]]
        last = "".join(self.lines[self.line])[: self.column]
        return "\n".join(rows + [last.ljust(self.column)])


class Terminal:
    def __init__(self, program):
        self.screen = Screen(lambda text: os.write(self.master, text.encode()))
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = ""
        self.mark = 0
        self.is_open = True
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.environ.pop("NO_COLOR", None)
            os.environ["TERM"] = "xterm-256color"
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.execvp(program[0], program)

    def take(self, seconds):
        """Takes what the program writes, if it does so within this time."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            bytes = os.read(self.master, 65536)
        except OSError:  # Nobody has the other side open any more.
            bytes = b""
        self.is_open = self.is_open and bool(bytes)
        text = self.decoder.decode(bytes)
        self.raw += text
        self.screen.write(text)
        return bool(bytes)

    def until(self, condition, seconds, most=60):
        """Waits for a condition that output changes, or that is looked at again after so many seconds at most."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self.is_open:
                return False
            self.take(min(left, most))
        return True

    def takes_interrupt_as_key(self):
        return not termios.tcgetattr(self.master)[3] & termios.ISIG

    def carry_out(self, request):
        if "keys" in request:
            os.write(self.master, request["keys"].encode())
        if request.get("marked"):
            self.mark, self.raw = self.screen.line, ""
        matched = True
        if "until" in request:
            wanted = re.compile(request["until"])
            matched = self.until(lambda: wanted.search(self.screen.text(self.mark)), request["seconds"])
        elif request.get("reading"):
            matched = self.until(self.takes_interrupt_as_key, request["seconds"], 0.01)
        elif request.get("ended"):
            matched = self.until(lambda: not self.is_open, request["seconds"])
        return {"matched": matched, "text": self.screen.text(self.mark), "raw": self.raw}

    def close(self):
        """Closes the window, and waits until the program has ended."""
        os.close(self.master)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def main():
    terminal = Terminal(sys.argv[1:])
    requests = b""
    while True:
        ready = select.select([0] + [terminal.master] * terminal.is_open, [], [])[0]
        if terminal.master in ready:
            terminal.take(0)
        if 0 not in ready:
            continue
        bytes = os.read(0, 65536)
        if not bytes:
            break
        requests += bytes
        while b"\n" in requests:
            request, requests = requests.split(b"\n", 1)
            print(json.dumps(terminal.carry_out(json.loads(request))), flush=True)
    code = terminal.close()
    sys.exit(code if code >= 0 else 128 - code)


main()
