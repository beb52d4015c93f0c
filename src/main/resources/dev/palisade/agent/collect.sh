#!/usr/bin/env bash
# Writes what this host runs, as palisade.evidence/1 JSON. Sends nothing and needs no network.
#
#   collect.sh FILE    writes FILE, FILE.gz and FILE.sig, all for their owner alone
#
# As root it reads everything. As an ordinary user it reads what it may, and names the rest under "unreadable" (sysctl keys)
# and "notRead" (everything else). FILE.sig is the signature by the host's SSH key over FILE, and empty without that key.
#
#   PALISADE_PROFILE      what the rendered module left behind        /etc/hardening/profile.json
#   PALISADE_HOST_KEY     the private SSH key that signs; empty: none /etc/ssh/ssh_host_ed25519_key
#   PALISADE_STATE        where the updater keeps what it accepted    /var/lib/palisade-agent
set -euo pipefail
umask 077
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin

[[ $# -eq 1 ]] || { echo "usage: collect.sh FILE" >&2; exit 2; }
out=$1
profile=${PALISADE_PROFILE-/etc/hardening/profile.json}
host_key=${PALISADE_HOST_KEY-/etc/ssh/ssh_host_ed25519_key}
state=${PALISADE_STATE-/var/lib/palisade-agent}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/not-read"

# Key material never leaves the host, not even its absence.
secret='def secret: test("(^|[./])(tcp_fastopen_key|stable_secret|netdev_rss_key)$");'

say() { printf '<4>%s\n' "$1" >&2; }

# Notes that something could not be read, with the first line of the complaint.
not_read() { printf '%s: %s\n' "$1" "$(head -n 1 "$work/complaint" | tr -d "\r" | cut -c 1-200)" >>"$work/not-read"; }

# Runs a reader; what it prints counts only where it succeeds, and else the file is empty.
read_by() {
  local name=$1 file=$2
  shift 2
  if ! command -v "$1" >/dev/null; then
    echo "$1 is not installed" >"$work/complaint"
  elif "$@" >"$file" 2>"$work/complaint"; then
    return 0
  fi
  not_read "$name"
  : >"$file"
  return 1
}

# Running values. sysctl fails as soon as one key is denied, and still prints the others.
command -v sysctl >/dev/null || { say "sysctl is not installed; there is nothing to report."; exit 1; }
sysctl -a >"$work/sysctl" 2>"$work/denied" || true
jq -Rn "$secret"'
  reduce (inputs | split(" = ") | select(length > 1) | {key: .[0], value: (.[1:] | join(" = "))} | select(.key | secret | not)) as $line
    ({}; .[$line.key] |= if . == null then $line.value else . + "\n" + $line.value end)' <"$work/sysctl" >"$work/sysctl.json"
sed -n "s/^sysctl: .*\(key\|file\) [\"'\`]*\([^\"' ]*\).*/\2/p" "$work/denied" | sed '/^\/proc\/sys\//{s///;s/\//./g}' |
  jq -Rn "$secret"'[inputs | select(secret | not)] | unique' >"$work/unreadable.json"

# The firewall. Rules that iptables wrote are unreadable to nft, so its own table decides who is asked. Counters change
# all the time and say nothing about what is open.
nft=0
read_by nft "$work/nft" nft -s -j list ruleset && nft=1
rules4=0
read_by iptables "$work/rules4" iptables-save && rules4=1
read_by ip6tables "$work/rules6" ip6tables-save || true
for file in rules4 rules6; do
  sed -i -e '/^#/d' -e 's/\[[0-9]*:[0-9]*\]/[0:0]/' "$work/$file"
done
iptables_filters() { grep -q -e '^-A' -e '^:INPUT DROP' "$work/rules4" "$work/rules6"; }
nixos_nft() { jq -e 'any(.nftables[].table?; .family == "inet" and .name == "nixos-fw")' "$work/nft" >/dev/null; }
# Of rules that iptables wrote, nft tells modules by their name alone: where there are others beside them, both are sent.
others_nft() {
  jq -e 'any(.nftables[].rule? // empty; .family != "ip" and .family != "ip6"
    or (.table | IN("filter", "nat", "mangle", "raw", "security") | not))' "$work/nft" >/dev/null
}
both=false
if [[ $nft = 1 && $rules4 = 1 ]] && iptables_filters && others_nft; then both=true; fi

# Ports that are open on every interface, where NixOS wrote the rules; else nothing is said about them.
open_ports='
  def lists: if length > 5000 then {} else
    {openTcp: map(select(.proto == "tcp").port) | unique, openUdp: map(select(.proto == "udp").port) | unique} end;
  def ports: if type == "number" then . elif has("set") then .set[] | ports
    elif has("range") then range(.range[0]; .range[1] + 1) else empty end;'
if [[ $both = true ]] && ! nixos_nft; then
  jq --rawfile v4 "$work/rules4" --rawfile v6 "$work/rules6" '{
      backend: (if $v4 + $v6 | test("(^|\n)(-A INPUT|:INPUT DROP)") then "iptables" else "nftables" end),
      ruleset: ., saved: $v4, saved6: $v6
    }' "$work/nft" >"$work/firewall.json"
