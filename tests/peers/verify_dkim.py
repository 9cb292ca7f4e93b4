"""Verifies the DKIM signatures of mails with dkimpy, which shares no code with the product.

usage: verify_dkim.py KEYS MAIL...

KEYS is a JSON object: for each name in DNS ("selector._domainkey.example.org.") its TXT record. Prints a
line for each mail with what is signed; exits with 1 unless every mail has one signature that holds, over
its body and every header that says who, what and how to end it. Each mail is also tried changed: every
change must break the signature.
"""

import json
import re
import sys

import dkim

SIGNED = {"from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"}


def holds(mail, records):
    return dkim.verify(mail, dnsfunc=lambda name, timeout=5: records.get(name.decode()))


def changed(mail):
    """Changes on the way that a receiver must notice."""
    head, body = mail.split(b"\r\n\r\n", 1)
    yield head.replace(b"\r\nSubject: ", b"\r\nSubject: x", 1) + b"\r\n\r\n" + body
    yield head + b"\r\n\r\n" + b"x" + body
    if b"\r\nList-Unsubscribe: <" not in mail:
        yield b"List-Unsubscribe: <https://evil.example/>\r\n" + mail
    else:
        yield mail.replace(b"\r\nList-Unsubscribe: <", b"\r\nList-Unsubscribe: <https://evil.example/", 1)
    yield b"Reply-To: somebody@evil.example\r\n" + mail


def main(keys, mails):
    records = json.load(open(keys, encoding="utf-8"))
    records = {name: text.encode() for name, text in records.items()}
    wrong = 0
    for path in mails:
        mail = open(path, "rb").read()
        signatures = re.findall(rb"(?im)^DKIM-Signature:(?:\r\n[ \t]|[^\r\n])*", mail)
        names = set()
        for signature in signatures:
            listed = re.search(rb"\bh=([^;]*)", signature)
            names |= {it.strip().lower().decode() for it in listed[1].split(b":")} if listed else set()
        good = len(signatures) == 1 and holds(mail, records) and SIGNED <= names
        noticed = [not holds(it, records) for it in changed(mail)]
        wrong += not (good and all(noticed))
        print(f"{'ok' if good else 'WRONG'}  changes noticed: {sum(noticed)} of {len(noticed)}  {path}")
    return 1 if wrong or not mails else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
