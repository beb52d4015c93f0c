package dev.palisade.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of its own that runs within a network namespace. It needs no other class.
 *
 * <p>{@code listen 22,80} accepts connections to these ports and sends back datagrams, until it is
 * ended. {@code probe} reads lines and answers each with one: {@code run COMMAND} with the exit
 * code of the shell; {@code probe MILLISECONDS TARGET…} with the numbers of those targets that
 * answered, until none more has for that time. A target is {@code tcp/ADDRESS/PORT} or {@code
 * udp/ADDRESS/PORT}.
 */
final class Peer {

  private static final int BACKLOG = 1_024;
  private static final int FIRST = 10_100;
  private static final int LAST = 59_000;

  /** The port to ask from next. The kernel remembers which asked before, under other rules. */
  private static int from = FIRST;

  private Peer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("listen")) {
      listen(arguments[1].split(",", -1));
    } else {
      serve();
    }
  }

  private static void listen(String[] ports) throws IOException {
    Selector selector = Selector.open();
    for (String port : ports) {
      SocketAddress at = new InetSocketAddress("::", Integer.parseInt(port));
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(at, BACKLOG).configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      DatagramChannel datagrams = DatagramChannel.open();
      datagrams.bind(at).configureBlocking(false).register(selector, SelectionKey.OP_READ);
    }
    System.out.println("listens");
    ByteBuffer buffer = ByteBuffer.allocate(16);
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        answer(key.channel(), buffer.clear());
      }
      selector.selectedKeys().clear();
    }
  }

  private static void answer(SelectableChannel channel, ByteBuffer buffer) {
    try {
      if (channel instanceof ServerSocketChannel server) {
        for (SocketChannel one = server.accept(); one != null; one = server.accept()) {
          // Not by a reset: it might come before the client has seen that it is connected.
          one.close();
        }
      } else if (channel instanceof DatagramChannel datagrams) {
        SocketAddress sender = datagrams.receive(buffer);
        if (sender != null) {
          datagrams.send(buffer.flip(), sender);
        }
      }
    } catch (IOException e) {
      // Whoever connected has gone, or may not be answered: the next one is.
    }
  }

  private static void serve() throws IOException, InterruptedException {
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      System.out.println(
          words[0].equals("run")
              ? String.valueOf(
                  new ProcessBuilder("bash", "-c", words[1]).inheritIO().start().waitFor())
              : probe(words[1].split(" ", -1)));
    }
  }

  private static String probe(String[] words) throws IOException {
    long patience = Long.parseLong(words[0]) * 1_000_000;
    List<String> answered = new ArrayList<>();
    List<SelectableChannel> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 1; i < words.length; i++) {
        SelectableChannel channel = begin(words[i].split("/", -1), selector, i - 1, answered);
        if (channel != null) {
          all.add(channel);
        }
      }
      long end = System.nanoTime() + patience;
      for (long left = patience;
          left > 0 && selector.keys().stream().anyMatch(SelectionKey::isValid); ) {
        selector.select(left / 1_000_000 + 1);
        for (SelectionKey key : selector.selectedKeys()) {
          if (succeeds(key)) {
            answered.add(String.valueOf(key.attachment()));
            end = System.nanoTime() + patience;
          }
          key.cancel();
        }
        selector.selectedKeys().clear();
        left = end - System.nanoTime();
      }
    }
    for (SelectableChannel channel : all) {
      channel.close();
    }
    return String.join(" ", answered);
  }

  /** Begins to ask. Between namespaces a connection may be there at once. */
  private static @Nullable SelectableChannel begin(
      String[] target, Selector selector, int number, List<String> answered) throws IOException {
    InetSocketAddress to = new InetSocketAddress(target[1], Integer.parseInt(target[2]));
    @Nullable SelectableChannel channel = null;
    try {
      if (target[0].equals("tcp")) {
        SocketChannel tcp = SocketChannel.open();
        channel = tcp;
        tcp.configureBlocking(false);
        tcp.setOption(StandardSocketOptions.SO_LINGER, 0);
        tcp.bind(new InetSocketAddress(next()));
        if (tcp.connect(to)) {
          answered.add(String.valueOf(number));
        } else {
          tcp.register(selector, SelectionKey.OP_CONNECT, number);
        }
      } else {
        DatagramChannel udp = DatagramChannel.open();
        channel = udp;
        udp.configureBlocking(false);
        udp.bind(new InetSocketAddress(next()));
        udp.connect(to);
        udp.register(selector, SelectionKey.OP_READ, number);
        udp.write(ByteBuffer.wrap(new byte[] {1}));
      }
      return channel;
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      return null;
    }
  }

  private static int next() {
    from = from == LAST ? FIRST : from + 1;
    return from;
  }

  private static boolean succeeds(SelectionKey key) {
    try {
      return key.channel() instanceof SocketChannel tcp
          ? tcp.finishConnect()
          : ((DatagramChannel) key.channel()).read(ByteBuffer.allocate(16)) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
