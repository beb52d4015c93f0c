package dev.palisade.journal;

import dev.palisade.account.Act;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One act: who did what to which thing, and when. Written once, by the transaction that did it. */
@Entity
@Immutable
@Table(name = "journal_entry")
public class JournalEntry {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

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

  protected JournalEntry() {}

  public JournalEntry(Act act, Instant at) {
    this.at = at;
    this.actorKind = act.actor().kind().name().toLowerCase(Locale.ROOT);
    this.actor = act.actor().name();
    this.act = act.name();
    this.objectKind = act.objectKind();
    this.object = act.object();
    this.detail = new TreeMap<>(act.detail());
  }

  /** Rises with every entry. */
  public Long getId() {
    return id;
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
}
