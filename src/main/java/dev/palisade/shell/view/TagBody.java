package dev.palisade.shell.view;

import jakarta.el.ValueExpression;
import jakarta.el.VariableMapper;
import jakarta.faces.component.UIComponent;
import jakarta.faces.view.facelets.FaceletContext;
import jakarta.faces.view.facelets.TagAttribute;
import jakarta.faces.view.facelets.TagConfig;
import jakarta.faces.view.facelets.TagHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Applies what stands in the body of a tag file as if outside of it. Facelets hands a tag's
 * attributes on to all that stands inside: a notice with an icon would give its icon to each tag in
 * its body that takes one and was given none.
 */
public final class TagBody extends TagHandler {

  private final TagAttribute hide;

  public TagBody(TagConfig config) {
    super(config);
    this.hide = getRequiredAttribute("hide");
  }

  @Override
  public void apply(FaceletContext context, UIComponent parent) throws IOException {
    VariableMapper mapper = context.getVariableMapper();
    Map<String, ValueExpression> hidden = new HashMap<>();
    for (String name : hide.getValue(context).split(" ", -1)) {
      hidden.put(name, mapper.setVariable(name, null));
    }
    try {
      nextHandler.apply(context, parent);
    } finally {
      hidden.forEach(mapper::setVariable);
    }
  }
}
