package dev.palisade.rollout;

import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.release.Offer;
import java.util.List;

/**
 * What a rollout would give a host.
 *
 * @param layers the versions, the undermost first
 * @param next what they come to
 * @param present what the host was offered last, or null
 */
public record HostContent(List<ProfileVersion> layers, EffectiveProfile next, Offer present) {}
