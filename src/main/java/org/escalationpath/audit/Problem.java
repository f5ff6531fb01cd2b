package org.escalationpath.audit;

import org.jspecify.annotations.Nullable;

/**
 * Something that the verification found altered.
 *
 * @param chain a case's number, {@code journal}, the terms of a case's clocks, or {@code seals}
 * @param seq the first row, or seal, that is not as it was written; null where it is about none
 * @param kind one of {@code changed}, {@code missing}, {@code out-of-order}, {@code unsealed}, {@code text-changed}, {@code text-missing},
 *     {@code text-added}, {@code message-added}, {@code term-added}, {@code seal-changed}, {@code seal-missing}, {@code witness-differs}, {@code witness-unreadable}
 * @param text what that means, in a sentence
 */
public record Problem(String chain, @Nullable Integer seq, String kind, String text) {}
