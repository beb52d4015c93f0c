# The chains of NixOS with every option that the reader looks at turned on, in the order of its start script.
ip46tables() {
  iptables "$@" && ip6tables "$@"
}
set -e
ip46tables -N nixos-fw-accept
ip46tables -A nixos-fw-accept -j ACCEPT
ip46tables -N nixos-fw-refuse
ip46tables -A nixos-fw-refuse -p tcp ! --syn -j REJECT --reject-with tcp-reset
ip46tables -A nixos-fw-refuse -j REJECT
ip46tables -N nixos-fw-log-refuse
ip46tables -A nixos-fw-log-refuse -p tcp --syn -j LOG --log-level info --log-prefix "refused connection: "
ip46tables -A nixos-fw-log-refuse -m pkttype --pkt-type broadcast -j LOG --log-level info --log-prefix "refused broadcast: "
ip46tables -A nixos-fw-log-refuse -m pkttype --pkt-type multicast -j LOG --log-level info --log-prefix "refused multicast: "
ip46tables -A nixos-fw-log-refuse -m pkttype ! --pkt-type unicast -j nixos-fw-refuse
ip46tables -A nixos-fw-log-refuse -j LOG --log-level info --log-prefix "refused packet: "
ip46tables -A nixos-fw-log-refuse -j nixos-fw-refuse
ip46tables -N nixos-fw
ip46tables -t mangle -N nixos-fw-rpfilter
ip46tables -t mangle -A nixos-fw-rpfilter -m rpfilter --validmark -j RETURN
iptables -t mangle -A nixos-fw-rpfilter -p udp --sport 67 --dport 68 -j RETURN
iptables -t mangle -A nixos-fw-rpfilter -s 0.0.0.0 -d 255.255.255.255 -p udp --sport 68 --dport 67 -j RETURN
ip46tables -t mangle -A nixos-fw-rpfilter -j LOG --log-level info --log-prefix "rpfilter drop: "
ip46tables -t mangle -A nixos-fw-rpfilter -j DROP
ip46tables -t mangle -A PREROUTING -j nixos-fw-rpfilter
ip46tables -A nixos-fw -i lo -j nixos-fw-accept
ip46tables -A nixos-fw -i docker0 -j nixos-fw-accept
for container in ve-+ vz-+ vt-+ ns-+; do
  ip46tables -A nixos-fw -i "$container" -p udp --dport 67 -j nixos-fw-accept
done
ip46tables -A nixos-fw -m conntrack --ctstate ESTABLISHED,RELATED -j nixos-fw-accept
for port in 22 53 80 443 8000:8010; do
  ip46tables -A nixos-fw -p tcp --dport "$port" -j nixos-fw-accept
done
ip46tables -A nixos-fw -p tcp --dport 9100 -j nixos-fw-accept -i wg0
ip46tables -A nixos-fw -p udp --dport 53 -j nixos-fw-accept
iptables -w -A nixos-fw -p icmp --icmp-type echo-request -m limit --limit 1/minute --limit-burst 5 -j nixos-fw-accept
ip6tables -A nixos-fw -p icmpv6 --icmpv6-type redirect -j DROP
ip6tables -A nixos-fw -p icmpv6 --icmpv6-type 139 -j DROP
ip6tables -A nixos-fw -p icmpv6 -j nixos-fw-accept
ip6tables -A nixos-fw -d fe80::/64 -p udp --dport 546 -j nixos-fw-accept
iptables -A nixos-fw -s 10.0.0.0/8 -p tcp -m multiport --dports 24800 -m comment --comment 'a "quoted" one' -j ACCEPT
ip46tables -A nixos-fw -j nixos-fw-log-refuse
ip46tables -A INPUT -j nixos-fw
