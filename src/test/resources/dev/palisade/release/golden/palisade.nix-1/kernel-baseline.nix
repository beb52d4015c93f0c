# Palisade release 7fd51b64f0ab9805b56f033243320635a8b61d3bcd7621a96d6762dbf4a75416
# Approved: kernel-baseline v1 5335e75ad6035348cc41221e191b2681d8f916bce6edd4760c05a3686ebe4e3d
{ lib, ... }:

{
  boot = {
    blacklistedKernelModules = [
      "af_alg"
      "appletalk"
      "atm"
      "ax25"
      "bluetooth"
      "can"
      "cramfs"
      "dccp"
      "firewire-core"
      "freevxfs"
      "hfs"
      "hfsplus"
      "ip_tables"
      "jffs2"
      "netrom"
      "rds"
      "rose"
      "sctp"
      "tipc"
      "udf"
      "usb-storage"
      "x25"
    ];
    kernelParams = [
      "audit=1"
      "audit_backlog_limit=8192"
      "bdev_allow_write_mounted=0"
      "debugfs=off"
      "efi=disable_early_pci_dma"
      "fb_tunnels=initns"
      "hash_pointers=always"
      "ia32_emulation=0"
      "init_on_alloc=1"
      "init_on_free=1"
      "iommu.strict=1"
      "kfence.sample_interval=100"
      "lockdown=integrity"
      "mitigations=auto"
      "module.sig_enforce=1"
      "oops=panic"
      "page_alloc.shuffle=1"
      "proc_mem.force_override=never"
      "pti=on"
      "randomize_kstack_offset=1"
      "slab_nomerge"
      "vdso32=0"
      "vsyscall=none"
    ];
  };
  security = {
    # Locks modules after boot; list late needs in boot.kernelModules (sch_cake/sch_fq, tcp_bbr, nf_*).
    lockKernelModules = lib.mkOverride 900 true;
    # Sets nohibernate and kexec_load_disabled (mkDefault).
    protectKernelImage = lib.mkOverride 900 true;
  };
}
