# SPDX-License-Identifier: BSD-2-Clause
"""What import reads of shell files, and what a shell has after it has sourced them: shell_values.py READER [FIRST+COUNT]

READER (shell_values.c) prints what the reader takes. Where it tells nothing, it has every variable that sh has, with its value; where it
tells something, it may have less, but no other value than sh, unless what it told is a mistake that sh stops at. First the texts
below, then random ones out of the same pieces."""
import os
import random
import subprocess
import sys
import tempfile

READER = os.path.abspath(sys.argv[1])

# Texts that are understood whole: nothing is told.
WHOLE = [
    "a=b\n", "a=b", "a='b'\"c\"'d'e\n", "a=\"it's\" b='say \"x\"'\n", "a='it'\\''s'\n", "a=\"b\\\nc\"\n", "a=b\\\nc\n", "a='b\\\nc'\n",
    "a=\"b\nc\"\n", "a=\"\\$b \\`c\\` \\\\ \\\" \\n \\x\"\n", "a=b\\ c\\;d\\#e\n", "a=b#c\n", "a=b #c\n", "a=b;#c\nd=e\n", "#a=b\nc=d\n",
    "a=b; c=d; e=f\n", "a=x\nb=\"${a}b\"\nd=$a.b e=$a-b f=$a/b\n",
    "a=x\na=\"${a} y\"\na=\"$a z\"\n", "export a=b c=d\n", "export a\na=b\n", "a=b\nexport a\n", "readonly a=b\n", "readonly a=b c='d e'\nf=$c\n",
    "a=\n", "a=\"\"\n", "a=''\n", "a=\"\"''\n", "  a=b\n\tc=d\n", "a=b  \n", "a=\"b  c\"  \n", "a=x~y b=\"~\"\n", "a=*\nb=?x[y]\n",
    "a=b=c=d\n", "a=\"b=c\"\n", "a=b:c\n", "a='$b `c` \\ \" #'\n", "a=\"#b\" # \"c\n", "a=x; b=\"$a\"'$a'\\$a\n", "a=5$ b=\"$\" c=$\n",
    "a=x; b=${a:-y}${a-z}${a:+u}${a+v}\n", "a=; b=${a:-y}x${a-z}${a:+u}${a+v}\n", "_a1=b; B_2=$_a1\n", "a=b\\\n  c=d\n", "a=b \\\n  c=d\n",
    "a=\"\tb\"\n", "a=\"b\" ; c=\"d\" ;\n", "\n\n \n\t\na=b\n\n", "a=\"\xc3\xa4\"\n", "a=\"~:~\"\n", "! a=b\nc=d\n",
    "a=b'' c=''d\n", "a=\"(\"\n", "a=\"(b|c)&d;e<f>g\"\n", "a='\n'\n", "a=\\\\\n", "a=\\'b\n", "a=\\\"b\n", "a=x\nb=\"a${a}\"b\"$a\"\n",
]

# Texts of which something is beyond a reader: it is told.
TOLD = [
    "a=$(echo b)\nc=d\n", "a=`echo b`\nc=d\n", "a=\"x $(echo \"y\") z\"\nc=d\n", "if true; then a=b; fi\nc=d\n", "if [ -f /x ]\nthen\n a=b\nelse\n a=c\nfi\nd=e\n",
    "for i in 1 2; do a=$i; done\nc=d\n", "while false; do a=b; done\nc=d\n", "case x in\nx) a=b ;;\n(y) a=c ;;\nesac\nd=e\n", "f() {\n a=b\n}\nc=d\n",
    "f () { a=b; }; c=d\n", "{ a=b; }\nc=d\n", "(a=b)\nc=d\n", "true && a=b\nc=d\n", "false || a=b\nc=d\n", ". /dev/null\nc=d\n", "a=b true\nc=d\n", "cat <<E >/dev/null\na=b\nE\nc=d\n",
    "cat <<'E F' >/dev/null\na=b\nE F\nc=d\n", "cat <<-E >/dev/null\n\ta=b\n\tE\nc=d\n", "a=${b#c}\nd=e\n", "a=x; b=${a%x}\nc=d\n", "a=$((1 + 2))\nb=c\n", "a=x; a=$b\nc=d\n",
    "a=$1\nb=c\n", "a=\"$?\"\nb=c\n", "a=x; b=$a_c\nd=e\n", "eval a=b\nc=d\n", "a=b | true\nc=d\n", "a=b >/dev/null\nc=d\n", "a=b &\nc=d\n", "unset a\nb=c\n", "a=x\nunset a\nb=c\n",
    "a=b\r\nc=d\r\n", "a=\"b\"\r\n", "cat <<E >/dev/null && a=b\nx\nE\nc=d\n", "a=\"${b:-c d}\"\ne=f\n", "set -a\nb=c\n", "a=~\nb=c\n", "a=~/x b=c:~/d\n", "local a=b\nc=d\n", "if true\nthen a=\"fi\"; fi\nb=c\n",
    "case x in x) a='esac' ;; esac\nb=c\n", "a=b\nif true; then a=c; fi\n", "a=b\nexport a=$(echo c)\n", "alias x=y\nb=c\n", "a=x; ab=y\nc=$a\\\nb\n", ": ${a:=b}\nc=d\n", "a=b c=\"$a\" d=${c}e\n", "a=x\nreadonly a\nb=c\na=y\n", "a=b;;c=d\n",
]

