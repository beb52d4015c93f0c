/** What every room may rely on: problems, digests, canonical JSON, pages. Knows no other room. */
@Room(uses = {})
@NullMarked
package dev.palisade.core;

import org.jspecify.annotations.NullMarked;
