package dev.palisade.profile.persistence;

import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.DraftEdits;
import dev.palisade.profile.ProfileVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Edits of drafts in PostgreSQL. */
@ApplicationScoped
public class HibernateDraftEdits implements DraftEdits {

  @PersistenceContext private EntityManager em;

  @Override
  public List<DraftEdit> of(ProfileVersion version) {
    return em.createQuery(
            "select e from DraftEdit e where e.editedVersion = :version order by e.editedAt desc",
            DraftEdit.class)
        .setParameter("version", version)
        .getResultList();
  }

  @Override
  public void add(DraftEdit edit) {
    em.persist(edit);
  }
}
