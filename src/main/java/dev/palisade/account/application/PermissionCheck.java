package dev.palisade.account.application;

import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Refuses a use case to who may not use it, before its transaction begins. */
@Requires(Permission.VIEW)
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class PermissionCheck {

  @Inject private CurrentActor current;

  @AroundInvoke
  Object check(InvocationContext call) throws Exception {
    Permission needed = call.getMethod().getAnnotation(Requires.class).value();
    Actor actor = current.get();
    if (!actor.can(needed)) {
      if (actor.kind() == Actor.Kind.HOST && actor.permissions().isEmpty()) {
        throw new DomainException(
            Problem.FORBIDDEN, "This host waits until an operator accepts it on its page.");
      }
      throw actor.kind() == Actor.Kind.NOBODY
          ? new DomainException(Problem.NOT_AUTHENTICATED, "Sign in, or send a token, to do this.")
          : new DomainException(
              Problem.FORBIDDEN,
              "This needs the permission to " + needed.phrase() + ", which you do not have.");
    }
    return call.proceed();
  }
}
