package dev.palisade.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.palisade.account.Open;
import dev.palisade.account.Requires;
import dev.palisade.core.Room;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of the house. Each is also run against a class that breaks it, and must say so. */
class ArchitectureTest {

  private static final String BASE = "dev.palisade.";
  private static final String OFFENDERS = BASE + "architecture.offenders";

  /** The demo plays every part, so it alone may use what others keep to themselves. */
  private static final String DEMO = "demo";

  /** Without a framework and without SQL: their tests need nothing but a JVM. */
  private static final Set<String> PURE =
      Set.of(
          "dev.palisade.core",
          "dev.palisade.chain",
          "dev.palisade.ssh",
          "dev.palisade.catalog",
          "dev.palisade.nix",
          "dev.palisade.proof",
          "dev.palisade.audit.verdict",
          "dev.palisade.audit.foretell");

  private static final Map<String, Set<String>> MAY_USE_WITHIN =
      Map.of(
          "", Set.of("verdict", "foretell"),
          "firewall", Set.of(),
          "verdict", Set.of("firewall"),
          "foretell", Set.of("verdict"),
          "application", Set.of("", "verdict", "foretell"),
          "persistence", Set.of("", "verdict"),
          "view", Set.of("", "verdict", "foretell", "application"),
          "api", Set.of("", "verdict", "foretell", "application"));

  private final JavaClasses house =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.palisade");

  private final JavaClasses offenders = new ClassFileImporter().importPackages(OFFENDERS);

  private record Place(String room, String layer) {
    static Place of(String packageName) {
      String[] names = packageName.substring(BASE.length()).split("\\.", -1);
      return new Place(names[0], names.length > 1 ? names[1] : "");
    }
  }

