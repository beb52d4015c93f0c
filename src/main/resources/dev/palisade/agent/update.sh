#!/usr/bin/env bash
# Switches this host to the release that the portal wants, where a pinned key signed that wish, and back again when the
# portal cannot be reached from the new system.
#
#   update.sh    as root
#
#   PALISADE_URL              the portal                                   no default
#   PALISADE_HOST             this host's name at the portal               no default
#   PALISADE_TOKEN_FILE       the host's token                             no default
#   PALISADE_PUBLIC_KEYS      files with pinned Ed25519 keys (PEM)         no default
#   PALISADE_STATE            what was accepted, and the pin               /var/lib/palisade-agent
#   PALISADE_REBUILD          the command that builds and switches         nixos-rebuild switch
#   PALISADE_REBUILD_MINUTES  after which it counts as failed              60
#   PALISADE_CONFIRM_MINUTES  how long the portal may be out of reach      10
#   PALISADE_POLL_SECONDS     between two tries to reach it                10
#   PALISADE_SYSTEM           the link to the running system               /run/current-system
#   PALISADE_GENERATIONS      the profile that holds its generations       /nix/var/nix/profiles/system
#
# The command finds the release in $PALISADE_STATE/release.json, and in PALISADE_RELEASE_URL, which ends in its narHash and
# fits --override-input. Nix refuses other bytes than the signed narHash names.
#
# What is kept, so that neither a crash nor a reboot loses it: accepted.json (the newest statement that was acted on),
# pending.json (a switch that is not confirmed yet), rolled-back.json (what the collector reports).
set -euo pipefail
umask 022
export LC_ALL=C

url=${PALISADE_URL:?is the address of the portal}
url=${url%/}
host=${PALISADE_HOST:?is the name of this host at the portal}
token_file=${PALISADE_TOKEN_FILE:?is the file with the token of this host}
read -r -a pinned <<<"${PALISADE_PUBLIC_KEYS:?names the files with the pinned keys}"
state=${PALISADE_STATE:-/var/lib/palisade-agent}
rebuild=${PALISADE_REBUILD:-nixos-rebuild switch}
rebuild_minutes=${PALISADE_REBUILD_MINUTES:-60}
confirm_minutes=${PALISADE_CONFIRM_MINUTES:-10}
poll_seconds=${PALISADE_POLL_SECONDS:-10}
system=${PALISADE_SYSTEM:-/run/current-system}
generations=${PALISADE_GENERATIONS:-/nix/var/nix/profiles/system}
tolerated_skew=300

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$state"

warn() { printf '<4>%s\n' "$1" >&2; }

refuse() {
  warn "Refused: $1"
  exit 1
}

# Puts standard input in place of a file of the state, whole or not at all.
keep() {
  cat >"$state/$1.new"
  mv "$state/$1.new" "$state/$1"
}

# Fetches a path of the portal into a file; prints the status, or 000 where there was no answer.
fetch() {
  local path=$1 file=$2 token status
  read -r token <"$token_file" || [[ -n ${token:-} ]] || { warn "There is no token in $token_file."; printf 000; return; }
  [[ $token =~ ^[A-Za-z0-9_-]+$ ]] || { warn "What is in $token_file is no token."; printf 000; return; }
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --disable --config - --silent --connect-timeout 10 --max-time 60 --max-filesize 262144 \
      --output "$file" --write-out '%{http_code}' "$url$path") || true
  printf '%s' "${status:-000}"
}

desired() { fetch /agent/v1/desired "$work/desired"; }

# signed FILE SIGNATURE KEY: whether the key signed the file; the signature is 128 hexadecimal digits.
signed() {
  local octets='' i
  [[ $2 =~ ^[0-9a-f]{128}$ ]] || return 1
  for ((i = 0; i < 128; i += 2)); do octets+="\\x${2:i:2}"; done
  printf '%b' "$octets" >"$work/signature"
  openssl pkeyutl -verify -pubin -inkey "$3" -rawin -in "$1" -sigfile "$work/signature" >/dev/null 2>&1
}

signed_by_any() {
  local file=$1 signature=$2 key
  shift 2
  for key; do
    ! signed "$file" "$signature" "$key" || return 0
  done
  return 1
}

# The seconds of a time in the statement.
seconds() { date -d "$(jq -r "$2" "$1")" +%s 2>/dev/null; }

# Adds to the trusted keys those to which one of them handed over, as long as its word counts.
follow_hand_overs() {
  local count until n
  [[ $(fetch /nix/keys "$work/keys") = 200 ]] || return 0
  count=$(jq -r '[.handOvers[]?] | length | [., 64] | min' "$work/keys") || return 0
  for ((n = 0; n < count; n++)); do
    jq -j --argjson n "$n" '.handOvers[$n].text | strings' "$work/keys" >"$work/word" || continue
    signed_by_any "$work/word" "$(jq -r --argjson n "$n" '.handOvers[$n].signature | strings' "$work/keys")" "${trusted[@]}" || continue
    jq -e '.schema == "palisade.key-hand-over/1"' "$work/word" >/dev/null 2>&1 || continue
    until=$(seconds "$work/word" .until) || continue
    ((until > $(date +%s))) || continue
    jq -r '.toKey' "$work/word" >"$work/key-$n"
    trusted+=("$work/key-$n")
    warn "The pinned key handed over to $(jq -r '.to' "$work/word"). Pin that one before $(jq -r '.until' "$work/word")."
  done
}

