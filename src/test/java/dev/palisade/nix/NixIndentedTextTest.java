package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.SettingValue;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule for indented texts, compared with Nix itself where it is installed. */
class NixIndentedTextTest {

  private static final List<String> BODIES =
      List.of(
          "\n    a\n      b\n    ",
          "one line",
          "  \n  a\n\n    b\n  c",
          "\n\ta\n\t  b\n",
          "\n  it's\n  '''quoted''' ''$x $$ $y\n  ",
          "\n    x''\\ty''\\nz\n   w\n  ",
          "\n   ''\\n  a\n    b\n   ",
          "\n      \n    a\n        \n",
          "",
          "\n",
          "   a\n  b",
          "\n  a\n  b''$",
          "\n    $${a}\n  $'b'\n");

  @Test
  void everyShapeIsReadAsNixReadsIt() throws IOException, InterruptedException {
    assumeTrue(
        List.of("/usr/bin/nix-instantiate", "/usr/local/bin/nix-instantiate").stream()
            .anyMatch(path -> new File(path).canExecute()));
    String list = String.join("\n", BODIES.stream().map(b -> "(''" + b + "'')").toList());
    Process nix =
        new ProcessBuilder(
                "nix-instantiate", "--eval", "--strict", "--json", "-E", "[ " + list + " ]")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String[] expected =
        JsonMapper.builder().build().readValue(nix.getInputStream().readAllBytes(), String[].class);
    assertThat(nix.waitFor()).isZero();
    assertThat(BODIES.stream().map(NixIndentedTextTest::read)).containsExactly(expected);
  }

  @Test
  void commonIndentationOfSpacesIsTakenAway() {
    assertThat(read("\n    a\n      b\n    ")).isEqualTo("a\n  b\n");
    assertThat(read("\n\ta\n  b")).isEqualTo("\ta\n  b");
    assertThat(read("\n  '''x''${y}\n")).isEqualTo("''x${y}\n");
  }

  private static String read(String body) {
    SettingValue value = NixReader.read("a = ''" + body + "'';").bindings().get(0).value();
    return value instanceof SettingValue.Text text ? text.value() : "";
  }
}
