/** Compares the reader of firewall rules with the kernel: random rules and real connections. */
package dev.palisade.differential;