# Checks the statement, and sets number, release and nar_hash from it.
verify() {
  local signature issued expires now
  jq -e '.statement | strings' "$work/desired" >/dev/null 2>&1 || refuse "the portal sent no statement."
  jq -j '.statement' "$work/desired" >"$work/statement"
  signature=$(jq -r '.signature | strings' "$work/desired")
  trusted=("${pinned[@]}")
  signed_by_any "$work/statement" "$signature" "${trusted[@]}" || follow_hand_overs
  signed_by_any "$work/statement" "$signature" "${trusted[@]}" || refuse "no pinned key signed the statement."
  jq -e '.schema == "palisade.statement/1" and (.host | type == "string") and (.number | type == "number" and . >= 1 and . == floor)
    and (.release | test("^[0-9a-f]{64}$")) and (.narHash | test("^sha256-[A-Za-z0-9+/]{43}=$"))' "$work/statement" \
    >/dev/null 2>&1 || refuse "what was signed is no statement."
  [[ $(jq -r '.host' "$work/statement") = "$host" ]] || refuse "the statement is for another host."
  issued=$(seconds "$work/statement" .issuedAt) || refuse "the statement does not say when it was issued."
  expires=$(seconds "$work/statement" .expiresAt) || refuse "the statement does not say when it expires."
  now=$(date +%s)
  ((now < expires)) || refuse "the statement expired at $(jq -r '.expiresAt' "$work/statement")."
  ((issued <= now + tolerated_skew)) ||
    refuse "the statement is from the future: $(jq -r '.issuedAt' "$work/statement"). Is the clock right?"
  number=$(jq -r '.number' "$work/statement")
  release=$(jq -r '.release' "$work/statement")
  nar_hash=$(jq -r '.narHash' "$work/statement")
}

# What the running system says its release is.
running() { jq -r '.release | if type == "object" then .digest else . end // "none"' "${PALISADE_PROFILE:-/etc/hardening/profile.json}" 2>/dev/null || echo none; }

# Waits until the portal answers this host from the present system.
confirmed() {
  local until=$((SECONDS + confirm_minutes * 60)) status
  while :; do
    status=$(desired)
    [[ $status = 200 || $status = 204 ]] && return 0
    ((SECONDS + poll_seconds < until)) || return 1
    sleep "$poll_seconds"
  done
}

settle() {
  jq -c '{number, release}' "$state/pending.json" | keep accepted.json
  rm -f "$state/pending.json"
}

# Makes the former system the running one and the next to boot, and leaves the reason for the collector.
go_back() {
  local reason=$1 former
  former=$(jq -r '.former' "$state/pending.json")
  warn "Going back to $former: $reason"
  if [[ $(readlink -e "$system") != "$former" ]]; then
    nix-env --profile "$generations" --set "$former" >&2 || warn "The next boot is not set to the former system."
    "$former/bin/switch-to-configuration" switch >&2 || true
    if [[ $(readlink -e "$system") != "$former" ]]; then
      warn "The former system does not come up. It is tried again at the next run."
      exit 1
    fi
  fi
  if [[ -e $state/release.former.json ]]; then
    mv "$state/release.former.json" "$state/release.json"
  else
    rm -f "$state/release.json"
  fi
  jq -c --arg reason "$reason" '{number, release, $reason}' "$state/pending.json" | keep rolled-back.json
  settle
  exit 1
}

confirm() {
  confirmed || go_back "The portal could not be reached within $confirm_minutes minutes after the switch."
  settle
  rm -f "$state/rolled-back.json" "$state/release.former.json"
  printf 'Confirmed: the portal answers from the new system.\n'
}

switch() {
  local former status=0
  former=$(readlink -e "$system") || refuse "there is no running system at $system."
  export PALISADE_RELEASE=$release PALISADE_NAR_HASH=$nar_hash
  PALISADE_RELEASE_URL="$url/nix/releases/$release.tar.gz?narHash=$(jq -rn --arg hash "$nar_hash" '$hash | @uri')"
  export PALISADE_RELEASE_URL
  jq -n --argjson number "$number" --arg release "$release" --arg former "$former" '{$number, $release, $former}' | keep pending.json
  if [[ -e $state/release.json ]]; then
    keep release.former.json <"$state/release.json"
  fi
  jq -n --arg url "$url/nix/releases/$release.tar.gz" --arg narHash "$nar_hash" --arg release "$release" --argjson number "$number" \
    '{$url, $narHash, $release, $number}' | keep release.json
  printf 'Switching to release %s, number %s.\n' "${release:0:12}" "$number"
  timeout "${rebuild_minutes}m" bash -c "$rebuild" >&2 || status=$?
  if [[ $status != 0 ]]; then
    go_back "The rebuild ended with status $status."
  fi
  confirm
  [[ $(running) = "$release" ]] ||
    warn "The system was rebuilt and has release $(running). Does its configuration take its module from $state/release.json?"
}

# A former run ended between switch and confirmation: by a crash, a reboot, or the switch itself.
if [[ -e $state/pending.json ]]; then
  if [[ $(readlink -e "$system") = "$(jq -r '.former' "$state/pending.json")" ]]; then
    rm -f "$state/pending.json"
  else
    confirm
  fi
fi

case $(desired) in
  200) verify ;;
  204) echo "Nothing is offered to this host yet."; exit 0 ;;
  *) warn "The portal says nothing about the desired release."; exit 1 ;;
esac

last=0
if [[ -e $state/accepted.json ]]; then
  last=$(jq -r '.number' "$state/accepted.json")
  ((number >= last)) || refuse "statement $number is older than $last, which was acted on."
  if ((number == last)); then
    [[ $(jq -r '.release' "$state/accepted.json") = "$release" ]] || refuse "there are two statements with the number $number."
    exit 0
  fi
fi
if [[ $(running) = "$release" ]]; then
  jq -c '{number, release}' "$work/statement" | keep accepted.json
  rm -f "$state/rolled-back.json"
  printf 'Release %s runs already; its number is %s now.\n' "${release:0:12}" "$number"
  exit 0
fi
switch
