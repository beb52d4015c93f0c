package dev.palisade.shell.view;

import dev.palisade.core.DomainException;
import dev.palisade.shell.Outage;
import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import java.io.IOException;
import java.util.Iterator;

/**
 * Shows what the domain refuses as a message on the page where it was asked, keeping what was
 * typed; where no page can be shown, sends the browser to the matching error page.
 */
public class DomainMessages extends ExceptionHandlerFactory {

  public DomainMessages(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new Handler(getWrapped().getExceptionHandler());
  }

  /** The page's state is no longer held. */
  private static final int GONE = 410;

  /** The attribute of the request in which the error page finds what was refused and why. */
  private static final String REFUSAL = "palisade.refusal";

  private static final class Handler extends ExceptionHandlerWrapper {

    Handler(ExceptionHandler wrapped) {
      super(wrapped);
    }

    @Override
    public void handle() {
      FacesContext faces = FacesContext.getCurrentInstance();
      for (Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
          events.hasNext(); ) {
        ExceptionQueuedEvent event = events.next();
        Throwable thrown = event.getContext().getException();
        if (isExpiredView(thrown)) {
          toErrorPage(faces, GONE);
          events.remove();
          continue;
        }
        DomainException refusal = Outage.of(thrown);
        PhaseId phase = event.getContext().getPhaseId();
        boolean acting =
            phase == PhaseId.INVOKE_APPLICATION
                && faces.isPostback()
                && refusal.problem().status() < 500;
        if (acting) {
          faces.addMessage(
              null,
              new FacesMessage(FacesMessage.SEVERITY_ERROR, refusal.detail(), refusal.detail()));
          faces.renderResponse();
        } else {
          faces.getExternalContext().getRequestMap().put(REFUSAL, refusal);
          toErrorPage(faces, refusal.problem().status());
        }
        events.remove();
      }
      getWrapped().handle();
    }

    private static boolean isExpiredView(Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof jakarta.faces.application.ViewExpiredException) {
          return true;
        }
      }
      return false;
    }

    private static void toErrorPage(FacesContext faces, int status) {
      if (faces.getExternalContext().isResponseCommitted()) {
        return;
      }
      try {
        faces.getExternalContext().responseReset();
        faces.getExternalContext().responseSendError(status, null);
        faces.responseComplete();
      } catch (IOException e) {
        throw new FacesException(e);
      }
    }
  }
}
