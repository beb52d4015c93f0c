package dev.palisade.rollout;

import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.release.Offer;
import java.util.List;
import java.util.Map;

/**
 * What a rollout would give a host.
 *
 * @param layers the versions, the undermost first
 * @param supplied the parameters' values by name
 * @param next what they come to
 * @param present what the host was offered last, or null
 */
public record HostContent(
    List<ProfileVersion> layers,
    Map<String, String> supplied,
    EffectiveProfile next,
    Offer present) {}