elif [[ $nft = 1 ]] && { [[ $rules4 = 0 ]] || ! iptables_filters || nixos_nft; }; then
  jq --argjson both "$both" --rawfile v4 "$work/rules4" --rawfile v6 "$work/rules6" "$open_ports"'{
      backend: (if any(.nftables[].chain?; .hook == "input") then "nftables" else "none" end), ruleset: .
    } + (if $both then {saved: $v4, saved6: $v6} else {} end)
    + if any(.nftables[].chain?; .table == "nixos-fw" and .name == "input-allow") then
      [(.nftables[].rule? | select(.table == "nixos-fw" and .chain == "input-allow" and (.expr | length == 2 and (.[1] | has("accept"))))
          | .expr[0].match | select(.op == "==" and .left.payload.field == "dport") | {proto: .left.payload.protocol, port: (.right | ports)}),
       (.nftables[].set? | select(.table == "nixos-fw" and .name == "temp-ports") | .elem[]? | (.elem.val? // .).concat? // empty
          | {proto: .[0], port: (.[1] | ports)})] | lists
      else {} end' "$work/nft" >"$work/firewall.json"
elif [[ $rules4 = 1 ]]; then
  jq -n --rawfile v4 "$work/rules4" --rawfile v6 "$work/rules6" "$open_ports"'{
      backend: (if $v4 | test("(^|\n)(-A|:INPUT DROP)") then "iptables" else "none" end), ruleset: $v4, ruleset6: $v6
    } + if $v4 | test("\n-A INPUT -j nixos-fw\n") then
      [$v4 | split("\n")[] | select(test("^-A nixos-fw .*-j nixos-fw-accept$") and (test(" -[isd] ") | not))
        | capture("-p (?<proto>tcp|udp) .*--dport (?<from>[0-9]+)(:(?<to>[0-9]+))?")
        | {proto, port: range(.from | tonumber; (.to // .from | tonumber) + 1)}] | lists
      else {} end' >"$work/firewall.json"
else
  echo null >"$work/firewall.json"
fi

# Who listens. Process names come without ids, which differ at every start.
echo null >"$work/listeners.json"
read_by listeners "$work/ss" ss -Htulnp && jq -Rn '[inputs | [splits(" +")] | select(length >= 5)
  | (.[4] | capture("^(?<address>.*):(?<port>[0-9]+)$")) as $local
  | {proto: .[0], address: ($local.address | ltrimstr("[") | rtrimstr("]")), port: ($local.port | tonumber)}
    + ((.[6:] | join(" ") | capture("users:\\(\\(\"(?<process>[^\"]*)\"")) // {})] | unique' <"$work/ss" >"$work/listeners.json"

# The kernel's command line without credentials that systemd takes from it.
read_by cmdline "$work/cmdline" cat /proc/cmdline || true
jq -Rs 'rtrimstr("\n") | gsub("\"(?<name>systemd\\.set[_-]credential[a-z_-]*)=[^\"]*\""; "\(.name)=")
  | gsub("(?<name>systemd\\.set[_-]credential[a-z_-]*)=([^ \"]|\"[^\"]*\"?)+"; "\(.name)=")
  | if . == "" then null else . end' <"$work/cmdline" >"$work/cmdline.json"

echo null >"$work/modules.json"
read_by modules "$work/modules" cut -d ' ' -f 1 /proc/modules && jq -Rn '[inputs] | unique' <"$work/modules" >"$work/modules.json"

# Lockdown and module signing as they are in force: what the command line asks for may not be.
read_by lockdown "$work/lockdown" cat /sys/kernel/security/lockdown || true
read_by sigEnforce "$work/sig-enforce" cat /sys/module/module/parameters/sig_enforce || true

# What sshd would run with, by its own words; a word that comes twice is a list.
echo null >"$work/sshd.json"
if command -v sshd >/dev/null && read_by sshd "$work/sshd" "$(command -v sshd)" -T; then
  jq -Rn 'reduce (inputs | split(" ") | select(length > 1) | {key: .[0], value: (.[1:] | join(" "))}) as $line
    ({}; .[$line.key] |= if . == null then $line.value elif type == "array" then . + [$line.value] else [., $line.value] end)' \
    <"$work/sshd" >"$work/sshd.json"
fi

# What the rendered module says about itself: the release, what it declares, what the host's configuration makes of it.
echo null >"$work/profile.json"
if [[ -e $profile ]]; then
  read_by profile "$work/profile.read" jq -e "$secret"'def open: if type == "object" then with_entries(select(.key | secret | not)) else . end;
    objects | .declared |= open | .effective |= open' "$profile" && mv "$work/profile.read" "$work/profile.json"
fi

# That the updater went back, until the portal offers something newer.
echo null >"$work/rolled-back.json"
if [[ -r $state/rolled-back.json ]]; then
  jq -c '{number, reason}' "$state/rolled-back.json" >"$work/rolled-back.json" || echo null >"$work/rolled-back.json"
fi

booted=$(readlink -e /run/booted-system 2>/dev/null || true)
current=$(readlink -e /run/current-system 2>/dev/null || true)
nixos=$(nixos-version --json 2>/dev/null | jq -r '.nixosVersion // empty' 2>/dev/null || true)

jq -n \
  --arg id "$(cat /proc/sys/kernel/random/uuid)" \
  --arg collectedAt "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  --arg bootId "$(cat /proc/sys/kernel/random/boot_id)" \
  --arg kernel "$(uname -r)" --arg architecture "$(uname -m)" --arg lockdown "$(cat "$work/lockdown")" \
  --arg sigEnforce "$(cat "$work/sig-enforce")" --arg nixos "$nixos" --arg current "$current" --arg booted "$booted" \
  --slurpfile sysctl "$work/sysctl.json" --slurpfile unreadable "$work/unreadable.json" \
  --slurpfile firewall "$work/firewall.json" --slurpfile listeners "$work/listeners.json" \
  --slurpfile cmdline "$work/cmdline.json" --slurpfile modules "$work/modules.json" --slurpfile sshd "$work/sshd.json" \
  --slurpfile profile "$work/profile.json" --slurpfile rolledBack "$work/rolled-back.json" --rawfile notRead "$work/not-read" '
  def known: if . == "" then null else . end;
  {
    schema: "palisade.evidence/1", $id, $collectedAt, $bootId, $kernel, $architecture, nixos: ($nixos | known),
    lockdown: ($lockdown | known), sigEnforce: ($sigEnforce | known),
    release: ($profile[0] // {} | .release | if type == "object" then .digest else . end),
    systemCurrent: ($current | known), systemBooted: ($booted | known),
    sysctl: $sysctl[0], unreadable: $unreadable[0],
    declared: ($profile[0] // {} | .declared), effective: ($profile[0] // {} | .effective),
    profile: ($profile[0] | if . == null then null else del(.declared, .effective) end),
    firewall: $firewall[0], listeners: $listeners[0], cmdline: $cmdline[0], modules: $modules[0], sshd: $sshd[0],
    rolledBack: $rolledBack[0], notRead: ($notRead | split("\n") | map(select(. != "")))
  } | with_entries(select(.value != null))' >"$work/evidence"

: >"$work/signature"
if [[ -n $host_key && -r $host_key ]]; then
  if ssh-keygen -Y sign -q -n palisade.evidence -f "$host_key" "$work/evidence" 2>"$work/complaint" </dev/null; then
    mv "$work/evidence.sig" "$work/signature"
  else
    say "Not signed: $(head -n 1 "$work/complaint")"
  fi
elif [[ -n $host_key ]]; then
  say "Not signed: $host_key cannot be read."
fi
gzip -n -9 <"$work/evidence" >"$work/zipped"

# Each appears whole or not at all.
for pair in evidence: zipped:.gz signature:.sig; do
  cp "$work/${pair%%:*}" "$out${pair#*:}.new"
  mv "$out${pair#*:}.new" "$out${pair#*:}"
done

if [[ -s $work/not-read ]]; then
  say "Not read: $(paste -s -d ';' "$work/not-read")"
fi
if [[ -r $state/accepted.json ]]; then
  wanted=$(jq -r '.release' "$state/accepted.json")
  running=$(jq -r '.release // "none"' "$work/evidence")
  [[ $wanted = "$running" ]] || say "This system has release ${running:0:12}; it should have ${wanted:0:12}. Rebuild it."
fi
