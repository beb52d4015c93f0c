#!/usr/bin/env bash
# Posts what the collector wrote, tries again with growing pauses, and says when this host should run another release.
#
#   send.sh    needs no privilege
#
#   PALISADE_URL              the portal                              no default
#   PALISADE_EVIDENCE         gzip-ed evidence                        $CREDENTIALS_DIRECTORY/evidence
#   PALISADE_SIGNATURE        its signature, may be empty             $CREDENTIALS_DIRECTORY/signature
#   PALISADE_TOKEN_FILE       the host's token                        $CREDENTIALS_DIRECTORY/token
#   PALISADE_ATTEMPTS         how often to try                        6
#   PALISADE_PAUSE_SECONDS    the first pause; each next one doubles  10
#
# The token goes to curl on its standard input, never as an argument or in the environment, where other users could see it.
set -euo pipefail
umask 077
export LC_ALL=C

credentials=${CREDENTIALS_DIRECTORY:-/run/credentials}
url=${PALISADE_URL:?is the address of the portal}
url=${url%/}
evidence=${PALISADE_EVIDENCE:-$credentials/evidence}
signature_file=${PALISADE_SIGNATURE:-$credentials/signature}
token_file=${PALISADE_TOKEN_FILE:-$credentials/token}
attempts=${PALISADE_ATTEMPTS:-6}
pause=${PALISADE_PAUSE_SECONDS:-10}
longest_pause=600

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

warn() { printf '<4>%s\n' "$1" >&2; }

read -r token <"$token_file" || [[ -n ${token:-} ]] || { warn "There is no token in $token_file."; exit 2; }
[[ $token =~ ^[A-Za-z0-9_-]+$ ]] || { warn "What is in $token_file is no token."; exit 2; }

# The signature as one line: its armour without the first and the last.
signature=
if [[ -s $signature_file ]]; then
  signature=$(grep -v '^-----' "$signature_file" | tr -d '\n')
  [[ $signature =~ ^[A-Za-z0-9+/]+=*$ ]] || { warn "What is in $signature_file is no SSH signature."; exit 2; }
fi

# Calls the portal; prints the status, or 000 where there was no answer.
call() {
  local status
  status=$({
    printf 'header = "Authorization: Bearer %s"\n' "$token"
    [[ -z $signature ]] || printf 'header = "Palisade-Signature: %s"\n' "$signature"
  } | curl --disable --config - --silent --show-error --connect-timeout 10 --max-time 120 \
    --output "$work/answer" --write-out '%{http_code}' "$@" 2>"$work/complaint") || true
  printf '%s' "${status:-000}"
}

explained() { jq -r '.detail // .title // empty' "$work/answer" 2>/dev/null || true; }

for ((attempt = 1; ; attempt++)); do
  : >"$work/answer"
  status=$(call --header 'Content-Type: application/json' --header 'Content-Encoding: gzip' \
    --data-binary "@$evidence" "$url/agent/v1/reports")
  case $status in
    202) break ;;
    000) reason=$(head -n 1 "$work/complaint") ;;
    408 | 429 | 5??) reason="the portal answered $status $(explained)" ;;
    *) warn "The portal refused the evidence: $status $(explained)"; exit 1 ;;
  esac
  if ((attempt >= attempts)); then
    warn "Gave up after $attempt attempts: $reason"
    exit 1
  fi
  warn "Attempt $attempt failed: $reason"
  # Between half and the whole of the pause, so that hosts which lost the portal together do not come back together.
  sleep "$((pause - (pause > 0 ? RANDOM % (pause / 2 + 1) : 0)))"
  pause=$((pause * 2 < longest_pause ? pause * 2 : longest_pause))
done
printf 'Reported: %s\n' "$(jq -r '.verdicts | to_entries | map("\(.value) \(.key)") | join(", ")' "$work/answer")"

# Only a hint: what the portal says here is not verified, and nothing is changed by it.
signature=
if [[ $(call "$url/agent/v1/desired") = 200 ]]; then
  wanted=$(jq -r '.release.digest // empty' "$work/answer")
  running=$(gzip -dc "$evidence" | jq -r '.release // "none"')
  if [[ $wanted =~ ^[0-9a-f]{64}$ && $wanted != "$running" ]]; then
    warn "This system has release ${running:0:12}; it should have ${wanted:0:12}. Rebuild it."
  fi
fi
