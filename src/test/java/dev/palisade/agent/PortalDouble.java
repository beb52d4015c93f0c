package dev.palisade.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as a portal would, or as one that is broken, where the real one cannot be made to. */
final class PortalDouble implements AutoCloseable {

  /** What to answer. */
  record Answer(int status, String body) {}

  /** Is called within each request. */
  interface Watch {
    void on(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private Watch watch = exchange -> {};

  PortalDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers a path in turn, the last one for ever. */
  void answers(String path, Answer... inTurn) {
    answers.put(path, new ArrayList<>(List.of(inTurn)));
  }

  void watch(Watch next) {
    this.watch = next;
  }

  /** Methods and paths in the order in which they were asked for. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    watch.on(exchange);
    exchange.getRequestBody().readAllBytes();
    List<Answer> inTurn = answers.getOrDefault(path, List.of(new Answer(404, "{}")));
    Answer answer = inTurn.size() > 1 ? inTurn.remove(0) : inTurn.get(0);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
