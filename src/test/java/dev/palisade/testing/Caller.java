package dev.palisade.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * Somebody who calls a portal over HTTP, with a token or without.
 *
 * @param authorization the header of that name, or null
 */
public record Caller(URI portal, String authorization) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** What the portal answered. */
  public static final class Answer {
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.response = response;
    }

    public int status() {
      return response.statusCode();
    }

    public byte[] body() {
      return response.body();
    }

    public String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return MAPPER.readTree(body());
      } catch (IOException e) {
        throw new AssertionError("This is not JSON: " + text(), e);
      }
    }

    /** The first value of a header, or an empty text. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The code of the problem that was answered, or an empty text. */
    public String code() {
      return header("Content-Type").startsWith("application/problem+json")
          ? json().path("code").asText()
          : "";
    }

    /** This answer where it is the one that was hoped for; else the test fails with its body. */
    public Answer expect(int wanted) {
      if (status() != wanted) {
        throw new AssertionError("Expected " + wanted + ", got " + this);
      }
      return this;
    }

    @Override
    public String toString() {
      return status() + " " + header("Content-Type") + " " + text();
    }
  }

  static Caller anonymous(URI portal) {
    return new Caller(portal, null);
  }

  /** The same portal, called with a bearer token. */
  public Caller bearer(String token) {
    return new Caller(portal, "Bearer " + token);
  }

  /** The same portal, called as Nix calls it, with login and password. */
  public Caller basic(String login, String password) {
    byte[] pair = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Caller(portal, "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Buys a personal token. */
  public Caller signedIn(String username, String password) {
    Answer answer =
        post("/api/v1/auth/token", Map.of("username", username, "password", password)).expect(200);
    return bearer(answer.json().get("token").textValue());
  }

  public Answer get(String path) {
    return send("GET", path, null, BodyPublishers.noBody());
  }

  /**
   * Posts JSON.
   *
   * @param body a text is taken as JSON already; anything else is written as JSON
   */
  public Answer post(String path, Object body) {
    return json("POST", path, body);
  }

  public Answer put(String path, Object body) {
    return json("PUT", path, body);
  }

  public Answer patch(String path, Object body) {
    return json("PATCH", path, body);
  }

  /** Posts without a body. */
  public Answer post(String path) {
    return send("POST", path, null, BodyPublishers.noBody());
  }

  public Answer json(String method, String path, Object body) {
    return send(method, path, "application/json", BodyPublishers.ofString(asJson(body)));
  }

  /** Posts bytes of some type, with further headers in pairs. */
  public Answer post(String path, String type, byte[] body, String... headers) {
    return send("POST", path, type, BodyPublishers.ofByteArray(body), headers);
  }

  public Answer send(
      String method, String path, String type, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(portal + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (type != null) {
      request.header("Content-Type", type);
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String asJson(Object body) {
    try {
      return body instanceof String text ? text : MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
