package dev.palisade.assignment.persistence;

import dev.palisade.assignment.Assignments;
import dev.palisade.fleet.Host;
import dev.palisade.profile.Profile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Assignments in PostgreSQL. */
@ApplicationScoped
public class HibernateAssignments implements Assignments {

  private static final String ORDERED =
      " from assignment_host_profile a join profile_profile p on p.id = a.profile_id"
          + " join fleet_host h on h.id = a.host_id";

  @PersistenceContext private EntityManager em;

  @Override
  @SuppressWarnings("unchecked")
  public List<String> of(Host host) {
    return em.createNativeQuery(
            "select p.slug" + ORDERED + " where a.host_id = :host order by a.position",
            String.class)
        .setParameter("host", host.id())
        .getResultList();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, List<String>> all() {
    List<Object[]> rows =
        em.createNativeQuery("select h.name, p.slug" + ORDERED + " order by h.name, a.position")
            .getResultList();
    Map<String, List<String>> all = new TreeMap<>();
    rows.forEach(
        row -> all.computeIfAbsent((String) row[0], any -> new ArrayList<>()).add((String) row[1]));
    return all;
  }

  @Override
  public void replace(Host host, List<Profile> profiles) {
    em.createNativeQuery("delete from assignment_host_profile where host_id = :host")
        .setParameter("host", host.id())
        .executeUpdate();
    for (int i = 0; i < profiles.size(); i++) {
      em.createNativeQuery(
              "insert into assignment_host_profile (host_id, position, profile_id)"
                  + " values (:host, :position, :profile)")
          .setParameter("host", host.id())
          .setParameter("position", i)
          .setParameter("profile", profiles.get(i).id())
          .executeUpdate();
    }
  }
}
