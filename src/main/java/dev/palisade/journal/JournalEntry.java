package dev.palisade.journal;

import dev.palisade.chain.BrokenChain;
import dev.palisade.chain.ChainEntry;
import dev.palisade.chain.ChainWalk;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * One act: who did what to which thing, and when. Written once, by the transaction that did it, and
 * linked to the act before it by that one's hash.
 */
@Entity
@Immutable
@Table(name = "journal_entry")
public class JournalEntry {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private long number;
  private Instant at;

  @Column(name = "actor_kind")
  private String actorKind;

  private String actor;
  private String act;

  @Column(name = "object_kind")
  private String objectKind;

  private String object;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Object> detail;

  private String content;
  private String hash;

  protected JournalEntry() {}

  public JournalEntry(ChainEntry link) {
    this.content = link.content();
    this.hash = link.hash();
    // As the content has it: there 1.0 is 1.
    ChainEntry entry = ChainEntry.read(content);
    this.number = entry.number();
    this.at = entry.at();
    this.actorKind = entry.actorKind();
    this.actor = entry.actor();
    this.act = entry.act();
    this.objectKind = entry.objectKind();
    this.object = entry.object();
    this.detail = new TreeMap<>(entry.detail());
  }

  /** Takes this entry as the next of a walk, and compares what is listed with what was hashed. */
  public void takenBy(ChainWalk walk) throws BrokenChain {
    ChainEntry hashed = walk.next(content, hash);
    ChainEntry listed =
        new ChainEntry(
            number, at, actorKind, actor, act, objectKind, object, detail, hashed.previous());
    List<String> differences = hashed.differences(listed);
    if (!differences.isEmpty()) {
      throw new BrokenChain(
          hashed.number(),
          "its columns do not say what was hashed: " + String.join(", ", differences));
    }
  }

  /** Rises with every entry. */
  public Long getId() {
    return id;
  }

  /** From 1 without a gap. */
  public long getNumber() {
    return number;
  }

  public Instant getAt() {
    return at;
  }

  /** person, host or system. */
  public String getActorKind() {
    return actorKind;
  }

  public String getActor() {
    return actor;
  }

  /** Past tense, the object's kind first: {@code version.approved}. */
  public String getAct() {
    return act;
  }

  public String getObjectKind() {
    return objectKind;
  }

  public String getObject() {
    return object;
  }

  public Map<String, Object> getDetail() {
    return new TreeMap<>(detail);
  }

  /** The text that was hashed: all of the above but the id, and the hash before. */
  public String getContent() {
    return content;
  }

  /** Hex SHA-256 of the content. */
  public String getHash() {
    return hash;
  }
}
