package dev.palisade.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Payara Micro with the application in it. */
final class Server implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String CONFIG = "set configs.config.server-config.";
  private static final String LISTENER =
      CONFIG + "network-config.protocols.protocol.http-listener.http.";

  /** The server's data grid serves this node only; nobody else is to reach it. */
  private static final String GRID =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <hazelcast xmlns="http://www.hazelcast.com/schema/config">
        <network>
          <port auto-increment="true">6900</port>
          <interfaces enabled="true">
            <interface>127.0.0.1</interface>
          </interfaces>
          <join>
            <auto-detection enabled="false"/>
            <multicast enabled="false"/>
            <tcp-ip enabled="false"/>
          </join>
        </network>
        <properties>
          <property name="hazelcast.socket.bind.any">false</property>
        </properties>
      </hazelcast>
      """;

  private final PayaraMicroRuntime runtime;

  private Server(PayaraMicroRuntime runtime) {
    this.runtime = runtime;
  }

  /** Fails when somebody else listens on the port already. */
  static void requireFreePort(Settings settings) throws StartFailure {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port()));
    } catch (IOException e) {
      throw new StartFailure(
          "Port %d on %s is taken or not ours; choose another with PALISADE_HTTP_PORT"
              .formatted(settings.port(), settings.bind()),
          e);
    }
  }

  /**
   * Starts the server. The listener is set up before it listens: a change afterwards restarts it in
   * the background, and an application that is deployed at that moment is never reached.
   *
   * @param application the web archive to deploy at the root
   */
  static Server start(Settings settings, Path application) throws StartFailure {
    PayaraMicroRuntime runtime;
    long logged;
    try {
      logged = Logs.length(settings.dataDirectory());
      Path work = Files.createDirectories(settings.dataDirectory().resolve("server"));
      System.setProperty(
          "hazelcast.config",
          Files.writeString(work.resolve("hazelcast.xml"), GRID).toUri().getPath());
      Path before =
          Files.writeString(
              work.resolve("pre-boot-commands"),
              String.join(
                  "\n",
                  List.of(
                      CONFIG
                          + "network-config.network-listeners.network-listener.http-listener.address="
                          + settings.bind(),
                      LISTENER + "server-header=false",
                      LISTENER + "xpowered-by=false",
                      LISTENER + "request-timeout-seconds=60",
                      LISTENER + "cookie-same-site-enabled=true",
                      LISTENER + "cookie-same-site-value=Lax",
                      LISTENER + "max-post-size-bytes=" + 16 * 1024 * 1024)));
      Path after =
          Files.writeString(
              work.resolve("post-boot-commands"),
              String.join(
                  "\n",
                  List.of(
                      "set-metrics-configuration --enabled=false",
                      "set-openapi-configuration --enabled=false")));
      runtime =
          PayaraMicroLauncher.create(
                  new String[] {
                    "--rootdir",
                    work.toString(),
                    "--port",
                    String.valueOf(settings.port()),
                    "--nocluster",
                    "--disablephonehome",
                    "--nohostaware",
                    "--contextroot",
                    "/",
                    "--deploy",
                    application.toString(),
                    "--prebootcommandfile",
                    before.toString(),
                    "--postbootcommandfile",
                    after.toString(),
                    "--logproperties",
                    Logs.properties(settings.dataDirectory()).toString()
                  })
              .getRuntime();
    } catch (Exception e) {
      throw new StartFailure("The server cannot start", e);
    }
    Server server = new Server(runtime);
    if (!isServing(settings)) {
      server.close();
      throw new StartFailure(
          "The application cannot be deployed: "
              + Logs.firstFailure(settings.dataDirectory(), logged)
              + " (see "
              + Logs.file(settings.dataDirectory())
              + ")");
    }
    return server;
  }

  /** Whether the application answers: the server itself says it is ready even when it does not. */
  private static boolean isServing(Settings settings) {
    String bind = settings.bind().equals("0.0.0.0") ? LOOPBACK : settings.bind();
    String host = bind.contains(":") ? "[" + (bind.equals("::") ? "::1" : bind) + "]" : bind;
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + host + ":" + settings.port() + "/health/ready"))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      runtime.shutdown();
    } catch (BootstrapException | IllegalStateException e) {
      System.getLogger("dev.palisade")
          .log(System.Logger.Level.WARNING, "The server did not stop cleanly", e);
    }
  }
}
