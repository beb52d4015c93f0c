package dev.palisade.shell.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Bounds every body, chunked ones too, and inflates gzip within a second bound. */
@Provider
public class BodyLimit implements ContainerRequestFilter {

  /** Bytes on the wire. */
  public static final long MOST_RAW = 4L * 1024 * 1024;

  /** Bytes after inflating. */
  public static final long MOST_INFLATED = 16L * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (!request.hasEntity()) {
      return;
    }
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    InputStream raw = new Bounded(request.getEntityStream(), MOST_RAW, "4 MiB");
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      request.setEntityStream(raw);
    } else if (encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
      request.setEntityStream(new Bounded(new Inflated(raw), MOST_INFLATED, "16 MiB inflated"));
      request.getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
    } else {
      throw new DomainException(
          Problem.UNSUPPORTED_TYPE, "The content encoding is gzip or none, not this one.");
    }
  }

  /** Fails once more than the limit was read. */
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private final String words;
    private long read;

    Bounded(InputStream in, long most, String words) {
      super(in);
      this.most = most;
      this.words = words;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) {
      read += n;
      if (read > most) {
        throw new DomainException(
            Problem.TOO_LARGE, "A body has at most " + words + "; this one is larger.");
      }
    }
  }

  /** Opens the gzip stream at the first read, and says in words what is wrong with it. */
  private static final class Inflated extends InputStream {
    private final InputStream raw;
    private InputStream inflating;

    Inflated(InputStream raw) {
      this.raw = raw;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        if (inflating == null) {
          inflating = new GZIPInputStream(raw);
        }
        return inflating.read(buffer, offset, length);
      } catch (EOFException | ZipException e) {
        throw new DomainException(
            Problem.BAD_REQUEST, "The gzip body is broken or ends early. Send it again.");
      }
    }
  }
}
