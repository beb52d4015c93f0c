/**
 * What a host's rules let in: readers for the two forms in which Linux prints them, and one walk
 * through the chains. Functions without a framework, and without exceptions for odd input.
 */
@NullMarked
package dev.palisade.audit.firewall;

import org.jspecify.annotations.NullMarked;
