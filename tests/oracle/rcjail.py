# SPDX-License-Identifier: BSD-2-Clause
"""How ezjail's files become a jail.conf: ezjail.sh sources and exports, rc.d/jail's parse_options writes (freebsd.md 3.1 to 3.3)."""

import re


def created_by_ezjail(name, safename):
    """What `ezjail-admin create NAME ADDRESS` writes: the ground on which vnetc's lines stand."""
    values = {
        "hostname": name, "ip": "192.0.2.1", "rootdir": "/usr/jails/" + name, "exec_start": "/bin/sh /etc/rc", "exec_stop": "",
        "mount_enable": "YES", "devfs_enable": "YES", "devfs_ruleset": "devfsrules_jail", "procfs_enable": "YES", "fdescfs_enable": "YES",
        "image": "", "imagetype": "", "attachparams": "", "attachblocking": "", "forceblocking": "", "zfs_datasets": "", "cpuset": "",
        "fib": "", "parameters": "", "post_start_script": "", "retention_policy": "",
    }
    return {"jail_%s_%s" % (safename, k): v for k, v in values.items()}


def yes(value):
    return value.lower() in ("yes", "true", "on", "1")


def jail_conf_text(name, env):
    """parse_options of rc.d/jail, in its order; name is the jail's as the rc script is given it."""
    jv = re.sub(r"[^A-Za-z0-9]", "_", name)
    out = []

    def var(what, default=""):
        return env.get("jail_%s_%s" % (jv, what)) or env.get("jail_%s" % what) or default

    def single(what, param, default=""):
        value = var(what, default)
        if value:
            out.append('%s = "%s";' % (param, value))

    def numbered(what, param):
        i = 0
        while True:
            value = var("%s%d" % (what, i))
            if value:
                out.append('%s += "%s";' % (param, value))
            elif i != 0:
                return
            i += 1

    if not var("rootdir") or not var("hostname"):
        raise ValueError("%s: no rootdir or no hostname" % name)
    exec_start, exec_stop = var("exec_start"), var("exec_stop")
    if not exec_start:
        exec_start = "/bin/sh /etc/rc"
        exec_stop = exec_stop or "/bin/sh /etc/rc.shutdown jail"
    single("hostname", "host.hostname")
    single("rootdir", "path")
    if var("ip"):
        addresses(var("ip"), out)
        single("fib", "exec.fib")
        out.append("allow.raw_sockets = 0;")
    else:
        out.append("vnet;")
        words = var("vnet_interface").split()
        if words:
            out.append("vnet.interface = %s;" % ", ".join('"%s"' % w for w in words))
    out += ["exec.clean;", 'exec.system_user = "root";', 'exec.jail_user = "root";']
    for hook in ("prestart", "poststart", "prestop", "poststop"):
        numbered("exec_" + hook, "exec." + hook)
    out.append('exec.start += "%s";' % exec_start)
    numbered("exec_afterstart", "exec.start")
    out.append('exec.stop = "%s";' % exec_stop)
    single("consolelog", "exec.consolelog", "/var/log/jail_%s_console.log" % name)
    if yes(var("devfs_enable")):
        out.append("mount.devfs;")
        ruleset = var("devfs_ruleset")
        if ruleset[:1].isdigit():
            out.append('devfs_ruleset = "%s";' % ruleset)
        elif ruleset not in ("", "devfsrules_jail"):
            raise ValueError("%s: devfs_ruleset %s is no number" % (name, ruleset))
    for enable, param in (("fdescfs_enable", "mount.fdescfs"), ("procfs_enable", "mount.procfs"), ("mount_enable", "allow.mount")):
        if yes(var(enable)):
            out.append(param + ";")
    out += ["allow.set_hostname = 0;", "allow.sysvipc = 0;"]
    single("enforce_statfs", "enforce_statfs", "2")
    for word in var("parameters").split():
        if re.search(r"[*?\[]", word):
            raise ValueError("%s: the shell would glob %s" % (name, word))
        out.append(word[:-1] + ";" if word.endswith(";") else word + ";")
    return "%s {\n%s\n}\n" % (name, "\n".join("\t" + line for line in out))


def addresses(ip, out):
    for item in ip.split(","):
        interface, _, rest = item.rpartition("|")
        inet6 = ":" in rest
        if "/" not in rest:
            rest += "/128" if inet6 else "/32"
        out.append('%s += "%s%s";' % ("ip6.addr" if inet6 else "ip4.addr", interface + "|" if interface else "", rest))


def rcorder_header(text):
    """(provides, requires) as rcorder reads them: the first unbroken run of such lines."""
    provides, requires, begun = [], [], False
    for line in text.split("\n"):
        match = re.match(r"# (PROVIDE|REQUIRE|BEFORE|KEYWORD):(.*)", line)
        if match:
            begun = True
            {"PROVIDE": provides, "REQUIRE": requires}.get(match.group(1), []).extend(match.group(2).split())
        elif begun:
            break
    return provides, requires