  private static Room room(String name) {
    try {
      return Class.forName(BASE + name + ".package-info").getPackage().getAnnotation(Room.class);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  @Test
  void everyPackageBelongsToADeclaredRoom() {
    Set<String> rooms = new TreeSet<>();
    house.forEach(c -> rooms.add(Place.of(c.getPackageName()).room()));
    assertThat(rooms).hasSizeGreaterThan(10).allSatisfy(r -> assertThat(room(r)).as(r).isNotNull());
  }

  @Test
  void roomsUseOnlyTheRoomsTheyDeclare() {
    assertThat(undeclaredUses(house, c -> Place.of(c.getPackageName()).room())).isEmpty();
    assertThat(undeclaredUses(offenders, c -> "core")).isNotEmpty();
  }

  private static List<String> undeclaredUses(
      JavaClasses classes, java.util.function.Function<JavaClass, String> roomOf) {
    List<String> faults = new ArrayList<>();
    eachUse(
        classes,
        (from, to) -> {
          String room = roomOf.apply(from);
          String other = Place.of(to.getPackageName()).room();
          if (!room.equals(other) && !Arrays.asList(room(room).uses()).contains(other)) {
            faults.add(from.getName() + " uses " + to.getName());
          }
        });
    return faults;
  }

  @Test
  void onlyTheRootOfARoomIsSeenFromOutside() {
    assertThat(innerUses(house)).isEmpty();
    assertThat(innerUses(offenders)).isNotEmpty();
  }

  private static List<String> innerUses(JavaClasses classes) {
    List<String> faults = new ArrayList<>();
    eachUse(
        classes,
        (from, to) -> {
          Place source = Place.of(from.getPackageName());
          Place target = Place.of(to.getPackageName());
          boolean pageParts =
              source.layer().equals("view") && target.equals(new Place("shell", "view"));
          if (!source.room().equals(target.room())
              && !target.layer().isEmpty()
              && !pageParts
              && !source.room().equals(DEMO)) {
            faults.add(from.getName() + " uses " + to.getName());
          }
        });
    return faults;
  }

  @Test
  void insideARoomEverythingPointsToItsRoot() {
    List<String> faults = new ArrayList<>();
    eachUse(
        house,
        (from, to) -> {
          Place source = Place.of(from.getPackageName());
          Place target = Place.of(to.getPackageName());
          if (source.room().equals(target.room())
              && !source.layer().equals(target.layer())
              && !MAY_USE_WITHIN.getOrDefault(source.layer(), Set.of()).contains(target.layer())) {
            faults.add(from.getName() + " uses " + to.getName());
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void declaredUsesHaveNoCycle() {
    Map<String, Set<String>> uses = new TreeMap<>();
    house.forEach(
        c -> {
          String name = Place.of(c.getPackageName()).room();
          uses.computeIfAbsent(name, r -> new TreeSet<>(Arrays.asList(room(r).uses())));
        });
    while (uses.values().stream().anyMatch(Set::isEmpty)) {
      Set<String> leaves = new TreeSet<>();
      uses.forEach((name, others) -> addIf(leaves, name, others.isEmpty()));
      leaves.forEach(uses::remove);
      uses.values().forEach(others -> others.removeAll(leaves));
    }
    assertThat(uses).isEmpty();
  }

  private static void addIf(Set<String> set, String name, boolean condition) {
    if (condition) {
      set.add(name);
    }
  }

  @Test
  void transactionsBeginInUseCasesOnly() {
    assertThat(strayTransactions(house)).isEmpty();
    assertThat(strayTransactions(offenders)).isNotEmpty();
  }

  private static List<String> strayTransactions(JavaClasses classes) {
    return classes.stream()
        .flatMap(c -> c.getMethods().stream())
        .filter(m -> m.isAnnotatedWith(Transactional.class))
        .filter(m -> !isUseCase(m.getOwner()))
        .map(JavaMethod::getFullName)
        .toList();
  }

  /** The demo's only store is the mark that it leaves. */
  private static boolean isUseCase(JavaClass owner) {
    Place place = Place.of(owner.getPackageName());
    return place.layer().equals("application") || place.room().equals(DEMO);
  }

  @Test
  void everyUseCaseSaysWhoMayUseIt() {
    assertThat(unguarded(house, "application")).isEmpty();
    assertThat(unguarded(offenders, "offenders")).isNotEmpty();
  }

  private static List<String> unguarded(JavaClasses classes, String layer) {
    return classes.stream()
        .filter(c -> Place.of(c.getPackageName()).layer().equals(layer))
        .filter(
            c -> c.getModifiers().contains(JavaModifier.PUBLIC) && c.getEnclosingClass().isEmpty())
        .filter(c -> !c.isAnnotatedWith(jakarta.interceptor.Interceptor.class))
        .flatMap(c -> c.getMethods().stream())
        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(m -> !m.isAnnotatedWith(Requires.class) && !m.isAnnotatedWith(Open.class))
        .map(JavaMethod::getFullName)
        .toList();
  }

  @Test
  void pureRoomsKnowNoFramework() {
    assertThat(frameworkUses(house, PURE)).isEmpty();
    assertThat(frameworkUses(offenders, Set.of(OFFENDERS))).isNotEmpty();
  }

  private static List<String> frameworkUses(JavaClasses classes, Set<String> packages) {
    return classes.stream()
        .filter(c -> packages.contains(c.getPackageName()))
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .map(d -> d.getOriginClass().getName() + " uses " + d.getTargetClass().getName())
        .filter(
            use ->
                use.matches(".* uses (jakarta|java\\.sql|org\\.hibernate|org\\.primefaces)\\..*"))
        .distinct()
        .toList();
  }

  @Test
  void observersWorkInsideTheTransactionThatFiredTheEvent() {
    assertThat(house.stream().flatMap(c -> c.getMethods().stream()))
        .filteredOn(
            m -> m.getParameters().stream().anyMatch(p -> p.isAnnotatedWith(Observes.class)))
        .noneMatch(m -> m.isAnnotatedWith(Transactional.class));
  }

  private interface Use {
    void found(JavaClass from, JavaClass to);
  }

  private static void eachUse(JavaClasses classes, Use use) {
    classes.forEach(
        from ->
            from.getDirectDependenciesFromSelf().stream()
                .map(d -> d.getTargetClass().getBaseComponentType())
                .filter(to -> to.getPackageName().startsWith(BASE))
                .filter(to -> !to.getPackageName().equals(from.getPackageName()))
                .distinct()
                .forEach(to -> use.found(from, to)));
  }
}
