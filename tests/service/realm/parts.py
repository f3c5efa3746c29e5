"""Where the foreign parts are, and how programs among them are run."""

import os
import pathlib
import subprocess
import sys

SKIPPED = 77


class Parts:
    """The folder that fetch.sh fills. Fetches what is missing; ends the program if it cannot."""

    def __init__(self, folder):
        fetch = pathlib.Path(__file__).resolve().parent / "fetch.sh"
        done = subprocess.run(["bash", str(fetch), str(folder)], stdin=subprocess.DEVNULL,
                              stdout=sys.stderr, check=False)
        if done.returncode != 0:
            sys.exit(done.returncode if done.returncode == SKIPPED else 1)
        self.root = pathlib.Path(folder).resolve() / "root"
        # The one folder of the machine's architecture.
        (self.libraries,) = [path.parent for path in self.root.glob("usr/lib/*/krb5")]
        self.ntlm_mechanism = self.libraries / "gssntlmssp" / "gssntlmssp.so"
        self.name_wrapper = self.libraries / "libnss_wrapper.so"
        self.clock_wrapper = self.libraries / "faketime" / "libfaketime.so.1"
        self.apache = self.root / "usr/sbin/apache2"
        self.apache_modules = self.root / "usr/lib/apache2/modules"
        self.python_packages = self.root / "usr/lib/python3/dist-packages"

    def program(self, name):
        for folder in ("usr/bin", "usr/sbin"):
            if (self.root / folder / name).exists():
                return str(self.root / folder / name)
        raise FileNotFoundError(name)

    def library_path(self):
        short = self.root / "lib" / self.libraries.name
        return ":".join(str(path) for path in (self.libraries, short) if path.is_dir())

    def environment(self, more):
        """The environment of a program among the parts: as ours, with `more` on top."""
        return {**os.environ, "LD_LIBRARY_PATH": self.library_path(), **more}
