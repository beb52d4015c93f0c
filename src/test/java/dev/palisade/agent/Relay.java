package dev.palisade.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Carries connections between a TCP port and a socket in the file system, which is seen from every
 * network namespace. {@code main} is the end inside a namespace: it listens on the loopback device
 * there, which a test can take down.
 */
final class Relay implements AutoCloseable {

  /** Opens the other end. */
  private interface Opener {
    SocketChannel open() throws IOException;
  }

  private final ServerSocketChannel listener;
  private final Opener opener;

  private Relay(ServerSocketChannel listener, SocketAddress at, Opener opener) throws IOException {
    this.listener = listener;
    this.opener = opener;
    listener.bind(at);
  }

  /** Listens on a socket in the file system, and passes on to a TCP port of this namespace. */
  static Relay fromFile(Path file, int port) throws IOException {
    Relay relay =
        new Relay(
            ServerSocketChannel.open(StandardProtocolFamily.UNIX),
            UnixDomainSocketAddress.of(file),
            () -> SocketChannel.open(loopback(port)));
    daemon(relay::accept);
    return relay;
  }

  /**
   * Listens on a TCP port of this namespace, and passes on to a socket in the file system.
   *
   * @param arguments the port and the socket's path
   */
  public static void main(String[] arguments) throws IOException {
    UnixDomainSocketAddress file = UnixDomainSocketAddress.of(arguments[1]);
    new Relay(
            ServerSocketChannel.open(),
            loopback(Integer.parseInt(arguments[0])),
            () -> SocketChannel.open(file))
        .accept();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel near = listener.accept();
        SocketChannel far = opener.open();
        daemon(() -> copy(near, far));
        daemon(() -> copy(far, near));
      }
    } catch (IOException e) {
      if (listener.isOpen()) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer some = ByteBuffer.allocate(8_192);
    try (from;
        to) {
      while (from.read(some) >= 0) {
        some.flip();
        while (some.hasRemaining()) {
          to.write(some);
        }
        some.clear();
      }
    } catch (IOException e) {
      // One side is gone, and by closing its own both are.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
