"""An installation of its own on loopback, for the programs that measure one: data, roster, sessions.

Needs nothing but Python and Linux. Sessions are written into the database, as whoever runs it could.
"""

import base64
import hashlib
import http.client
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import uuid


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Installation:
    """`roster`: rows below unit,parent,name,email,role."""

    def __init__(self, program, roster):
        self.program = program
        self.dir = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.dir.name)
        self.app, self.ballot = free_port(), free_port()
        self.env = dict(
            os.environ,
            TIDELINE_DATA__DIRECTORY=str(self.folder / "data"),
            TIDELINE_SERVER__APP_LISTEN=f"127.0.0.1:{self.app}",
            TIDELINE_SERVER__BALLOT_LISTEN=f"127.0.0.1:{self.ballot}",
            TIDELINE_SERVER__APP_ORIGIN=f"http://localhost:{self.app}",
            TIDELINE_SERVER__BALLOT_ORIGIN=f"http://localhost:{self.ballot}",
            TIDELINE_SUPPORT__CONTACTS='[{title="Crisis line",phone="112"}]',
        )
        file = self.folder / "roster.csv"
        file.write_text("\n".join(["unit,parent,name,email,role", *roster]) + "\n")
        self.run("import-roster", str(file))

    def run(self, *args):
        subprocess.run([self.program, *args], env=self.env, check=True, capture_output=True)

    def database(self):
        return sqlite3.connect(self.folder / "data/tideline.sqlite", timeout=30)

    def session(self, email):
        """A session of this person: the cookie, and the token of its forms."""
        secret = os.urandom(32)
        text = lambda it: base64.urlsafe_b64encode(it).decode().rstrip("=")
        digest = lambda purpose: hashlib.sha256(purpose + b"\0" + secret).digest()
        db = self.database()
        person = db.execute("SELECT id FROM people WHERE email = ?", [email]).fetchone()[0]
        later = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 86_400))
        values = {"hash": digest(b"tideline stored secret"), "person": person, "expires": later}
        columns = db.execute("PRAGMA table_info(sessions)").fetchall()
        for _, name, _, needed, default, key in columns:
            if name not in values and needed and default is None:
                values[name] = str(uuid.uuid4()) if key else ""
        names = [it[1] for it in columns if it[1] in values]
        marks = ",".join("?" * len(names))
        db.execute(f"INSERT INTO sessions ({','.join(names)}) VALUES ({marks})", [values[it] for it in names])
        db.commit()
        db.close()
        return "tideline=" + text(secret), text(digest(b"tideline form token"))

    def start(self):
        self.log = open(self.folder / "log", "wb")
        self.process = subprocess.Popen([self.program, "serve"], env=self.env, stdout=self.log, stderr=self.log)
        until = time.monotonic() + 60
        while True:
            try:
                self.get("/support")
                return
            except OSError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.1)

    def get(self, path, cookie=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.app, timeout=60)
        connection.request("GET", path, headers={"cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def memory(self):
        """Unit: MB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) // 1024

    def stop(self):
        """Ends the program that this started."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.dir.cleanup()
