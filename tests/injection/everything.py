# SPDX-License-Identifier: BSD-2-Clause
"""Topologies in which every record of the language stands somewhere, so that each of its keys has a place to be filled."""

ONE = {
    "host": {
        "name": "box",
        "interfaces": {
            "re0": {"description": "uplink"},
            "em0": {}, "em1": {},
            "lagg0": {"lagg": {"ports": ["em0", "em1"]}},
            "re0.20": {"vlan": {"parent": "re0", "tag": 20}},
            "gif0": {"tunnel": ["192.168.0.10", "198.51.100.1"], "addresses": ["10.77.0.1/32"], "peer": "10.77.0.2"},
        },
        "router": True,
        "routes": [{"to": "10.9.0.0/16", "via": "192.168.0.9"}],
        "nameservers": ["192.168.0.254"],
        "rc_conf": {"sshd_enable": "YES"},
    },
    "defaults": {"jail": {"description": "by default"}, "interface": {"mtu": 1500}},
    "subnets": {
        "lan": {"prefixes": ["192.168.0.0/24", "fd00:0:0:1::/64"], "gateway": "192.168.0.254"},
        "back": {"prefixes": ["10.0.2.0/24"], "gateway": "gate"},
        "wire": {"prefixes": ["10.0.3.0/24"]},
    },
    "bridges": {
        "bridge0": {"subnet": "lan", "members": ["re0", {"interface": "re0.20"}], "addresses": ["192.168.0.10"]},
        "bridge1": {"subnet": "back"},
    },
    "epairs": {"cable": {"a": {"jail": "gate", "addresses": ["10.0.3.1"]}, "b": {"jail": "www", "addresses": ["10.0.3.2"]}, "subnet": "wire"}},
    "jails": {
        "gate": {
            "interfaces": [{"bridge": "bridge0", "addresses": ["192.168.0.13"]}, {"bridge": "bridge1", "addresses": ["10.0.2.1"]}],
            "router": True, "nat": True, "rdr": [{"proto": "tcp", "port": 80, "to": "www"}],
        },
        "www": {
            "interfaces": [{"bridge": "bridge1", "addresses": ["10.0.2.2"], "vlans": {"30": {"addresses": ["10.0.30.2/24"]}}}],
            "parameters": {"allow.raw_sockets": "1"}, "rc_conf": {"nginx_enable": "YES"},
            "exec": {"prestart": ["true"], "poststart": ["true"], "prestop": ["true"], "poststop": ["true"]},
        },
        "old": {"vnet": False, "ip": ["bridge0|192.168.0.17"]},
    },
    "machines": {"vm": {"interfaces": [{"bridge": "bridge0", "tap": "tap0", "addresses": ["192.168.0.30"]}]}},
    "expect": [{"from": "www", "to": "gate"}],
}