PIECES = [
    "x", "y z", "it's", "\"", "'", "\\", "\\\\", "$v", "${v}", "$w", "${w}z", "\\$v", "#", " #", ";", " ", "\t", "=", "-", "/", ".", "\\\n", "1", "_", "\\\"", "\\'", "${v:-d}", "${w:+e}",
    "(", "|", "&", "*", "~", "$", "{", "}", "\n",
]


def sourced(path):
    """What sh has; None: it does not get to the end."""
    done = subprocess.run(["/bin/sh", "-c", r'set -a; . "$1"; printf "\0\0\0"; exec /usr/bin/env -0', "sh", path], env={"HOME": "/"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=20, check=False, cwd=os.path.dirname(path))
    _, mark, output = done.stdout.rpartition(b"\0\0\0")
    if done.returncode != 0 or not mark or done.stderr:
        return None
    found = dict(item.split(b"=", 1) for item in output.split(b"\0") if b"=" in item)
    for name in (b"HOME", b"PWD", b"OLDPWD", b"_", b"SHLVL"):
        found.pop(name, None)
    return found


def taken(path):
    done = subprocess.run([READER, path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=20, check=True)
    *items, told = done.stdout.split(b"\0")
    return dict((item.partition(b"=")[0], item.partition(b"=")[2] if b"=" in item else None) for item in items), told.decode().split()


def random_text(number):
    r = random.Random("shell %d" % number)
    lines = ["v=x", "w="]
    for _ in range(r.randint(1, 5)):
        value = "".join(r.choice(PIECES) for _ in range(r.randint(0, 5)))
        quote = r.choice(("", "\"", "\"", "'"))
        lines.append("%s%s=%s%s%s" % (r.choice(("", "", "", "export ", "  ")), r.choice("abcvw"), quote, value, quote))
    return r.choice(("\n", "\n", "; ")).join(lines) + r.choice(("\n", "", " # end\n"))


def wrong(folder, text, whole):
    """What the reader has otherwise than sh. whole: nothing may be told; None: it may."""
    path = os.path.join(folder, "text")
    with open(path, "wb") as stream:
        stream.write(text.encode("latin-1"))
    have, (found, told) = sourced(path), taken(path)
    if whole is not None and whole == bool(told):
        return "told: %s" % told
    if have is None:
        return None if told else "sh does not read it, the reader tells nothing"
    if not told and set(found) - set(have):
        return "only the reader has %s" % sorted(set(found) - set(have))
    if not told and set(have) - set(found):
        return "only sh has %s" % sorted(set(have) - set(found))
    for name, value in found.items():
        if value is not None and name in have and have[name] != value and (not told or not any(t.startswith("not-understood") for t in told)):
            return "%r is %r, sh has %r (told: %s)" % (name, value, have[name], told)
    return None


def main():
    first, count = map(int, (sys.argv[2] if len(sys.argv) > 2 else "1+20000" if os.environ.get("VNETC_LONG") else "1+1000").split("+"))
    bad = 0
    texts = [(text, True) for text in WHOLE] + [(text, False) for text in TOLD] + [(random_text(n), None) for n in range(first, first + count)]
    with tempfile.TemporaryDirectory(prefix="vnetc-shell-") as folder:
        for text, whole in texts:
            why = wrong(folder, text, whole)
            if why:
                bad += 1
                print("%r: %s" % (text, why), flush=True)
    print("%d texts, %d are read otherwise than sh reads them" % (len(texts), bad))
    sys.exit(bad > 0)


main()
