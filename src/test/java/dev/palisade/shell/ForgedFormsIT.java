package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to pages that no page makes: each is refused in words, none fails. */
@Tag("portal")
class ForgedFormsIT {

  private final Portal portal = Portal.running();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signIn=signIn&signIn:username=admin&signIn:password=x&jakarta.faces.ViewState=stateless",
        "signIn=signIn&primefaces.nonce=x&jakarta.faces.ViewState=stateless",
        "signIn=signIn&jakarta.faces.ViewState=stateless"
            + "&primefaces.nonce=AAAAODEtZWVkYi00ODU3LWJlZDUtYjM5ODMwNzcwNDY0AAAA",
        "jakarta.faces.ViewState=1:2&primefaces.nonce=<script>",
        "",
        "primefaces.nonce=OWQ3NDI3ODEtZWVkYi00ODU3LWJlZDUtYjM5ODMwNzcwNDY0"
      })
  void aFormWithoutItsPagesKeyIsRefused(String form) {
    Answer answer = post("/login", "application/x-www-form-urlencoded", form);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.text()).contains("not accepted").doesNotContain("Exception");
  }

  @Test
  void aFormInPartsIsRefused() {
    assertThat(post("/login", "multipart/form-data; boundary=", "--x").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/login?jakarta.faces.ViewState=x", "/login?jakarta.faces.partial.ajax=true"})
  void halfAFormByGetIsRefused(String path) {
    assertThat(portal.anonymous().get(path).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH"})
  void aMethodThatNoPageTakesIsRefused(String method) {
    Answer answer = portal.anonymous().send(method, "/login", null, BodyPublishers.noBody());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(answer.text()).contains("not accepted");
  }

  /** So whoever only looks at it leaves nothing behind on the server. */
  @Test
  void theSignInPageNeedsNoSession() {
    Answer answer =
        post(
            "/login",
            "application/x-www-form-urlencoded",
            "signIn=signIn&signIn:username=admin&signIn:password=wrong&signIn:submit="
                + "&jakarta.faces.ViewState=stateless"
                + "&primefaces.nonce=OWQ3NDI3ODEtZWVkYi00ODU3LWJlZDUtYjM5ODMwNzcwNDY0");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("The username or the password is not right.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login/../fleet/register", "/login/x", "/fleet/list;x", "/./fleet/list"})
  void noOtherPageIsReachedThroughTheSignIn(String path) {
    Answer answer = portal.anonymous().get(path);
    assertThat(answer.status()).as(answer.toString()).isIn(302, 400, 404);
  }

  private Answer post(String path, String type, String body) {
    return portal.anonymous().send("POST", path, type, BodyPublishers.ofString(body));
  }
}
