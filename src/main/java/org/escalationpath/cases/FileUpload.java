package org.escalationpath.cases;

/**
 * A file as somebody sends it.
 *
 * @param name as the browser gives it, maybe with a path or worse
 */
public record FileUpload(String name, byte[] content) {}
