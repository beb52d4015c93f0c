/** From evidence to verdicts: readers and rules without a framework or a database. */
@NullMarked
package dev.palisade.audit.verdict;

import org.jspecify.annotations.NullMarked;
