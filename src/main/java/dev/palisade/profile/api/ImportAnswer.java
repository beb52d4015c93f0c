package dev.palisade.profile.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.application.ImportSettings;
import java.util.List;

/** What is sent to an import and what it answers. */
public final class ImportAnswer {

  private ImportAnswer() {}

  /**
   * A configuration to read into a draft.
   *
   * @param format nix, sysctl or json
   * @param globs {@code all-and-default} where {@code conf.*} stands for both; else it is literal
   */
  public record ImportBody(
      String format, String text, String globs, String mode, Boolean declare) {}

  /** A place of an imported text. */
  public record NoteView(int line, String text, String why) {

    static List<NoteView> of(List<Note> notes) {
      return notes.stream().map(n -> new NoteView(n.line(), n.text(), n.why())).toList();
    }
  }

  /** A sysctl that the catalog lacks, as the version could declare it. */
  public record ProposalView(int line, String key, JsonNode value, JsonNode declared) {}

  /**
   * A draft and what became of the text.
   *
   * @param dropped what the newest version of the profile has and the draft has not
   */
  public record ImportView(
      int number,
      List<NoteView> notUnderstood,
      List<NoteView> readings,
      List<String> dropped,
      List<ProposalView> proposals) {

    static ImportView of(ImportSettings.Result result) {
      return new ImportView(
          result.draft().getNumber(),
          NoteView.of(result.imported().notUnderstood()),
          NoteView.of(result.imported().readings()),
          result.dropped(),
          result.imported().proposals().stream()
              .map(
                  p ->
                      new ProposalView(
                          p.line(), p.key(), p.value().toJson(), p.declared().toJson()))
              .toList());
    }
  }
}
