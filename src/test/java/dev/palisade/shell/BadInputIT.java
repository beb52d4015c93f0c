package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people and scripts get wrong at the admin API: each is a problem that names what is wrong,
 * and nothing is done.
 */
@Tag("portal")
class BadInputIT {

  private static final String SETTINGS = "/settings";
  private static final String QDISC = "net.core.default_qdisc";
  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  private static Portal portal;
  private static String draft;
  private static String waiting;
  private static String host;

  @BeforeAll
  static void usePortal() {
    portal = Portal.running();
    draft = portal.draft("bad-draft", Map.of(COOKIES, 1));
    waiting = portal.submitted("bad-waiting", Map.of(COOKIES, 1));
    host = portal.host("bad-host").name();
  }

  /**
   * One mistake.
   *
   * @param pointer the member that the problem must name; empty where it names none
   */
  record Mistake(
      String name,
      Role role,
      Function<Caller, Answer> call,
      int status,
      String code,
      String pointer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Mistake mistake(
      String name,
      Role role,
      int status,
      String code,
      String pointer,
      Function<Caller, Answer> call) {
    return new Mistake(name, role, call, status, code, pointer);
  }

  static List<Mistake> settings() {
    List<Mistake> rows = new ArrayList<>();
    value(rows, "a setting that the catalog lacks", "net.ipv4.no_such_key", "1", "/0/key");
    value(rows, "a key with a line break", COOKIES + "\\nkernel.x", "1", "/0/key");
    value(rows, "a number out of bounds", "net.ipv4.conf.all.rp_filter", "7", "/0/value");
    value(rows, "a negative number", "net.core.somaxconn", "-1", "/0/value");
    value(rows, "a text for a number", COOKIES, "\"1\"", "/0/value");
    value(rows, "true for a number", COOKIES, "true", "/0/value");
    value(rows, "a fraction", COOKIES, "1.5", "/0/value");
    value(rows, "a number beyond 64 bits", COOKIES, "99999999999999999999", "/0/value");
    value(rows, "a number beyond all numbers", COOKIES, "1e999", "/0/value");
    value(rows, "no value", COOKIES, "null", "/0/value");
    value(rows, "a list in a list", COOKIES, "[[1]]", "/0/value/0");
    value(rows, "an object for a number", COOKIES, "{\"value\":1}", "/0/value");
    value(rows, "a line break in a value", QDISC, "\"fq\\nkernel.sysrq=1\"", "/0/value");
    value(rows, "NUL in a value", QDISC, "\"fq\\u0000\"", "/0/value");
    value(rows, "half a character in a value", QDISC, "\"\\ud800\"", "/0/value");
    value(rows, "a port too high", "networking.firewall.allowedTCPPorts", "[22,70000]", "/0/value");
    value(rows, "a port twice", "networking.firewall.allowedTCPPorts", "[22,22]", "/0/value");
    value(rows, "a number for a switch", "networking.firewall.enable", "1", "/0/value");
    rows.add(
        edit(
            "a key twice",
            "[{\"key\":\"" + COOKIES + "\",\"value\":1},{\"key\":\"" + COOKIES + "\",\"value\":0}]",
            422,
            "not-valid",
            "/1/key"));
    rows.add(edit("an empty entry", "[null]", 422, "not-valid", "/0/key"));
    rows.add(edit("no key", "[{\"value\":1}]", 422, "not-valid", "/0/key"));
    rows.add(
        edit(
            "NUL in a reason",
            "[{\"key\":\"" + COOKIES + "\",\"value\":1,\"reason\":\"because\\u0000\"}]",
            422,
            "not-valid",
            "/0/reason"));
    return rows;
  }

  private static void value(
      List<Mistake> rows, String name, String key, String value, String pointer) {
    rows.add(
        edit(
            name,
            "[{\"key\":\"" + key + "\",\"value\":" + value + "}]",
            422,
            "not-valid",
            pointer));
  }

  private static Mistake edit(String name, String body, int status, String code, String pointer) {
    return mistake(
        name,
        Role.AUTHOR,
        status,
        code,
        pointer,
        caller -> caller.put(Portal.version(draft) + SETTINGS, body));
  }

  static List<Mistake> layers() {
    return List.of(
        part("no parameter", "parameters", "[null]", 422, "not-valid", "/0/name"),
        part("no list", "parameters", "null", 400, "bad-request", ""),
        part("an unknown type", "parameters", "[{\"name\":\"p\"}]", 422, "not-valid", "/0/type"),
        part(
            "an unknown member",
            "parameters",
            "[{\"name\":\"p\",\"type\":\"port\",\"weak\":1}]",
            400,
            "unknown-member",
            ""),
        part(
            "a choice out of an object",
            "parameters",
            "[{\"name\":\"p\",\"type\":\"choice\",\"choices\":[{}]}]",
            422,
            "not-valid",
            "/0/choices"),
        part("no profile to lie over", "extends", "{\"number\":1}", 422, "not-valid", "/slug"),
        part("nothing to lie over", "extends", "null", 400, "bad-request", ""),
        part(
            "a version that nobody wrote to lie over",
            "extends",
            "{\"slug\":\"nothing\",\"number\":1}",
            404,
            "not-found",
            ""),
        part(
            "a version to lie over itself",
            "extends",
            "{\"slug\":\"" + draft + "\",\"number\":1}",
            409,
            "conflict",
            ""),
        part(
            "a declaration of what the catalog has",
            "settings",
            "[{\"key\":\""
                + COOKIES
                + "\",\"value\":1,\"declared\":{\"kind\":\"sysctl\",\"type\":\"int\"}}]",
            422,
            "not-valid",
            "/0/declared"),
        part(
            "a declaration without a kind",
            "settings",
            "[{\"key\":\"net.x.y\",\"value\":1,\"declared\":{}}]",
            422,
            "not-valid",
            "/0/declared/kind"));
  }

  private static Mistake part(
      String name, String part, String body, int status, String code, String pointer) {
    return mistake(
        name,
        Role.AUTHOR,
        status,
        code,
        pointer,
        caller -> caller.put(Portal.version(draft) + "/" + part, body));
  }

  static List<Mistake> json() {
    String entry = "{\"key\":\"" + COOKIES + "\",\"value\":1}";
    return List.of(
        edit("an object for a list", entry, 400, "bad-request", ""),
        edit("broken JSON", "[" + entry, 400, "bad-request", ""),
        edit("more after the end", "[" + entry + "] []", 400, "bad-request", ""),
        edit("nothing", "", 400, "bad-request", ""),
        edit("null", "null", 400, "bad-request", ""),
        edit("deep JSON", "[".repeat(5_000) + "]".repeat(5_000), 400, "bad-request", ""),
        edit(
            "deep value",
            "[{\"key\":\"x\",\"value\":" + "[".repeat(500) + "]".repeat(500) + "}]",
            400,
            "bad-request",
            "/0/value"),
        edit(
            "a member twice",
            "[{\"key\":\"" + COOKIES + "\",\"value\":1,\"value\":0}]",
            400,
            "bad-request",
            "/0"),
        edit(
            "an unknown member",
            "[{\"key\":\"" + COOKIES + "\",\"value\":1,\"colour\":\"red\"}]",
            400,
            "unknown-member",
            "/0/colour"),
        edit("a number for a key", "[{\"key\":5,\"value\":1}]", 400, "bad-request", "/0/key"),
        edit(
            "a text for true",
            "[{\"key\":\"" + COOKIES + "\",\"value\":1,\"mandatory\":\"yes\"}]",
            400,
            "bad-request",
            "/0/mandatory"),
        mistake(
            "a body of another type",
            Role.AUTHOR,
            415,
            "unsupported-type",
            "",
            c ->
                c.send(
                    "PUT",
                    Portal.version(draft) + SETTINGS,
                    "text/plain",
                    BodyPublishers.ofString("[" + entry + "]"))),
        mistake(
            "a content type that is none",
            Role.AUTHOR,
            415,
            "unsupported-type",
            "",
            c ->
                c.send(
                    "PUT",
                    Portal.version(draft) + SETTINGS,
                    "x",
                    BodyPublishers.ofString("[" + entry + "]"))),
        mistake(
            "an empty content type where no body is read",
            Role.AUTHOR,
            415,
            "unsupported-type",
            "",
            c ->
                c.send(
                    "POST", Portal.version(draft) + "/submit", "", BodyPublishers.ofString("x"))),
        mistake(
            "an answer in a type that there is not",
            Role.AUTHOR,
            406,
            "not-acceptable",
            "",
            c ->
                c.send(
                    "GET",
                    "/api/v1/profiles",
                    null,
                    BodyPublishers.noBody(),
                    "Accept",
                    "text/html")),
        mistake(
            "an encoding that nobody knows here",
            Role.AUTHOR,
            415,
            "unsupported-type",
            "",
            c ->
                c.send(
                    "PUT",
                    Portal.version(draft) + SETTINGS,
                    "application/json",
                    BodyPublishers.ofString("[]"),
                    "Content-Encoding",
                    "br")),
        mistake(
            "a stale If-Match",
            Role.AUTHOR,
            412,
            "content-changed",
            "",
            c -> edit(c, "\"" + "0".repeat(64) + "\"")),
        mistake(
            "an If-Match that is no digest",
            Role.AUTHOR,
            412,
            "content-changed",
            "",
            c -> edit(c, "\"abc\"")));
  }

  private static Answer edit(Caller caller, String ifMatch) {
    return caller.send(
        "PUT",
        Portal.version(draft) + SETTINGS,
        "application/json",
        BodyPublishers.ofString("[]"),
        "If-Match",
        ifMatch);
  }

  static List<Mistake> profiles() {
    String versions = "/api/v1/profiles/" + draft + "/versions";
    return List.of(
        post("a profile with a bad slug", "/slug", Map.of("slug", "Bad Slug", "name", "x")),
        post("a profile without a slug", "/slug", Map.of("name", "x")),
        post("a profile without a name", "/name", Map.of("slug", "nameless")),
        post("a profile whose name has two lines", "/name", Map.of("slug", "s", "name", "a\nb")),
        post("a profile whose name holds NUL", "/name", Map.of("slug", "s", "name", "a\0")),
        post(
            "a profile with a book for a description",
            "/description",
            Map.of("slug", "s", "name", "s", "description", "x".repeat(10_001))),
        mistake(
            "a profile whose slug is taken",
            Role.AUTHOR,
            409,
            "already-exists",
            "",
            c -> c.post("/api/v1/profiles", Map.of("slug", draft, "name", "x"))),
        mistake(
            "another slug for a profile",
            Role.AUTHOR,
            422,
            "not-valid",
            "/slug",
            c -> c.patch("/api/v1/profiles/" + draft, Map.of("slug", "other"))),
        comment("a comment that says nothing", "/text", Map.of("text", " ")),
        comment("a comment without a text", "/text", Map.of()),
        comment("a comment with NUL", "/text", Map.of("text", "a\0")),
        comment("a comment as long as a book", "/text", Map.of("text", "x".repeat(10_001))),
        comment("a comment on nothing", "/key", Map.of("text", "x", "key", "net.ipv4.nothing")),
        comment("a comment on NUL", "/key", Map.of("text", "x", "key", "a\0")),
        comment("a comment on half a digest", "/digest", Map.of("text", "x", "digest", "abc")),
        missing("a comment on a version that nobody wrote", versions + "/99/comments"),
        missing("a profile that nobody wrote", "/api/v1/profiles/nobody-wrote-this"),
        missing("a version that nobody wrote", versions + "/99"),
        missing("a version that is no number", versions + "/first"),
        missing("a version beyond all numbers", versions + "/99999999999"),
        missing("a file that no version has", versions + "/1/module.exe"),
        missing("a path that nobody serves", "/api/v1/nothing"),
        mistake(
            "a copy of a version that nobody wrote",
            Role.AUTHOR,
            404,
            "not-found",
            "",
            c -> c.post(versions, Map.of("copyOf", Map.of("slug", "nothing", "number", 1)))),
        mistake(
            "a method that a path does not take",
            Role.AUTHOR,
            405,
            "method-not-allowed",
            "",
            c -> c.send("DELETE", versions, null, BodyPublishers.noBody())),
        mistake(
            "editing what is in review",
            Role.AUTHOR,
            409,
            "conflict",
            "",
            c -> c.put(Portal.version(waiting) + SETTINGS, "[]")),
        mistake(
            "submitting twice",
            Role.AUTHOR,
            409,
            "conflict",
            "",
            c -> c.post(Portal.version(waiting) + "/submit")),
        mistake(
            "retiring what nobody approved",
            Role.AUTHOR,
            409,
            "conflict",
            "",
            c -> c.post(Portal.version(waiting) + "/retire")),
        decision("approving without a digest", "approve", 422, "not-valid", "/digest", "{}"),
        decision(
            "approving what is no digest",
            "approve",
            422,
            "not-valid",
            "/digest",
            "{\"digest\":\"abc\"}"),
        decision(
            "approving other content",
            "approve",
            412,
            "content-changed",
            "",
            "{\"digest\":\"" + "0".repeat(64) + "\"}"),
        decision("rejecting without a word", "reject", 422, "not-valid", "/comment", "{}"),
        decision(
            "rejecting with NUL",
            "reject",
            422,
            "not-valid",
            "/comment",
            "{\"comment\":\"no\\u0000\"}"),
        mistake(
            "approving a draft",
            Role.APPROVER,
            409,
            "conflict",
            "",
            c ->
                c.post(
                    Portal.version(draft) + "/approve",
                    Map.of("digest", portal.read(draft).get("digest").textValue()))));
  }

  private static Mistake post(String name, String pointer, Map<String, String> body) {
    return mistake(
        name, Role.AUTHOR, 422, "not-valid", pointer, c -> c.post("/api/v1/profiles", body));
  }

  private static Mistake missing(String name, String path) {
    return mistake(name, Role.VIEWER, 404, "not-found", "", c -> c.get(path));
  }

  private static Mistake decision(
      String name, String decision, int status, String code, String pointer, String body) {
    return mistake(
        name,
        Role.APPROVER,
        status,
        code,
        pointer,
        c -> c.post(Portal.version(waiting) + "/" + decision, body));
  }

  private static Mistake comment(String name, String pointer, Map<String, String> body) {
    String comments = "/api/v1/profiles/" + draft + "/versions/1/comments";
    return mistake(name, Role.APPROVER, 422, "not-valid", pointer, c -> c.post(comments, body));
  }

  static List<Mistake> fleet() {
    String hostPath = "/api/v1/hosts/" + host;
    return List.of(
        host("a host with capitals", "/name", "{\"name\":\"Web\"}"),
        host("a host without a name", "/name", "{}"),
        host("a host named with a line break", "/name", "{\"name\":\"web\\n\"}"),
        host("a label with a bad name", "/labels", "{\"name\":\"web\",\"labels\":{\"A\":\"b\"}}"),
        host(
            "a label with a line break",
            "/labels",
            "{\"name\":\"web\",\"labels\":{\"a\":\"b\\n\"}}"),
        host("a label that is null", "/labels", "{\"name\":\"web\",\"labels\":{\"a\":null}}"),
        host(
            "a parameter with a bad name",
            "/parameters",
            "{\"name\":\"web\",\"parameters\":{\"A b\":\"eth0\"}}"),
        host(
            "a parameter with a line break",
            "/parameters/lan",
            "{\"name\":\"web\",\"parameters\":{\"lan\":\"eth0\\neth1\"}}"),
        host(
            "a parameter that is null",
            "/parameters/lan",
            "{\"name\":\"web\",\"parameters\":{\"lan\":null}}"),
        host(
            "a book for a parameter",
            "/parameters/lan",
            "{\"name\":\"web\",\"parameters\":{\"lan\":\"" + "x".repeat(251) + "\"}}"),
        operator(
            "a number for a host's name",
            400,
            "bad-request",
            "/name",
            c -> c.post("/api/v1/hosts", "{\"name\":5}")),
        operator(
            "a host whose name is taken",
            409,
            "already-exists",
            "",
            c -> c.post("/api/v1/hosts", Map.of("name", host))),
        operator(
            "a host that nobody registered",
            404,
            "not-found",
            "",
            c -> c.get("/api/v1/hosts/nobody")),
        operator(
            "a token for nobody", 404, "not-found", "", c -> c.post("/api/v1/hosts/nobody/token")),
        operator(
            "labels beside a key that is none",
            422,
            "not-valid",
            "/sshHostKey",
            c -> c.patch(hostPath, Map.of("labels", Map.of("a", "b"), "sshHostKey", "x"))),
        operator(
            "another name for a host",
            422,
            "not-valid",
            "/name",
            c -> c.patch(hostPath, Map.of("name", "other"))),
        operator(
            "a profile that nobody wrote",
            422,
            "not-valid",
            "/0",
            c -> c.put(hostPath + "/profiles", "[\"nobody-wrote-this\"]")),
        profilesOfAHost("an object for the profiles", "{}", ""),
        profilesOfAHost("an unknown member for the profiles", "{\"zz\":1}", ""),
        profilesOfAHost("no profiles at all", "null", ""),
        profilesOfAHost("a list in the profiles", "[[]]", "/0"),
        profilesOfAHost("a number for a profile", "[5]", "/0"),
        profilesOfAHost("half a list of profiles", "[[[[", ""),
        profilesOfAHost("a bottomless list of profiles", "[".repeat(10_000), ""),
        operator(
            "a number for a time",
            400,
            "bad-request",
            "/expiresAt",
            c ->
                c.post(
                    "/api/v1/delivery-tokens",
                    "{\"name\":\"x\",\"selector\":\"all\",\"expiresAt\":1798000000}")),
        operator(
            "a number in a text for a time",
            400,
            "bad-request",
            "/expiresAt",
            c ->
                c.post(
                    "/api/v1/delivery-tokens",
                    "{\"name\":\"x\",\"selector\":\"all\",\"expiresAt\":\"1798000000\"}")),
        operator(
            "no profile in the list",
            422,
            "not-valid",
            "/0",
            c -> c.put(hostPath + "/profiles", "[null]")),
        operator(
            "a profile named with NUL",
            422,
            "not-valid",
            "",
            c -> c.put(hostPath + "/profiles", "[\"a\\u0000\"]")),
        operator(
            "a profile twice",
            422,
            "not-valid",
            "/1",
            c -> c.put(hostPath + "/profiles", List.of(draft, draft))),
        operator(
            "profiles for nobody",
            404,
            "not-found",
            "",
            c -> c.put("/api/v1/hosts/nobody/profiles", List.of(draft))),
        operator(
            "a module before any offer",
            404,
            "not-found",
            "",
            c -> c.get(hostPath + "/module.nix")));
  }

  private static Mistake profilesOfAHost(String name, String body, String pointer) {
    return operator(
        name, 400, "bad-request", pointer, c -> c.put("/api/v1/hosts/" + host + "/profiles", body));
  }

  private static Mistake host(String name, String pointer, String body) {
    return operator(name, 422, "not-valid", pointer, c -> c.post("/api/v1/hosts", body));
  }

  private static Mistake operator(
      String name, int status, String code, String pointer, Function<Caller, Answer> call) {
    return mistake(name, Role.OPERATOR, status, code, pointer, call);
  }

  static List<Mistake> rollouts() {
    String versions = ",\"versions\":{\"" + waiting + "\":1}";
    return List.of(
        rollout(
            "a version that is in review",
            409,
            "not-approved",
            "",
            "\"selector\":\"all\"" + versions),
        rollout(
            "a version that nobody wrote",
            422,
            "not-valid",
            "/versions/" + waiting,
            "\"selector\":\"all\",\"versions\":{\"" + waiting + "\":7}"),
        rollout(
            "a version of a profile named with NUL",
            422,
            "not-valid",
            "",
            "\"selector\":\"all\",\"versions\":{\"a\\u0000\":1}"),
        rollout("no version", 422, "not-valid", "/versions", "\"selector\":\"all\""),
        rollout(
            "a version number as text",
            400,
            "bad-request",
            "/versions/" + waiting,
            "\"selector\":\"all\",\"versions\":{\"" + waiting + "\":\"1\"}"),
        rollout("no selector", 422, "not-valid", "/selector", "\"waves\":[]" + versions),
        rollout(
            "half a selector", 422, "not-valid", "/selector", "\"selector\":\"name =\"" + versions),
        rollout(
            "a bottomless selector",
            422,
            "not-valid",
            "/selector",
            "\"selector\":\"" + "(".repeat(1_000) + "\"" + versions),
        rollout(
            "several waves",
            422,
            "not-valid",
            "/waves",
            "\"selector\":\"all\",\"waves\":[{\"size\":\"1\"},{\"size\":\"100%\"}]" + versions),
        rollout(
            "an empty wave",
            422,
            "not-valid",
            "/waves",
            "\"selector\":\"all\",\"waves\":[null]" + versions),
        letThrough("no hosts to let through", "/hosts", "\"hosts\":[],\"reason\":\"Console\""),
        letThrough("nobody says which", "/hosts", "\"reason\":\"Console\""),
        letThrough("no reason", "/reason", "\"hosts\":[\"web\"]"),
        letThrough("a blank reason", "/reason", "\"hosts\":[\"web\"],\"reason\":\" \\t \""),
        letThrough(
            "an invisible reason",
            "/reason",
            "\"hosts\":[\"web\"],\"reason\":\"\\u200b\\u2060\\ufeff\\u00ad\""),
        letThrough(
            "a reason of 10,000 characters",
            "/reason",
            "\"hosts\":[\"web\"],\"reason\":\"" + "x".repeat(10_000) + "\""),
        letThrough(
            "half a character in a reason",
            "/reason",
            "\"hosts\":[\"web\"],\"reason\":\"Console \\ud800\""),
        rollout(
            "a plan that lets through without a reason",
            422,
            "not-valid",
            "/despiteLockOut/reason",
            "\"selector\":\"all\",\"despiteLockOut\":{\"hosts\":[\"web\"]}" + versions),
        rollout(
            "a plan that lets through as others do",
            400,
            "unknown-member",
            "/despiteLockOut/all",
            "\"selector\":\"all\",\"despiteLockOut\":{\"all\":true}" + versions),
        operator(
            "a rollout that nobody planned",
            404,
            "not-found",
            "",
            c -> c.post("/api/v1/rollouts/999999/start")),
        operator(
            "a rollout that is no number", 404, "not-found", "", c -> c.get("/api/v1/rollouts/x")));
  }

  private static Mistake letThrough(String name, String pointer, String members) {
    return operator(
        name,
        422,
        "not-valid",
        pointer,
        c -> c.post("/api/v1/rollouts/999999/let-through", "{" + members + "}"));
  }

  private static Mistake rollout(
      String name, int status, String code, String pointer, String members) {
    return operator(
        name,
        status,
        code,
        pointer,
        c -> c.post("/api/v1/rollouts", "{\"name\":\"bad\"," + members + "}"));
  }

  static List<Mistake> queries() {
    return List.of(
        query("no hosts to a page", 422, "not-valid", "/limit", "hosts?limit=0"),
        query("too many hosts to a page", 422, "not-valid", "/limit", "hosts?limit=501"),
        query("a limit that is no number", 422, "not-valid", "/limit", "hosts?limit=many"),
        query("a limit beyond all numbers", 422, "not-valid", "/limit", "hosts?limit=99999999999"),
        query("no findings to a page", 422, "not-valid", "/limit", "findings?limit=0"),
        query("findings before the first", 422, "not-valid", "/cursor", "findings?cursor=-1"),
        query("a cursor that is no number", 422, "not-valid", "/cursor", "findings?cursor=next"),
        query(
            "a verdict that does not exist",
            422,
            "not-valid",
            "/verdict",
            "findings?verdict=green"),
        query("a kind that does not exist", 422, "not-valid", "/kind", "catalog?kind=registry"),
        query("a setting that the catalog lacks", 404, "not-found", "", "catalog/net.ipv4.nothing"),
        query("a report that nobody sent", 404, "not-found", "", "reports/999999"),
        query("a report that is no number", 404, "not-found", "", "reports/newest"),
        query(
            "a journal cursor that is no number", 422, "not-valid", "/cursor", "journal?cursor=x"),
        query("no acts to a page", 422, "not-valid", "/limit", "journal?limit=0"));
  }

  private static Mistake query(String name, int status, String code, String pointer, String path) {
    return mistake(name, Role.AUDITOR, status, code, pointer, c -> c.get("/api/v1/" + path));
  }

  static List<Mistake> users() {
    return List.of(
        user("a user with capitals", "/username", "{\"username\":\"Root\"}"),
        user("a user without a name", "/username", "{}"),
        user("a user named with NUL", "/username", "{\"username\":\"a\\u0000\"}"),
        user(
            "a role that does not exist",
            "/roles/1",
            "{\"username\":\"u\",\"roles\":[\"viewer\",\"root\"]}"),
        user("a short password", "/password", "{\"username\":\"u\",\"password\":\"short\"}"),
        user("an address that is none", "/email", "{\"username\":\"u\",\"email\":\"nobody\"}"),
        user(
            "a display name of two lines",
            "/displayName",
            "{\"username\":\"u\",\"displayName\":\"a\\nb\"}"),
        admin(
            "a user whose name is taken",
            409,
            "already-exists",
            c -> c.post("/api/v1/users", "{\"username\":\"viewer\"}")),
        admin(
            "a user whom nobody created",
            404,
            "not-found",
            c -> c.patch("/api/v1/users/nobody", "{}")),
        admin(
            "roles for the portal itself",
            409,
            "conflict",
            c -> c.patch("/api/v1/users/portal", "{\"roles\":[\"administrator\"]}")),
        admin(
            "taking administration from oneself",
            409,
            "conflict",
            c -> c.patch("/api/v1/users/admin", "{\"roles\":[]}")),
        admin(
            "disabling oneself",
            409,
            "conflict",
            c -> c.patch("/api/v1/users/admin", "{\"disabled\":true}")));
  }

  private static Mistake user(String name, String pointer, String body) {
    return mistake(
        name, Role.ADMINISTRATOR, 422, "not-valid", pointer, c -> c.post("/api/v1/users", body));
  }

  private static Mistake admin(
      String name, int status, String code, Function<Caller, Answer> call) {
    return mistake(name, Role.ADMINISTRATOR, status, code, "", call);
  }

  @ParameterizedTest
  @MethodSource({"settings", "layers", "json", "profiles", "fleet", "rollouts", "queries", "users"})
  void isAnsweredWithItsProblemAndDoesNothing(Mistake mistake) {
    long acts = acts();
    Answer answer = mistake.call().apply(portal.as(mistake.role()));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(mistake.status());
    assertThat(answer.code()).as(answer.toString()).isEqualTo(mistake.code());
    JsonNode problem = answer.json();
    assertThat(problem.get("type").textValue()).endsWith(mistake.code());
    assertThat(problem.get("status").intValue()).isEqualTo(mistake.status());
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue())
        .isNotBlank()
        .doesNotContain("dev.palisade", "java.");
    if (!mistake.pointer().isEmpty()) {
      assertThat(problem.get("errors").findValuesAsText("pointer")).contains(mistake.pointer());
    }
    assertThat(acts()).isEqualTo(acts);
  }

  /** Every act is in the journal, so a journal that has not grown shows that nothing was done. */
  private static long acts() {
    return portal
        .as(Role.AUDITOR)
        .get("/api/v1/journal?limit=1")
        .expect(200)
        .json()
        .get("total")
        .longValue();
  }
}
