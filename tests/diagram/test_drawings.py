#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Draws pictures and checks them: test_drawings.py PROGRAM WIDTHS.C GOLDEN-DIR WHAT [--update]

WHAT: random FIRST-LAST   seeded pictures, all views, no faults; the same bytes in another locale and with other fonts
      golden              the known pictures, byte for byte
      size                large pictures: how long they take and how that grows"""
import filecmp
import os
import resource
import subprocess
import sys
import tempfile

KNOWN = ['figure-1', 'figure-2', 'figure-3', 'large', 'everything', 'empty']
HERE = os.path.dirname(os.path.abspath(__file__))


def draw(program, where, names, view=None, **env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([program] + (['-v', view] if view else []) + [where] + names, check=True, env=dict(os.environ, **env))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def check(widths, files):
    failed = 0
    for i in range(0, len(files), 400):
        failed |= subprocess.run([sys.executable, os.path.join(HERE, 'check_svg.py'), widths] + files[i:i + 400], check=False).returncode
    return failed


def svgs(where):
    return sorted(os.path.join(where, f) for f in os.listdir(where) if f.endswith('.svg'))


def test_random(program, widths, span):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        draw(program, one, [span] + KNOWN)
        failed = check(widths, svgs(one))
        fonts = os.path.join(two, 'fonts.conf')
        with open(fonts, 'w', encoding='utf-8') as f:
            f.write('<?xml version="1.0"?><fontconfig><dir>%s</dir></fontconfig>' % two)
        draw(program, two, [span] + KNOWN, LC_ALL='de_DE.UTF-8', FONTCONFIG_FILE=fonts)
        for path in svgs(one):
            if not filecmp.cmp(path, os.path.join(two, os.path.basename(path)), shallow=False):
                print('%s differs between two runs' % os.path.basename(path))
                failed = 1
        failed |= subprocess.run([sys.executable, os.path.join(HERE, 'check_svg.py'), widths, '--self-test',
                                  os.path.join(one, 'figure-1-full.svg')], check=False).returncode
    return failed


def test_golden(program, golden, update):
    failed = 0
    with tempfile.TemporaryDirectory() as where:
        draw(program, where, KNOWN)
        for path in svgs(where):
            name = os.path.basename(path)
            expected = os.path.join(golden, name)
            if not name.endswith(('-full.svg', 'figure-3-l2.svg', 'figure-3-l3.svg', 'large-overview.svg')):
                continue
            if update:
                with open(path, 'rb') as source, open(expected, 'wb') as to:
                    to.write(source.read())
            elif not os.path.exists(expected) or not filecmp.cmp(path, expected, shallow=False):
                print('%s is not as it was; test_drawings.py … golden --update accepts it' % name)
                failed = 1
    return failed


def test_size(program, widths):
    with tempfile.TemporaryDirectory() as where:
        seconds = {name: draw(program, where, [name], 'full') for name in ('1000x10', '10000x10', '40000x100')}
        draw(program, where, ['1000x10', '10000x100'], 'overview')
        draw(program, where, ['10000x10'], 'net')
        for name, took in seconds.items():
            print('%s: %.2f s' % (name, took))
        failed = seconds['1000x10'] > 1 or seconds['10000x10'] > 3 or seconds['40000x100'] > 8 * max(seconds['10000x10'], 0.05)
        return int(failed) | check(widths, [os.path.join(where, name) for name in
                                            ('1000x10-full.svg', '1000x10-overview.svg', '10000x100-overview.svg', '10000x10-net.svg')])


def main():
    program, widths, golden, what = sys.argv[1:5]
    if what == 'random':
        return test_random(program, widths, sys.argv[5])
    if what == 'golden':
        return test_golden(program, golden, '--update' in sys.argv)
    return test_size(program, widths)


if __name__ == '__main__':
    sys.exit(main())
