# SPDX-License-Identifier: BSD-2-Clause
"""examples.py EXAMPLES VNETC: each rule's first example fails with that rule and no other, its second compiles in silence, and what is
built from it works as FreeBSD reads it (tests/oracle).

EXAMPLES is the program of examples.c, which writes them into a folder; VNETC the compiler."""

import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle'))
from oracle import Oracle       # noqa: E402

OFF, NOTE, WARNING, ERROR = range(4)
WORDS = {'note': NOTE, 'warning': WARNING, 'error': ERROR}

# What no single text can show: other files, other bytes, other programs.
WITHOUT_EXAMPLE = {
    'not-utf8', 'include-unreadable', 'include-cycle', 'duplicate-definition', 'lock-syntax', 'lock-entry-replaced',
    'output-of-another', 'graphviz',
    # In files of a host (tests/import).
    'unbalanced-quote', 'variable-set-twice', 'plus-equals', 'not-understood',
    'jail-conf-syntax', 'unread-variable', 'comma-in-vnet-interface', 'gap-in-exec',
    'named-devfs-ruleset', 'family-not-first', 'alias-without-keyword', 'ipv6-never-up',
    'interface-not-in-jail', 'member-not-up', 'jail-defined-twice',
}


class Rule:
    def __init__(self, line):
        name, severity, error_from, error_upto, example = line.split()
        self.name = name
        self.severity = int(severity)
        self.by_release = error_from != '0' or error_upto != '0'
        self.example = example == 'yes'

    def allows(self, severity):
        if self.severity == OFF:
            return severity == NOTE
        return severity == self.severity or (self.by_release and severity == ERROR)


def check(vnetc, folder, rule, which):
    """The exit status and what was told, as (rule, severity, message)."""
    command = [vnetc, 'check', '--format', 'json']
    if rule.severity == OFF:
        command += ['-W', rule.name]
    done = subprocess.run(command + [f'{rule.name}.{which}.yaml'], cwd=folder, capture_output=True, text=True, timeout=60)
    told = []
    for line in (done.stdout + done.stderr).splitlines():
        if line.startswith('{'):
            d = json.loads(line)
            told.append((d['rule'], WORDS[d['severity']], f"{d.get('file')}:{d.get('line')}: {d['message']}"))
    if done.returncode not in (0, 1):
        told.append(('?', ERROR, f'exit status {done.returncode}: {done.stderr.strip()}'))
    return done.returncode, told


def faults(vnetc, folder, rule):
    status, told = check(vnetc, folder, rule, 'bad')
    if not any(name == rule.name for name, _, _ in told):
        yield 'is not told for its own example'
    for name, severity, message in told:
        if name != rule.name:
            yield f'its example is also told {name}: {message}'
        elif not rule.allows(severity):
            yield f'is told with another severity: {message}'
    if status != (1 if any(severity == ERROR for _, severity, _ in told) else 0):
        yield f'its example ends with exit status {status}'
    status, told = check(vnetc, folder, rule, 'good')
    for name, _, message in told:
        yield f'its cure is told {name}: {message}'
    if status != 0 and not told:
        yield f'its cure ends with exit status {status}'
    if status == 0:
        yield from (f'its cure does not work: {finding}' for finding in findings(vnetc, folder, rule))


def findings(vnetc, folder, rule):
    """What a FreeBSD host would stumble over in what is built from the cure."""
    topology = os.path.join(folder, f'{rule.name}.good.yaml')
    out = os.path.join(folder, rule.name)
    done = subprocess.run([vnetc, 'build', '-q', '-o', out, topology], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        return [f'build ends with exit status {done.returncode}: {done.stderr.strip()}']
    return Oracle(out, topology).run()


def main():
    examples, vnetc = (os.path.abspath(path) for path in sys.argv[1:3])
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        listing = subprocess.run([examples, 'examples', folder], check=True, capture_output=True, text=True).stdout
        rules = [Rule(line) for line in listing.splitlines()]
        for rule in rules:
            if rule.example == (rule.name in WITHOUT_EXAMPLE):
                print(f'{rule.name}: {"has" if rule.example else "has no"} example')
                failed += 1
            if rule.example:
                for fault in faults(vnetc, folder, rule):
                    print(f'{rule.name}: {fault}')
                    failed += 1
    print(f'{len(rules)} rules, {failed} faults')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
