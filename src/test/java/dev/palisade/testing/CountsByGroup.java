package dev.palisade.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts tests by their group (the tag, or {@code unit} without one) into the directory that the
 * property {@code palisade.test-counts} names, one file per run and group: passed, failed, skipped.
 * {@code ./dev test} adds them up. Without the property nothing is counted: a mutation check runs
 * tests that are to fail.
 */
public class CountsByGroup implements TestExecutionListener {

  private static final List<String> GROUPS =
      List.of("database", "nix", "kernel", "portal", "browser");

  private final Map<String, int[]> counts = new ConcurrentHashMap<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (test.isTest() || result.getStatus() == TestExecutionResult.Status.FAILED) {
      count(test, passed ? 0 : result.getStatus() == TestExecutionResult.Status.FAILED ? 1 : 2);
    } else if (!passed) {
      count(test, 2);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    count(test, 2);
  }

  private void count(TestIdentifier test, int column) {
    String group =
        GROUPS.stream()
            .filter(g -> test.getTags().contains(TestTag.create(g)))
            .findFirst()
            .orElse("unit");
    synchronized (counts) {
      counts.computeIfAbsent(group, any -> new int[3])[column]++;
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String named = System.getProperty("palisade.test-counts");
    if (named == null) {
      return;
    }
    try {
      Path directory = Files.createDirectories(Path.of(named));
      for (Map.Entry<String, int[]> group : counts.entrySet()) {
        int[] row = group.getValue();
        Files.writeString(
            directory.resolve(ProcessHandle.current().pid() + "-" + group.getKey()),
            row[0] + " " + row[1] + " " + row[2] + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
