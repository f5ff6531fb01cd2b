package org.escalationpath.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops at a file that is larger than it looked while it was compressed. */
final class LimitedStream extends FilterInputStream {

  private final long largest;
  private long read;

  LimitedStream(InputStream in, long largest) {
    super(in);
    this.largest = largest;
  }

  @Override
  public int read() throws IOException {
    var one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var many = super.read(buffer, offset, length);
    count(Math.max(0, many));
    return many;
  }

  private void count(int more) {
    read += more;
    if (read > largest) {
      throw Mapping.bad(
          "file",
          "unpacked it has more than %,d bytes (escalation.imports.largest); bring it in by years"
              .formatted(largest));
    }
  }
}
