package dev.palisade.core;

import java.util.List;

/**
 * The one exception by which the domain refuses something. It always carries a {@link Problem} and
 * a sentence for the person who asked; where several members of the input are at fault, each is
 * named.
 */
public final class DomainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * One member of the input that is at fault.
   *
   * @param pointer JSON pointer (RFC 6901) to the member, for example {@code /settings/3/value}
   * @param detail what is wrong with it, as a sentence
   */
  public record Fault(String pointer, String detail) implements java.io.Serializable {}

  private final Problem problem;
  private final List<Fault> faults;

  public DomainException(Problem problem, String detail) {
    this(problem, detail, List.of());
  }

  public DomainException(Problem problem, String detail, List<Fault> faults) {
    super(detail);
    this.problem = problem;
    this.faults = List.copyOf(faults);
  }

  /** One faulty member, refused as {@link Problem#NOT_VALID}. */
  public static DomainException notValid(String pointer, String detail) {
    return new DomainException(Problem.NOT_VALID, detail, List.of(new Fault(pointer, detail)));
  }

  public static DomainException notFound(String what, String name) {
    return new DomainException(Problem.NOT_FOUND, "There is no " + what + " “" + name + "”.");
  }

  public Problem problem() {
    return problem;
  }

  /** The sentence for the person who asked. */
  public String detail() {
    String message = getMessage();
    return message == null ? problem.title() : message;
  }

  public List<Fault> faults() {
    return faults;
  }
}
