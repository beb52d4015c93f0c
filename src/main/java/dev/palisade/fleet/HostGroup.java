package dev.palisade.fleet;

import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Hosts that a selector picks, and what the operator supplies to the profiles of all of them. */
@Entity
@Table(name = "fleet_group")
public class HostGroup {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int NAME_LENGTH = 200;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String slug;
  private String name;
  private String selector;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> parameters = Map.of();

  @Version private int version;

  protected HostGroup() {}

  public HostGroup(String slug, String name, Selector selector) {
    if (slug == null || !SLUG.matcher(slug).matches()) {
      throw DomainException.notValid(
          "/slug", "A slug has 1 to 63 lower-case letters, digits and inner hyphens.");
    }
    this.slug = slug;
    describe(name, selector);
  }

  /** Changes its name and which hosts are in it. */
  public final void describe(String newName, Selector newSelector) {
    this.name = Words.line("/name", newName, NAME_LENGTH);
    this.selector = newSelector.toString();
  }

  /** Replaces all values that it supplies. */
  public final void supply(Map<String, String> next) {
    this.parameters = SuppliedValues.checked(next);
  }

  /** Whether the host is in it now. */
  public boolean holds(Host host) {
    return Selector.parse(selector).matches(host);
  }

  public String getSlug() {
    return slug;
  }

  public String getName() {
    return name;
  }

  public String getSelector() {
    return selector;
  }

  /** By the parameter's name. */
  public Map<String, String> getParameters() {
    return new TreeMap<>(parameters);
  }
}
